"""Tell in which of our three languages a text is written.

Only the script is looked at: Han characters or Latin letters, and among Han those characters that exist in one of the
two scripts alone. It is a first guess for words that must be said without the brain; no dictionary, no I/O.
"""

from typing import Final, Literal, TypeGuard

Language = Literal["zh-Hans", "zh-Hant", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh-Hans", "zh-Hant", "en")

# Frequent characters of customer talk that are written in one script only, pairwise: simplified, traditional.
_PAIRS: Final = (
    "这這个個们們来來时時说說话話对對会會没沒还還过過为為样樣请請问問单單货貨发發运運递遞订訂钱錢买買卖賣价價质質坏壞"
    "换換开開关關东東车車门門见見现現实實点點觉覺给給让讓认認识識谁誰谢謝讨討厌厭欢歡爱愛电電视視视視听聽写寫读讀书書"
    "学學习習试試题題难難简簡帮幫忙忙号號码碼账帳户戶务務员員经經应應该該进進远遠近近边邊里裡后後几幾从從无無尔爾"
    "气氣热熱冷冷烟煙饭飯馆館饮飲药藥医醫院院险險伤傷尽盡画畫图圖网網络絡线線级級绝絕结結续續练練组組细細终終统統"
    "总總损損坏壞报報告告诉訴评評论論语語误誤课課调調谈談变變办辦动動劳勞势勢单單卡卡厂廠压壓厅廳厨廚历歷双雙"
    "发發退退款款随隨隐隱际際陆陸阳陽阴陰项項须須预預顾顧频頻颜顏风風飞飛马馬验驗骂罵鱼魚鸡雞麦麥黄黃齐齊龙龍"
)
_SIMPLIFIED: Final = frozenset(s for s, t in zip(_PAIRS[::2], _PAIRS[1::2], strict=True) if s != t)
_TRADITIONAL: Final = frozenset(t for s, t in zip(_PAIRS[::2], _PAIRS[1::2], strict=True) if s != t) | frozenset(
    "嗎妳您佢哋嘅喺唔冇咗啲嘢喎囉囖麼為什麼臺灣還沒點解幾時邊個"
) - frozenset("您什")

_WORDS_THAT_COUNT: Final = 3


def is_language(value: object) -> TypeGuard[Language]:
    """Say whether a value from outside names one of our languages."""
    return isinstance(value, str) and value in LANGUAGES


def detect(text: str, fallback: Language = "zh-Hans") -> Language:
    """Return the language of a text; ``fallback`` where it shows no letters of any (digits, emoji).

    Han without a tell-tale character keeps a Chinese fallback and is taken as simplified otherwise. Latin letters
    count by word, so that "我要 refund" is Chinese.
    """
    han = [c for c in text if "\u3400" <= c <= "\u9fff" or "\U00020000" <= c <= "\U0003ffff"]
    latin_words = sum(1 for word in text.split() if any("a" <= c.lower() <= "z" for c in word))
    if not han:
        return "en" if latin_words else fallback
    if latin_words > 2 * len(han):
        return "en"
    simplified = sum(c in _SIMPLIFIED for c in han)
    traditional = sum(c in _TRADITIONAL for c in han)
    if simplified == traditional:
        return fallback if fallback != "en" else "zh-Hans"
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def language_of_turn(text: str, known: Language) -> Language:
    """Return the language in which to answer a text of a customer whose language is known.

    One or two Latin words ("ok", "asdf", a brand) do not turn a Chinese talk into an English one.
    """
    guess = detect(text, known)
    is_long_enough = len(text.split()) >= _WORDS_THAT_COUNT
    return guess if guess != "en" or is_long_enough else known
