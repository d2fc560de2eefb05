"""Find the words that bound a wish in time, and the moment at which they end.

"This month" ends; "only weekends" recurs and has no end, but bounds the wish all the same.
"""

import re
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

_DAYS_ZH: Final = "一二三四五六日天"
_DAYS_EN: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_EN: Final = r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?|mon|wed|sat"
_ENDING: Final = (
    r"今天(?:之内|以内|内)?|今晚|今早|明天(?:之?前)?|这(?:一?周|个?星期|个?礼拜|一?个?月|几天|段时间|阵子?|次|季|"
    r"一?年)|本(?:周|月|季|年)|今年(?:内)?|"
    rf"(?:这?周|星期|礼拜)(?:[{_DAYS_ZH}]|末)(?:之前|以前|前|为止)|到(?:这?周|星期|礼拜)[{_DAYS_ZH}](?:为止)?|"
    rf"月底(?:之前|前)?|年底(?:之前|前)?|"
    r"(?:最近|近期|目前|暂时|暂且)(?:这?几天|这?段时间|一段时间)?|(?:孕期|哺乳期|坐月子|减肥期间?|住院期间|出差期间|"
    r"放假期间|假期)",
    r"\b(?:(?:just |only )?(?:for )?(?:today|tonight|tomorrow|this (?:week|weekend|month|year|time|summer|winter|"
    r"season))"
    rf"(?: only)?|(?:until|till|til|before|by) (?:next |this )?(?:{_DAY_EN}|the end of (?:the|this) (?:month|week|"
    rf"year)|"
    r"tomorrow|next (?:week|month)|christmas|new year|(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|"
    r"dec)ember|october)"
    r"|for now|at the moment|for the (?:time being|moment|next (?:\w+ )?(?:days?|weeks?|months?))|these days|"
    r"while i'?m (?:away|pregnant|travelling|on holiday)|during (?:ramadan|lent|my pregnancy))\b",
)
_RECURRING: Final = (
    rf"(?:只有?|仅|除了)?(?:周末|工作日|平日|假日|节假日|(?:每个?)?(?:周|星期|礼拜)[{_DAYS_ZH}]"
    rf"(?:到(?:周|星期|礼拜)?[{_DAYS_ZH}]|[{_DAYS_ZH}]+)?|夏天|冬天|上班时间|冬季|夏季)",
    rf"\b(?:(?:only |just )?(?:on |at |during )?(?:the )?(?:weekends?|weekdays?|working hours|"
    rf"(?:{_DAY_EN})s)(?: only)?|"
    r"in (?:the )?(?:summer|winter))\b",
)
_LIMIT: Final = re.compile("|".join((*_ENDING, *_RECURRING)))
_TO_DAY_ZH: Final = re.compile(rf"(?:周|星期|礼拜)([{_DAYS_ZH}])(?:之前|以前|前|为止|$)")
_TO_DAY_EN: Final = re.compile(rf"(?:until|till|til|before|by) (?:this )?({'|'.join(_DAYS_EN)})")


def time_limit_in(folded: str) -> tuple[int, int] | None:
    """Return where the bounding words stand in a folded text, None without any."""
    found = _LIMIT.search(folded)
    return found.span() if found else None


def ends_at(words: str, now: datetime, zone: tzinfo) -> datetime | None:
    """Return the moment, in the zone of ``now``, at which folded bounding words end; None where they name no end."""
    here = now.astimezone(zone)
    midnight = datetime.combine(here.date(), time(), zone)
    days = _days_left(words, here)
    return None if days is None else (midnight + timedelta(days=days)).astimezone(now.tzinfo)


def _days_left(words: str, here: datetime) -> int | None:
    """Return after how many midnights the words are over."""
    if re.search(r"今天|今晚|今早|today|tonight", words):
        return 1
    if re.search(r"明天|tomorrow", words):
        return 2
    weekday = _weekday_named(words)
    if weekday is not None:
        return (weekday - here.weekday()) % 7 + 1
    if re.search(r"这一?周|这个?(?:星期|礼拜)|本周|(?:this|the) week", words):
        return 7 - here.weekday()
    if re.search(r"这一?个?月|本月|月底|(?:this|the) month", words):
        first_of_next = (here.replace(day=28) + timedelta(days=4)).replace(day=1)
        return (first_of_next.date() - here.date()).days
    if re.search(r"今年|本年|这一?年|年底|(?:this|the) year", words):
        return (here.date().replace(year=here.year + 1, month=1, day=1) - here.date()).days
    return None


def _weekday_named(words: str) -> int | None:
    chinese, english = _TO_DAY_ZH.search(words), _TO_DAY_EN.search(words)
    if chinese and re.search("到|前|为止", words):
        return min(_DAYS_ZH.index(chinese[1]), 6)
    return _DAYS_EN.index(english[1]) if english else None
