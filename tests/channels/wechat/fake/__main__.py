"""Run the fake as a process of its own: ``python -m tests.channels.wechat.fake --port 0``; it prints its URL.

``GET /control/record`` shows what it was asked; ``POST /control/wrote``, ``/control/acted`` and ``/control/left`` with
``{"openid"}`` open and close a customer's windows; ``POST /control/troubles`` adds a trouble (the fields of ``Trouble``, the
body as JSON); ``POST /control/invalidate`` kills every access token.
"""

import argparse
import asyncio

from tests.channels.wechat.fake.server import FakeWechat


async def serve(port: int) -> None:
    async with FakeWechat(port=port) as fake:
        print(fake.url, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    asyncio.run(serve(parser.parse_args().port))
