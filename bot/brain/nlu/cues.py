"""Tell the model what the house's own rules hear in a text, as words beside the customer's.

The rules know what a sentence says they were written for; the model knows how much that weighs against everything else. Measured
together they beat either: see docs/understanding.md.
"""

from bot.brain.nlu.terms import CUE_MARK
from bot.domain.escape import asks_for_person
from bot.domain.grievance_signs import denies_grievance, mentions_grievance
from bot.domain.grievances import is_angry
from bot.domain.hearing import expressed_in
from bot.domain.sentiment import sentiment_of


def cues_in(text: str) -> list[str]:
    """Return one word for each thing heard; nothing for a text without feeling, wish or taste."""
    cues = []
    if feeling := sentiment_of(text):
        cues.append(f"{CUE_MARK}feels{feeling}")
    if is_angry(text):
        cues.append(f"{CUE_MARK}cross")
    if mentions_grievance(text):
        cues.append(f"{CUE_MARK}grieved")
    if denies_grievance(text):
        cues.append(f"{CUE_MARK}not-grieved")
    if asks_for_person(text):
        cues.append(f"{CUE_MARK}person")
    if expressed := expressed_in(text):
        cues += [f"{CUE_MARK}taste", f"{CUE_MARK}taste-{expressed[0].kind}"]
    return cues
