"""Run the fake as a process of its own: ``python -m tests.channels.telegram.fake --port 0``; it prints its URL.

``GET /control/record`` shows what it was asked, ``POST /control/updates`` adds a list of updates for getUpdates, ``POST
/control/troubles`` a trouble (the fields of ``Trouble``, the body as JSON).
"""

import argparse
import asyncio

from tests.channels.telegram.fake.limits import Limits
from tests.channels.telegram.fake.server import TOKEN, FakeTelegram
from tests.channels.telegram.fake.spec import Spec


async def serve(token: str, port: int, limits: Limits | None) -> None:
    async with FakeTelegram(Spec(), limits=limits, token=token, port=port) as fake:
        print(fake.url, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--limits", action="store_true", help="answer 429 to whoever is faster than Telegram allows")
    asked = parser.parse_args()
    asyncio.run(serve(asked.token, asked.port, Limits() if asked.limits else None))
