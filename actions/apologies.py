"""Never say the same sorry twice in a row: the second time it is said shorter, and without the word."""

from typing import Final

AGAIN: Final = {
    "complaint-opened": "complaint-opened-again",
    "complaint-joined": "complaint-joined-again",
    "order-unknown": "order-unknown-again",
    "no-orders": "no-orders-again",
    "not-sure": "not-sure-again",
    "greet-case-late": "greet-case-late-again",
    "rating-sorry": "rating-sorry-again",
}
"""Words that would sound like a machine when repeated, and what is said instead right after them."""
