"""Be ``python -m tests.bench``: start both bots, hold the contest, print and keep the figures."""

import asyncio
import contextlib
from pathlib import Path
from typing import Final

import aiohttp
import click
import psutil

from tests.bench import report, stock
from tests.bench.contest import Plan, alone_in_turn, crowds_in_turn, long_talk
from tests.bench.customers import StockCustomer, visiting
from tests.bench.figures import Aim, Measure, spread
from tests.bench.loads import Bot, alone, coming
from tests.bench.ours import ROOT, WORDS, House, weights
from tests.bench.served import Served, Weight, weigh

CACHE: Final = ROOT / "var" / "bench"
PAGE: Final = ROOT / "docs" / "performance.md"
SHORT: Final = Plan(lone_rounds=2, crowd_rounds=1, crowd_seconds=4.0, long_turns=100)
FRONT_STARTS: Final = 3
LARGEST_FRONT = Aim("ours", "≤", 150.0)
SLOWEST_FRONT = Aim("ours", "≤", 3.0)


@click.command(help=__doc__)
@click.option("--short", is_flag=True, help="A quick look: few rounds, and docs/performance.md stays as it is.")
def main(short: bool) -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    project = stock.prepare(CACHE, click.echo)
    measures, found = asyncio.run(_measure(SHORT if short else Plan(), project, CACHE))
    where = report.surroundings()
    click.echo(report.as_markdown(measures, found, where))
    if not short:
        report.keep(measures, found, where, CACHE / "latest.json", PAGE)


async def _measure(plan: Plan, project: Path, logs: Path) -> tuple[list[Measure], list[Weight]]:
    async with contextlib.AsyncExitStack() as stack:
        fronts = await _fronts(logs / "ours.log")
        house = House()
        stack.callback(house.clear)
        session = await stack.enter_async_context(
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=None))
        )
        served = await house.serve(logs / "ours.log")
        stack.push_async_callback(served.end)
        ours = Bot("ours", lambda: visiting(session, served.url), WORDS, served.spent)
        our_start = await _first_answer(served, ours)
        server, actions = await stock.serve(project, logs / "stock.log")
        stack.push_async_callback(server.end)
        stack.push_async_callback(actions.end)
        plain, custom = (
            Bot(
                name,
                lambda: coming(StockCustomer(session, server.url)),
                words,
                lambda: server.spent() + actions.spent(),
            )
            for name, words in (("stock", stock.PLAIN), ("stock, custom action", stock.CUSTOM))
        )
        stock_start = await _first_answer(server, plain)
        measures = await alone_in_turn(plan, plain, custom, ours, click.echo)
        measures += await crowds_in_turn(plan, plain, custom, ours, click.echo)
        click.echo("one long talk …")
        measures.append(await long_talk(plan, ours))
        first = Measure("start to first answer", "s", spread([our_start]), spread([stock_start]),
                        spread([our_start / stock_start]))  # fmt: skip
        found = [*weights(served), weigh("stock server", psutil.Process(server.process.pid))]
        return [*measures, first, *_light(fronts, found)], found


async def _fronts(log: Path) -> list[tuple[float, Weight]]:
    """Start the front by itself a few times, before anything else runs."""
    house = House()
    try:
        return [await house.front_alone(log) for _ in range(FRONT_STARTS)]
    finally:
        house.clear()


async def _first_answer(served: Served, bot: Bot) -> float:
    """Ask once; return the seconds since the start of its program."""
    await alone(bot, 1)
    return served.age()


def _light(fronts: list[tuple[float, Weight]], found: list[Weight]) -> list[Measure]:
    """Say how light the front is, just ready and after the whole contest."""
    after = [weight.rss for weight in found if weight.name == "front"]
    return [
        Measure("front ready after", "s", spread([seconds for seconds, _ in fronts]), aim=SLOWEST_FRONT),
        Measure("front resident, just ready", "MB", spread([w.rss for _, w in fronts]), aim=LARGEST_FRONT),
        Measure("front resident, after all this", "MB", spread(after), aim=LARGEST_FRONT),
    ]


if __name__ == "__main__":
    main()
