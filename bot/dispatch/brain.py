"""Talk to the brain's workers: always the same one for a conversation, one turn at a time for each.

One turn at a time costs nothing (a worker has one core to think with) and makes the blame exact when a worker dies: it
was the message in its hands.
"""

import asyncio
import contextlib
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp
import structlog
from aiohttp import web

from bot.domain.messages import Reply
from bot.errors import BrainFailed, BrainNotReady
from bot.services.messaging import NextTurn

DEADLINE_S: Final = 10.0
ASK_EVERY_S: Final = 0.5
log = structlog.get_logger(__name__)


@dataclass
class Worker:
    """Be one worker as the front sees it."""

    url: str
    ready: bool = False
    hands: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(frozen=True)
class Answer:
    """Be what the brain wants to say to a message, and the intent it read; empty where it names none."""

    replies: list[Reply]
    intent: str


class Brain:
    """Ask the workers for turns; know which of them are ready."""

    def __init__(self, urls: Sequence[str], token: str, deadline_s: float = DEADLINE_S) -> None:
        self.deadline_s = deadline_s
        self._workers = [Worker(url.rstrip("/")) for url in urls]
        self._headers = {"Authorization": f"Bearer {token}"}
        self._session: aiohttp.ClientSession | None = None
        self.on_ready: Callable[[], None] | None = None

    @property
    def ready(self) -> bool:
        """Say whether every worker can take turns."""
        return all(worker.ready for worker in self._workers)

    def ready_for(self, turn: NextTurn) -> bool:
        """Say whether the worker of this conversation can take turns."""
        return self._worker_of(turn).ready

    async def answer(self, turn: NextTurn) -> Answer:
        """Have a turn answered. Raises BrainNotReady if nobody took it, BrainFailed if it was not finished."""
        body = await self._ask("/turn", turn)
        replies = [Reply(reply["text"], tuple(reply.get("buttons", ()))) for reply in body["replies"]]
        return Answer(replies, body["reading"].get("intent", ""))

    async def understand(self, turn: NextTurn) -> None:
        """Have a message understood and written back, without an answer; raises as ``answer`` does."""
        await self._ask("/understand", turn)

    async def watch(self) -> None:
        """Keep asking the workers whether they are ready, until cancelled."""
        async with aiohttp.ClientSession(headers=self._headers, timeout=aiohttp.ClientTimeout(2)) as session:
            while True:
                await asyncio.gather(*(self._look_at(worker, session) for worker in self._workers))
                await asyncio.sleep(ASK_EVERY_S)

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()

    def _worker_of(self, turn: NextTurn) -> Worker:
        return self._workers[zlib.crc32(turn.conversation_id.encode()) % len(self._workers)]

    async def _ask(self, path: str, turn: NextTurn) -> dict[str, Any]:
        worker = self._worker_of(turn)
        async with worker.hands:
            return await self._post(worker, path, turn)

    async def _post(self, worker: Worker, path: str, turn: NextTurn) -> dict[str, Any]:
        if self._session is None:
            self._session = aiohttp.ClientSession(headers=self._headers)
        body = {
            "message_id": turn.message_id, "conversation_id": turn.conversation_id, "customer_id": turn.customer_id,
            "text": turn.text, "language": turn.language,
        }  # fmt: skip
        try:
            timeout = aiohttp.ClientTimeout(total=self.deadline_s, connect=2)
            async with self._session.post(worker.url + path, json=body, timeout=timeout) as response:
                if response.status == 503:
                    raise BrainNotReady("loading")
                if response.status != 200:
                    raise BrainFailed(f"status {response.status}")
                answer: dict[str, Any] = await response.json()
                return answer
        except (aiohttp.ClientConnectorError, BrainNotReady) as error:
            worker.ready = False
            raise BrainNotReady(type(error).__name__) from error
        except (TimeoutError, aiohttp.ClientError) as error:
            raise BrainFailed(type(error).__name__) from error

    async def _look_at(self, worker: Worker, session: aiohttp.ClientSession) -> None:
        """Note whether a worker is ready; what was known stands until it answers, and while it is busy with a turn."""
        if worker.hands.locked():
            return
        ready = False
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            async with session.get(worker.url + "/readyz") as response:
                ready = response.status == 200
        if not ready and worker.hands.locked():
            return
        was_ready, worker.ready = worker.ready, ready
        if ready and not was_ready and self.on_ready:
            log.info("brain worker ready")
            self.on_ready()


BRAIN = web.AppKey("brain", Brain)
