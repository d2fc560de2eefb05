"""Be the part of the command line that tends a platform from this side: webhooks, menus, checks.

What a command does lies in ``bot/channels/<platform>/commands.py``, and is imported by whoever calls it.
"""

import asyncio
import sys
from typing import IO, Final

import click

from bot import settings


@click.group()
def telegram() -> None:
    """Tend the webhook that Telegram calls."""


@telegram.command("set-webhook")
@click.option("--connections", type=click.IntRange(1, 100), default=40, show_default=True, help="How many at once.")
def set_webhook(connections: int) -> None:
    """Have Telegram call TINGJIAN_PUBLIC_URL, and offer the bot's commands."""
    from bot.channels.telegram import commands

    asyncio.run(commands.set_webhook(settings.read(), click.echo, connections))


@telegram.command("delete-webhook")
def delete_webhook() -> None:
    """Have Telegram keep updates until they are polled; none is dropped."""
    from bot.channels.telegram import commands

    asyncio.run(commands.delete_webhook(settings.read(), click.echo))


@telegram.command()
def check() -> None:
    """Say who the bot is and whether this side and Telegram's fit together; exit code 1 if they do not."""
    from bot.channels.telegram import commands

    if not asyncio.run(commands.check(settings.read(), click.echo)):
        sys.exit(1)


@click.group()
def wechat() -> None:
    """Tend the Official Account on WeChat (公众号)."""


@wechat.command("check")
def check_wechat() -> None:
    """Say whether there is a token, where pushes come from and how many messages are left; exit code 1 if we cannot send."""
    from bot.channels.wechat import commands

    if not asyncio.run(commands.check(settings.read(), click.echo)):
        sys.exit(1)


@wechat.group("menu")
def wechat_menu() -> None:
    """Tend the menu under the account's chat."""


@wechat_menu.command("push")
@click.argument("file", type=click.File("rb"))
def push_wechat_menu(file: IO[bytes]) -> None:
    """Put the menu of FILE, like menu.yml, in the place of the present one."""
    from bot.channels.wechat import commands

    asyncio.run(commands.push_menu(settings.read(), click.echo, file.read()))


@wechat_menu.command("show")
def show_wechat_menu() -> None:
    """Say which menu WeChat has."""
    from bot.channels.wechat import commands

    asyncio.run(commands.show_menu(settings.read(), click.echo))


@click.group()
def wecom() -> None:
    """Tend the customer-service accounts on WeCom (微信客服)."""


@wecom.command("check")
def check_wecom() -> None:
    """Say whether there is a token, which accounts are served and where callbacks go; exit code 1 if something is missing."""
    from bot.channels.wecom import commands

    if not asyncio.run(commands.check(settings.read(), click.echo)):
        sys.exit(1)


GROUPS: Final = (telegram, wechat, wecom)
