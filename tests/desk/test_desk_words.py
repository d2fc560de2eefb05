import re
from enum import StrEnum
from pathlib import Path

import pytest

from bot import words
from bot.desk import app, errors, pages
from bot.domain.complaints import ComplaintState, Severity
from bot.domain.conversation import Owner, Reason
from bot.domain.hearing_kinds import NAMES
from bot.domain.messages import Author, Delivery
from bot.domain.orders import OrderState
from bot.domain.preferences import Polarity, PreferenceState
from bot.domain.users import Role

TEMPLATES = Path(app.__file__).parent / "templates"
NAMED: dict[str, type[StrEnum]] = {
    "owner": Owner,
    "foot": Owner,
    "reason": Reason,
    "author": Author,
    "delivery": Delivery,
    "complaint": ComplaintState,
    "severity": Severity,
    "order-is": OrderState,
    "polarity": Polarity,
    "preference": PreferenceState,
    "role": Role,
}


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_everything_that_a_page_says_has_words(language: str) -> None:
    known = words.catalogue(language, "desk")
    wanted = {f"{prefix}-{value}" for prefix, kind in NAMED.items() for value in kind}
    wanted |= {f"language-{one}" for one in words.LANGUAGES} | {f"kind-{kind}" for kind in NAMES}
    wanted |= {answer.msgid for _, answer in errors._ANSWERS} | set(pages._SCRIPT_WORDS)
    for template in TEMPLATES.glob("*.html"):
        wanted |= {
            found[1] for found in re.finditer(r"""\bt\((?:"([^"]+)"|'[^']+')[,)]""", template.read_text()) if found[1]
        }
    assert wanted - known.keys() == set()


def test_all_languages_say_the_same_things_and_keep_the_places() -> None:
    catalogues = {language: words.catalogue(language, "desk") for language in words.LANGUAGES}
    assert len({frozenset(one) for one in catalogues.values()}) == 1
    for msgid in catalogues["en"]:
        places = {language: set(re.findall(r"\{\w+\}", one[msgid])) for language, one in catalogues.items()}
        assert len({frozenset(one) for one in places.values()}) == 1, msgid


def test_no_words_lie_in_templates() -> None:
    for template in TEMPLATES.glob("*.html"):
        page = re.sub(r"\{% block \w+_class %\}.*?\{% endblock %\}", "", template.read_text())
        bare = re.sub(r"<[^>]*>", " ", re.sub(r"\{[{%#].*?[}%#]\}", " ", page, flags=re.DOTALL))
        assert re.findall(r"[A-Za-z\u4e00-\u9fff]{3,}", bare) == [], template.name
