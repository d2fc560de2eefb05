"""Say what an operator may decide about WeCom customer service (微信客服), and read it."""

from dataclasses import dataclass, field
from typing import Final, Literal, cast

from environs import Env, validate

from bot.channel_settings.addresses import check_base
from bot.channel_settings.tencent import check_aes_key, check_token, missing

API: Final = "https://qyapi.weixin.qq.com"
NAMES: Final = tuple(
    f"WECOM_{name}"
    for name in (
        "CORP_ID", "KF_SECRET", "KF_TOKEN", "KF_AES_KEY", "API_BASE", "KF_HANDOFF", "KF_SERVICER", "KF_PER_MESSAGE",
        "KF_WINDOW_H", "KF_POLL_S",
    )
)  # fmt: skip


@dataclass(frozen=True)
class WecomSettings:
    """Be the settings of WeCom customer service.

    ``handoff``: a customer who wants a person comes to our desk, or to the servicers in the WeCom client (to ``servicer``
    where one is named, else into their pool). ``per_message``: how many messages may follow a customer's message within
    ``window_h`` hours. ``poll_s``: how often messages are pulled where no callback announced them, in seconds.
    """

    corp_id: str
    secret: str = field(repr=False)
    token: str = field(repr=False)
    aes_key: str = field(repr=False)
    api_base: str = API
    handoff: Literal["desk", "wecom"] = "desk"
    servicer: str | None = None
    per_message: int = 5
    window_h: int = 48
    poll_s: int = 60


def read(env: Env) -> tuple[WecomSettings | None, list[str]]:
    """Return the settings, None where nothing is set, and the problems that ``env`` cannot know of."""
    with env.prefixed("WECOM_"):
        corp_id, secret = env.str("CORP_ID", ""), env.str("KF_SECRET", "")
        token = env.str("KF_TOKEN", "", validate=check_token)
        key = env.str("KF_AES_KEY", "", validate=check_aes_key)
        api_base = env.str("API_BASE", API, validate=check_base)
        handoff = env.str("KF_HANDOFF", "desk", validate=validate.OneOf(["desk", "wecom"]))
        servicer = env.str("KF_SERVICER", "")
        per_message = env.int("KF_PER_MESSAGE", 5, validate=validate.Range(0, 1_000))
        window_h = env.int("KF_WINDOW_H", 48, validate=validate.Range(1, 1_000))
        poll_s = env.int("KF_POLL_S", 60, validate=validate.Range(1, 86_400))
    if not any((corp_id, secret, token, key)):
        return None, []
    problems = missing("WECOM_", CORP_ID=corp_id, KF_SECRET=secret, KF_TOKEN=token, KF_AES_KEY=key)
    return WecomSettings(
        corp_id, secret, token, key, (api_base or "").rstrip("/"), cast(Literal["desk", "wecom"], handoff), servicer or None,
        per_message, window_h, poll_s,
    ), problems  # fmt: skip
