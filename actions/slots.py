"""Name the slots, so that a misspelt one is a NameError and not a silent None."""

from typing import Final

LANGUAGE: Final = "language"
CUSTOMER_NAME: Final = "customer_name"
OPEN_COMPLAINT: Final = "open_complaint"
PREFERENCES: Final = "preferences"
SENTIMENT: Final = "sentiment"
TOPICS: Final = "topics"
OFFER: Final = "offer"
MISUNDERSTANDINGS: Final = "misunderstandings"
APOLOGY: Final = "apology"
"""What the assistant has just said sorry for, so that it does not say the same again."""
MATTER: Final = "matter"
"""What is being talked about, for words that only make sense with it; ``actions.matter`` says how long it holds."""
FORGOTTEN: Final = "forgotten"
"""Set once in the turn that forgets a customer: the brain then drops what it remembers of them."""

ALL: Final = (
    LANGUAGE,
    CUSTOMER_NAME,
    OPEN_COMPLAINT,
    PREFERENCES,
    SENTIMENT,
    TOPICS,
    OFFER,
    MISUNDERSTANDINGS,
    APOLOGY,
    MATTER,
    FORGOTTEN,
)
PASSING: Final = (OFFER, MISUNDERSTANDINGS, APOLOGY)
"""Slots that hold for the customer's next message only; the write-back empties them unless the turn set them anew."""
CARRIED: Final = (*PASSING, MATTER)
"""Slots that a session which goes on with the same talk takes over."""
