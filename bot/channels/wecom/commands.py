"""Say from the command line how things stand with WeCom."""

from collections.abc import Callable

from bot.channel_settings.wecom import WecomSettings
from bot.channels.wecom.api import WecomApi
from bot.channels.wecom.channel import PATH
from bot.clock import utc_now
from bot.errors import BadSetting
from bot.settings import Settings
from bot.store.unit_of_work import Database

Say = Callable[[str], None]


async def check(settings: Settings, say: Say) -> bool:
    """Get an access token, list the accounts, and say where callbacks go; return whether there is anything to serve.

    Raises BadSetting when the channel is off, ChannelError when WeCom refuses.
    """
    wecom = wecom_of(settings)
    database = Database(settings.database_url)
    api = WecomApi(wecom, database, utc_now)
    try:
        accounts = await api.accounts()
    finally:
        await api.close()
        database.close()
    say(f"corporation       {wecom.corp_id}")
    say("access token      good")
    for account in accounts:
        say(f"account           {account.name} ({account.id})")
    say(f"callbacks         {(settings.public_url or 'TINGJIAN_PUBLIC_URL').rstrip('/')}{PATH}")
    say(f"hand-off          {_handoff(wecom)}")
    if not accounts:
        say("No account: let this application manage one in the console (微信客服 → 可调用接口的应用).")
        return False
    say("All is well." if settings.public_url else "TINGJIAN_PUBLIC_URL is not set: messages come by polling only.")
    return settings.public_url is not None


def wecom_of(settings: Settings) -> WecomSettings:
    """Return the settings of the channel; raises BadSetting when it is off."""
    if settings.wecom is None:
        raise BadSetting("WECOM_CORP_ID: not set, so there is no WeCom")
    return settings.wecom


def _handoff(wecom: WecomSettings) -> str:
    if wecom.handoff == "desk":
        return "to our desk"
    return f"to {wecom.servicer} in the WeCom client" if wecom.servicer else "to the pool in the WeCom client"
