"""Serve a brain that only echoes, so that a test sees what the front does: ``python -m tests.crash.echo_brain``.

``choose`` is answered with two buttons, and about ``think`` it thinks for a while. The real brain would need forty
milliseconds for each message.
"""

import asyncio
from urllib.parse import urlsplit

from aiohttp import web

from bot import processes, settings

CHOICE = {
    "text": "tea or coffee?",
    "buttons": [{"title": word, "payload": f"I take {word}"} for word in ("tea", "coffee")],
}
THINKS_S = 1.5
TOKEN = web.AppKey("token", str)


async def readyz(_request: web.Request) -> web.Response:
    return web.json_response({"ready": True})


async def turn(request: web.Request) -> web.Response:
    assert request.headers["Authorization"] == f"Bearer {request.app[TOKEN]}"
    text = (await request.json())["text"]
    if text == "think":
        await asyncio.sleep(THINKS_S)
    reply = CHOICE if text == "choose" else {"text": f"echo {text}", "buttons": []}
    return web.json_response({"replies": [reply], "reading": {}})


async def serve() -> None:
    """Listen at every address that the front has been told of, until killed."""
    chosen = settings.read(None)
    app = web.Application()
    app[TOKEN] = processes.brain_token(chosen)
    app.router.add_get("/readyz", readyz)
    app.router.add_post("/turn", turn)
    app.router.add_post("/understand", turn)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    for url in chosen.brain_urls:
        await web.TCPSite(runner, "127.0.0.1", urlsplit(url).port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
