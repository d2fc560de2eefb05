"""Answer questions on all cores of the machine, in their order: the model is loaded once, and every helper is a fork of it."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context

from bot.brain.evaluation.answers import Answered, Asked, Each, Read, answered

_kept: Read | None = None
"""The reader of this helper; a fork inherits what could not be sent."""


@contextmanager
def on_all_cores(read: Read) -> Iterator[Each]:
    """Start helpers, and stop them in the end."""
    with get_context("fork").Pool(len(os.sched_getaffinity(0)), _keep, (read,)) as helpers:

        def each(questions: Iterable[Asked]) -> Iterator[Answered]:
            return helpers.imap(_answer, questions)

        yield each


def _keep(read: Read) -> None:
    global _kept
    _kept = read


def _answer(question: Asked) -> Answered:
    if _kept is None:
        raise RuntimeError("this is no helper")
    return answered(_kept, question)
