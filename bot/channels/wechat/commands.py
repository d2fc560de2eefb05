"""Tend an Official Account from the command line: put or show its menu, and say how things stand."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

from bot.channel_settings.wechat import WechatSettings
from bot.channels.wechat import menus
from bot.channels.wechat.api import SEND, WechatApi
from bot.clock import utc_now
from bot.errors import BadSetting, ChannelError
from bot.settings import Settings
from bot.store.migrate import is_current
from bot.store.unit_of_work import Database

PATH: Final = "/channels/wechat"
Say = Callable[[str], None]


async def push_menu(settings: Settings, say: Say, written: bytes) -> None:
    """Put a menu in the place of the present one; raises BadSetting or ChannelError."""
    menu = menus.parse(written)
    async with _opened(settings) as api:
        await api.create_menu(menu)
    say("The menu is there. Customers see it within a day; whoever unfollows and follows again sees it at once.")


async def show_menu(settings: Settings, say: Say) -> None:
    """Say which menu WeChat has."""
    async with _opened(settings) as api:
        found = await api.menu()
    say(json.dumps(found.get("menu", found), ensure_ascii=False, indent=2))


async def check(settings: Settings, say: Say) -> bool:
    """Say what is set, whether there is a token, and what is left for today; return whether we can answer customers."""
    wechat = wechat_of(settings)
    say(f"account           {wechat.app_id}")
    say(f"mode here         {wechat.mode}")
    say(f"address           {(settings.public_url or 'https://<your host>').rstrip('/')}{PATH}")
    async with _opened(settings) as api:
        try:
            await api.token()
        except ChannelError as error:
            say(f"access token      none: {error}")
            return False
        say("access token      there is one")
        await _told(say, "pushes come from", _addresses(api))
        if not wechat.can_send:
            say("messages          WECHAT_CAN_SEND=0: in answers to pushes only")
            return True
        return await _told(say, "messages today", _left(api))


def wechat_of(settings: Settings) -> WechatSettings:
    """Return the settings of the channel; raises BadSetting when it is off."""
    if settings.wechat is None:
        raise BadSetting("WECHAT_APP_ID: not set, so there is no WeChat")
    return settings.wechat


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[WechatApi]:
    """Open the API with the token that the front uses, too."""
    wechat = wechat_of(settings)
    database = Database(settings.database_url)
    api = WechatApi(wechat, database, utc_now)
    try:
        if not await database.read(lambda uow: is_current(uow.session.connection())):
            raise BadSetting("the database is not of the present shape: tingjian migrate")
        yield api
    finally:
        await api.close()
        database.close()


async def _told(say: Say, name: str, answer: Awaitable[str]) -> bool:
    """Say what was answered, or why nothing was; return whether something was."""
    try:
        said, is_there = await answer, True
    except ChannelError as error:
        said, is_there = f"not known: {error}", False
    say(f"{name:<18}{said}")
    return is_there


async def _addresses(api: WechatApi) -> str:
    found = await api.callback_ips()
    return f"{len(found)} addresses, the first is {found[0]}" if found else "WeChat names no address"


async def _left(api: WechatApi) -> str:
    found = await api.quota(SEND)
    return f"{found.used} of {found.limit} used, {found.left} left"
