"""Run the fake as a process of its own: ``python -m tests.channels.wechat.fake --port 0``; it prints its URL.

``GET /control/record`` shows what it was asked; ``POST /control/wrote``, ``/control/acted`` and ``/control/left`` with
``{"openid"}`` open and close a customer's windows; ``POST /control/troubles`` adds a trouble (the fields of ``Trouble``, the
body as JSON); ``POST /control/invalidate`` kills every access token.
"""

import argparse
import asyncio
import json
from typing import Any

from aiohttp import web

from tests.channels.wechat.fake.server import FakeWechat
from tests.channels.wechat.fake.troubles import Trouble


def control(fake: FakeWechat) -> web.Application:
    """Return what a test in another process may ask and do."""

    async def record(_request: web.Request) -> web.Response:
        return web.json_response(fake.record.as_json(), dumps=lambda found: json.dumps(found, default=len))

    async def act(request: web.Request) -> web.Response:
        asked: dict[str, Any] = await request.json() if request.can_read_body else {}
        deed = request.match_info["deed"]
        if deed == "troubles":
            fake.troubles.append(Trouble(**asked | {"body": json.dumps(asked.get("body", {})).encode()}))
        elif deed == "invalidate":
            fake.tokens.invalidate()
        elif deed in ("wrote", "acted", "left"):
            getattr(fake.windows, deed)(asked["openid"])
        else:
            raise web.HTTPNotFound
        return web.json_response({})

    app = web.Application()
    app.router.add_get("/record", record)
    app.router.add_post("/{deed}", act)
    return app


async def serve(port: int) -> None:
    async with FakeWechat(port=port) as fake:
        print(fake.url, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    asyncio.run(serve(parser.parse_args().port))
