"""Let a test in another process look into the fake and act in it."""

import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.channels.wechat.fake.troubles import Trouble

if TYPE_CHECKING:
    from tests.channels.wechat.fake.server import FakeWechat


def control(fake: "FakeWechat") -> web.Application:
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
