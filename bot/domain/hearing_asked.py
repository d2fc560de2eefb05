"""Hear an allergy that stands behind a question: "are there nuts in it? I'm allergic".

The question alone states nothing; together with the reason given for it, it names what the customer must avoid.
"""

import re
from typing import Final

from bot.domain.preferences import CUSTOMER, Expressed, Polarity, Strength
from bot.domain.script import fold

_READ: Final = 2_000
_SURE: Final = 0.8
_ALLERGEN_ZH: Final = r"(?:花生|坚果|海鲜|牛奶|奶|芒果|酒精|鸡?蛋|乳胶|香精|香料|虾|蟹|大豆|黄豆|小麦|麸质|羊毛|杏仁|核桃|芝麻|蜂蜜|防腐剂)"
_ALLERGEN_EN: Final = (
    r"(?:peanuts?|(?:tree )?nuts?|almonds?|gluten|wheat|dairy|milk|lactose|eggs?|soya?|sesame|shellfish|prawns?|fish|mustard|"
    r"celery|latex|perfume|fragrance|alcohol|wool|nickel|honey)"
)
_ASKED: Final = re.compile(
    rf"(?:有没有|含有?|有|加了?|放了?)(?P<zh>{_ALLERGEN_ZH})[^.!\n]{{0,12}}[?吗,\s]+(?:因为)?我(?:会|是|有|对(?:这个|它))?过敏|"
    rf"\b(?:contain|have|has|any|with|is there|are there|got|made with)\b[^.!?\n]{{0,12}}\b(?P<en>{_ALLERGEN_EN})\b[^.!\n]{{0,25}}[?,.;]*\s"
    r"(?:because |as |cos |since )?(?:i'?m|i am|im|we'?re) (?:very |severely |highly )?(?:allergic|intolerant)(?! to\b)"
)


def allergy_asked_about(text: str) -> Expressed | None:
    """Return what the writer says to be allergic to by asking for it; None where the text does nothing of the kind."""
    found = _ASKED.search(fold(text[:_READ]))
    if found is None:
        return None
    thing = slice(*found.span(found.lastgroup or 0))
    return Expressed(
        "dietary", text[thing], Polarity.AVOID, text[slice(*found.span())], _SURE, found.start(), found.end(),
        "allergy", Strength.STRONG, CUSTOMER,
    )  # fmt: skip
