"""Ask the JSON API, with the token that it knows."""

from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient

from tests.desk.api.api_world import TOKEN

Client = TestClient[web.Request, web.Application]
BEARER = {"Authorization": f"Bearer {TOKEN}"}


async def get(client: Client, path: str, **query: str) -> tuple[int, Any]:
    response = await client.get(f"/api/v1{path}", params=query)
    return response.status, await response.json()
