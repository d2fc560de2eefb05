"""Say what an operator may decide about a WeChat Official Account (公众号), and read it."""

from dataclasses import dataclass, field
from typing import Final, Literal, cast

from environs import Env, validate

from bot.channel_settings.addresses import check_base
from bot.channel_settings.tencent import check_aes_key, check_token, missing

API: Final = "https://api.weixin.qq.com"
NAMES: Final = tuple(
    f"WECHAT_{name}"
    for name in (
        "APP_ID", "APP_SECRET", "TOKEN", "MODE", "AES_KEY", "AES_KEY_BEFORE", "API_BASE", "ORIGINAL_ID", "REPLAY_WINDOW_S",
        "PASSIVE_BUDGET_S", "PER_MESSAGE", "MESSAGE_WINDOW_H", "PER_EVENT", "EVENT_WINDOW_S", "CAN_SEND", "CAN_OFFER_MENU",
        "KEEP_TENCENT_AGENTS",
    )
)  # fmt: skip


@dataclass(frozen=True)
class WechatSettings:
    """Be the settings of one Official Account.

    ``aes_key_before`` is still accepted while the key is being changed. ``original_id`` (gh_…) refuses pushes for another
    account; unset, any is taken whose signature is right. ``replay_window_s``: how old a signed push may be, in seconds.
    ``passive_budget_s``: how long a push may wait for its answer. ``per_message`` and ``per_event``: how many messages the
    customer-service API takes within ``message_window_h`` hours after a customer's message, ``event_window_s`` seconds after
    an event. ``can_send``: the account may use that API at all (a verified one). ``can_offer_menu``: it may send tappable
    menus (msgmenu). ``keep_tencent_agents``: a wish for a person goes to Tencent's own agents, not to our desk.
    """

    app_id: str
    app_secret: str = field(repr=False)
    token: str = field(repr=False)
    mode: Literal["plain", "compat", "safe"] = "safe"
    aes_key: str | None = field(default=None, repr=False)
    aes_key_before: str | None = field(default=None, repr=False)
    api_base: str = API
    original_id: str | None = None
    replay_window_s: int = 300
    passive_budget_s: float = 4.2
    per_message: int = 5
    message_window_h: int = 48
    per_event: int = 3
    event_window_s: int = 60
    can_send: bool = True
    can_offer_menu: bool = True
    keep_tencent_agents: bool = False


def read(env: Env) -> tuple[WechatSettings | None, list[str]]:
    """Return the settings, None where nothing is set, and the problems that ``env`` cannot know of."""
    with env.prefixed("WECHAT_"):
        app_id, app_secret = env.str("APP_ID", ""), env.str("APP_SECRET", "")
        token = env.str("TOKEN", "", validate=check_token)
        mode = env.str("MODE", "safe", validate=validate.OneOf(["plain", "compat", "safe"]))
        key = env.str("AES_KEY", "", validate=check_aes_key)
        key_before = env.str("AES_KEY_BEFORE", "", validate=check_aes_key)
        api_base = env.str("API_BASE", API, validate=check_base)
        original_id = env.str("ORIGINAL_ID", "")
        replay_window_s = env.int("REPLAY_WINDOW_S", 300, validate=validate.Range(10, 86_400))
        passive_budget_s = env.float("PASSIVE_BUDGET_S", 4.2, validate=validate.Range(0, 4.8))
        per_message = env.int("PER_MESSAGE", 5, validate=validate.Range(0, 1_000))
        message_window_h = env.int("MESSAGE_WINDOW_H", 48, validate=validate.Range(1, 1_000))
        per_event = env.int("PER_EVENT", 3, validate=validate.Range(0, 1_000))
        event_window_s = env.int("EVENT_WINDOW_S", 60, validate=validate.Range(1, 86_400))
        can_send, can_offer_menu = env.bool("CAN_SEND", True), env.bool("CAN_OFFER_MENU", True)
        keep_tencent_agents = env.bool("KEEP_TENCENT_AGENTS", False)
    if not any((app_id, app_secret, token, key)):
        return None, []
    problems = missing("WECHAT_", APP_ID=app_id, APP_SECRET=app_secret, TOKEN=token)
    if mode != "plain" and not key:
        problems.append("WECHAT_AES_KEY: needed unless WECHAT_MODE is plain")
    return WechatSettings(
        app_id, app_secret, token, cast(Literal["plain", "compat", "safe"], mode), key or None, key_before or None,
        (api_base or "").rstrip("/"), original_id or None, replay_window_s, passive_budget_s, per_message,
        message_window_h, per_event, event_window_s, can_send, can_offer_menu, keep_tencent_agents,
    ), problems  # fmt: skip
