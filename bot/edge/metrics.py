"""Count what the front does and time how long people wait, for Prometheus.

The numbers live in a registry of their own. Labels are words from our own lists (a channel, an outcome, a reason): never
an id, never anything a customer typed.
"""

from typing import Final

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import choose_encoder

from bot.domain.conversation import Owner
from bot.edge.keys import CLOCK, DATABASE
from bot.store.unit_of_work import UnitOfWork

REGISTRY: Final = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

MESSAGES: Final = Counter(
    "tingjian_messages_received", "Messages from customers.", ["channel", "outcome"], registry=REGISTRY
)
TURNS: Final = Counter("tingjian_turns", "Turns of customers' messages.", ["outcome"], registry=REGISTRY)
DELIVERIES: Final = Counter(
    "tingjian_deliveries", "Tries to send a message.", ["channel", "outcome"], registry=REGISTRY
)
HANDOFFS: Final = Counter("tingjian_handoffs", "Conversations brought to a person.", ["reason"], registry=REGISTRY)
IGNORED: Final = Counter(
    "tingjian_ignored_updates", "Deliveries that are none of our business.", ["channel", "kind"], registry=REGISTRY
)
FORGED: Final = Counter(
    "tingjian_forged_repetitions", "Deliveries that came again under the same id with other words.", ["channel"],
    registry=REGISTRY,
)  # fmt: skip
CHANNEL_UP: Final = Gauge(
    "tingjian_channel_up", "1 if the platform answered us the last time we asked.", ["channel"], registry=REGISTRY
)
ACKNOWLEDGE_SECONDS: Final = Histogram(
    "tingjian_acknowledge_seconds", "From a message's arrival until the platform is told ok.", ["channel"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5), registry=REGISTRY,
)  # fmt: skip
TURN_SECONDS: Final = Histogram(
    "tingjian_turn_seconds", "From asking the brain until its answer is in the record.",
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30), registry=REGISTRY,
)  # fmt: skip
_OPEN: Final = Gauge("tingjian_open_turns", "Messages that wait for their turn.", registry=REGISTRY)
_OLDEST: Final = Gauge("tingjian_oldest_open_turn_seconds", "Age of the oldest of them, 0 if none.", registry=REGISTRY)
_WAITING: Final = Gauge("tingjian_waiting_conversations", "Conversations that wait for a person.", registry=REGISTRY)
_READABLE: Final = Gauge("tingjian_database_readable", "1 if the profile could be read just now.", registry=REGISTRY)
_STOCK: Final = (_OPEN, _OLDEST, _WAITING)
log = structlog.get_logger(__name__)


async def expose(request: web.Request) -> web.Response:
    """Show all numbers as text; those about the record are read now.

    A record that cannot be read makes its own numbers NaN (a stale one would lie) and leaves the others standing.
    """
    try:
        await _take_stock(request)
    except Exception as error:  # the edge: the numbers matter most when something is broken
        log.warning("record unreadable for metrics", reason=type(error).__name__)
        _READABLE.set(0)
        for gauge in _STOCK:
            gauge.set(float("nan"))
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return web.Response(body=encode(REGISTRY), headers={"Content-Type": content_type})


async def _take_stock(request: web.Request) -> None:
    def count(uow: UnitOfWork) -> tuple[float, float, float]:
        oldest_at = uow.messages.oldest_open_at()
        age = (now - oldest_at).total_seconds() if oldest_at else 0.0
        return uow.messages.count_open(), max(age, 0.0), uow.conversations.count(Owner.WAITING)

    now = request.config_dict[CLOCK]()
    for gauge, value in zip(_STOCK, await request.config_dict[DATABASE].read(count), strict=True):
        gauge.set(value)
    _READABLE.set(1)
