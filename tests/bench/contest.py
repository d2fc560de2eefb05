"""Hold the rounds: stock, ours, stock, ours …, so that whatever else the machine does falls on both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tests.bench.figures import Aim, Measure, Spread, quantile, ratios, spread
from tests.bench.loads import Bot, Crowd, alone, together

SENDERS: Final = 16
MS: Final = 1_000.0
LATENCY: Final = Aim("ratio", "≤", 0.5)
THROUGHPUT: Final = Aim("ratio", "≥", 4.0)
ACKNOWLEDGED: Final = Aim("ours", "≤", 100.0)


@dataclass(frozen=True)
class Plan:
    """Say how long to measure."""

    lone_rounds: int = 8
    lone_messages: int = 12
    crowd_rounds: int = 4
    crowd_seconds: float = 8.0
    long_turns: int = 600


async def alone_in_turn(plan: Plan, stock: Bot, custom: Bot, ours: Bot, say: Callable[[str], None]) -> list[Measure]:
    """Measure the answer to a message while nobody else writes."""
    found: dict[str, list[list[float]]] = {bot.name: [] for bot in (stock, ours, custom)}
    acknowledged: list[float] = []
    for number in range(plan.lone_rounds + 1):
        for bot in (stock, ours, custom):
            asked = await alone(bot, plan.lone_messages)
            if number == 0:
                continue  # Whatever a bot puts off until it is first asked is not what is compared.
            found[bot.name].append([one.answered * MS for one in asked])
            acknowledged += [one.acknowledged * MS for one in asked if one.acknowledged is not None]
        say(f"alone, round {number} of {plan.lone_rounds}")
    measures = []
    for rival, title in ((stock, "a stock answer"), (custom, "a stock custom action")):
        for share in (0.5, 0.95):
            a, b = ([quantile(values, share) for values in found[bot.name]] for bot in (ours, rival))
            aim = LATENCY if rival is stock and share == 0.5 else None
            name = f"answer alone, p{share * 100:.0f}, against {title}"
            measures.append(Measure(name, "ms", spread(a), spread(b), ratios(a, b), aim))
    return [*measures, Measure("acknowledged, alone, p50", "ms", _point(quantile(acknowledged, 0.5)))]


async def crowds_in_turn(plan: Plan, stock: Bot, custom: Bot, ours: Bot, say: Callable[[str], None]) -> list[Measure]:
    """Measure how many answers a second 16 senders get, and how long they wait to hear "we have it" meanwhile."""
    found: dict[str, list[Crowd]] = {bot.name: [] for bot in (stock, ours, custom)}
    for number in range(plan.crowd_rounds):
        for bot in (stock, ours, custom):
            found[bot.name].append(await together(bot, SENDERS, plan.crowd_seconds))
            say(f"{SENDERS} senders, round {number + 1} of {plan.crowd_rounds}, {bot.name}: "
                f"{found[bot.name][-1].per_second:.1f} answers a second")  # fmt: skip
    a = [crowd.per_second for crowd in found[ours.name]]
    measures = []
    for rival, title in ((stock, "stock answers"), (custom, "stock custom actions")):
        b = [crowd.per_second for crowd in found[rival.name]]
        aim = THROUGHPUT if rival is stock else None
        measures.append(Measure(f"throughput, {SENDERS} senders, against {title}", "/s", spread(a), spread(b),
                                ratios(a, b), aim))  # fmt: skip
    for rival, title in ((stock, "a stock answer"), (custom, "a stock custom action")):
        a, b = ([crowd.cpu * MS / len(crowd.asked) for crowd in found[bot.name]] for bot in (ours, rival))
        measures.append(Measure(f"CPU for one answer, against {title}", "ms", spread(a), spread(b), ratios(a, b)))
    a, b = (_median_answer(found[bot.name]) for bot in (ours, stock))
    measures.append(Measure(f"answer, {SENDERS} senders, p50", "ms", spread(a), spread(b), ratios(a, b)))
    return [*measures, *_acknowledged(found[ours.name])]


async def long_talk(plan: Plan, ours: Bot) -> Measure:
    """Measure whether the six hundredth message of a customer is answered as fast as the fiftieth.

    Forty turns around each: a session is bounded and begins anew about every twenty turns, so both hold whole sessions.
    """
    asked = [one.answered * MS for one in await alone(ours, plan.long_turns + 20)]
    early, late = (spread(asked[turn - 20 : turn + 20]) for turn in (50, plan.long_turns))
    grown = _point(late.median / early.median)
    return Measure(f"answer at turn {plan.long_turns}, against our own turn 50", "ms", late, early, grown)


def _median_answer(crowds: Sequence[Crowd]) -> list[float]:
    return [quantile([one.answered * MS for one in crowd.asked], 0.5) for crowd in crowds]


def _acknowledged(crowds: Sequence[Crowd]) -> list[Measure]:
    rounds = [[one.acknowledged * MS for one in crowd.asked if one.acknowledged is not None] for crowd in crowds]
    return [
        Measure("acknowledged, brain busy, p50", "ms", spread([quantile(times, 0.5) for times in rounds])),
        Measure(
            "acknowledged, brain busy, p99", "ms", spread([quantile(times, 0.99) for times in rounds]), aim=ACKNOWLEDGED
        ),
    ]


def _point(value: float) -> Spread:
    return spread([value])
