"""Run the fake as a process of its own: ``python -m tests.channels.wecom.fake wkOne wkTwo``; it prints its URL.

``POST /control/wrote`` lets customers write (a list of account, customer and text), ``GET /control/taken`` shows what they have read
from us, what was refused, and a token for a callback of each account.
"""

import asyncio
import sys
from dataclasses import asdict

from aiohttp import web

from tests.channels.wecom.fake.server import FakeWecom


class Served(FakeWecom):
    """Be a fake with a door for the test that started it."""

    def add_routes(self, app: web.Application) -> None:
        super().add_routes(app)
        app.router.add_post("/control/wrote", self._wrote)
        app.router.add_get("/control/taken", self._taken)

    async def _wrote(self, request: web.Request) -> web.Response:
        for account, external_id, text in await request.json():
            self.talk.wrote(account, external_id, content=text)
        return web.json_response({account: self.talk.callback_token(account) for account in self.talk.accounts})

    async def _taken(self, _request: web.Request) -> web.Response:
        refused = [[call.path, call.errcode] for call in self.refused()]
        return web.json_response({"taken": [asdict(one) for one in self.talk.taken], "refused": refused})


async def serve(accounts: list[str]) -> None:
    async with Served(*accounts) as fake:
        print(fake.url, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1:]))
