"""Let customers write: one alone, or many at once."""

import asyncio
import contextlib
import itertools
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from tests.bench.customers import Asked, Customer

Arrive = Callable[[], AbstractAsyncContextManager[Customer]]


@dataclass(frozen=True)
class Bot:
    """Be one side of the contest: how its customers come, and what they write in turn."""

    name: str
    arrive: Arrive
    words: Sequence[str]
    spent: Callable[[], float]
    """Say how many CPU seconds its processes have spent so far."""


@dataclass(frozen=True)
class Crowd:
    """Be what many customers at once were given."""

    asked: list[Asked]
    seconds: float
    cpu: float
    """CPU seconds of the bot's processes; unlike the others, this figure hardly depends on what else the machine does."""

    @property
    def per_second(self) -> float:
        return len(self.asked) / self.seconds


async def alone(bot: Bot, messages: int) -> list[Asked]:
    """Let one new customer write so many messages, each after the answer to the one before."""
    async with bot.arrive() as customer:
        return [await customer.ask(text) for text in itertools.islice(itertools.cycle(bot.words), messages)]


async def together(bot: Bot, senders: int, seconds: float) -> Crowd:
    """Let so many new customers write for a while, each waiting for its answers; the last ones are waited for."""
    async with contextlib.AsyncExitStack() as stack:
        customers = [await stack.enter_async_context(bot.arrive()) for _ in range(senders)]
        began, spent = time.perf_counter(), bot.spent()
        asked = await asyncio.gather(*(_keep_writing(customer, bot.words, began + seconds) for customer in customers))
        return Crowd(list(itertools.chain.from_iterable(asked)), time.perf_counter() - began, bot.spent() - spent)


async def _keep_writing(customer: Customer, words: Sequence[str], until: float) -> list[Asked]:
    asked: list[Asked] = []
    for text in itertools.cycle(words):
        if time.perf_counter() >= until:
            break
        asked.append(await customer.ask(text))
    return asked


@contextlib.asynccontextmanager
async def coming(customer: Customer) -> AsyncIterator[Customer]:
    """Let a customer come who needs no ceremony."""
    yield customer
