"""Read every setting once, from the environment or ``.env``, and name everything that is wrong together."""

import difflib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, Literal, cast
from zoneinfo import ZoneInfo, available_timezones

from environs import Env, EnvValidationError, ValidationError, validate

from bot.channel_settings import telegram, wechat, wecom
from bot.channel_settings.addresses import is_web_address
from bot.channel_settings.telegram import TelegramSettings
from bot.channel_settings.wechat import WechatSettings
from bot.channel_settings.wecom import WecomSettings
from bot.errors import BadSetting

PREFIX: Final = "TINGJIAN_"
PREFIXES: Final = (PREFIX, "BRAIN_", "TELEGRAM_", "WECHAT_", "WECOM_")
"""What our names begin with: a name with one of them that we do not know is a slip of the pen."""
INTERNAL: Final = frozenset({"TINGJIAN_FAILPOINT", "TINGJIAN_SCREENSHOTS", "TINGJIAN_TEST_POSTGRES_URL"})
"""Names with our prefix that belong to the tests."""

STRONG_TOKEN: Final = 16
"""Characters from which a token is not easily guessed; a shorter one is warned of at start."""


@dataclass(frozen=True)
class Settings:
    """Be everything that an operator may decide. The field's comment in the README table says what it does."""

    home: Path
    database_url: str = field(repr=False)
    host: str
    port: int
    public_url: str | None
    demo: bool
    api_token: str | None = field(repr=False)
    brain_workers: int
    brain_urls: tuple[str, ...]
    brain_actions: Literal["inline", "remote"]
    ambiguous: Literal["hold", "resend"]
    timezone: ZoneInfo
    telegram: TelegramSettings | None = None
    wechat: WechatSettings | None = None
    wecom: WecomSettings | None = None

    @property
    def has_weak_token(self) -> bool:
        """Say whether the API token could be guessed."""
        return self.api_token is not None and len(self.api_token) < STRONG_TOKEN

    @cached_property
    def secret_key(self) -> bytes:
        """Return the key that signs visitor tokens; made on first use, readable by the owner only."""
        return _secret(self.home / "secret.key")


def read(dotenv: Path | None = Path(".env")) -> Settings:
    """Return the settings; raises BadSetting naming every missing, malformed or unknown one."""
    env = Env(eager=False)
    if dotenv is not None and dotenv.is_file():
        env.read_env(str(dotenv), recurse=False)
    with env.prefixed(PREFIX):
        home = env.path("HOME", Path("var"))
        database_url = env.str("DATABASE_URL", "", validate=_database)
        host = env.str("HOST", "127.0.0.1")
        port = env.int("PORT", 8080, validate=validate.Range(0, 65535))
        public_url = env.str("PUBLIC_URL", None, validate=_web_address)
        demo = env.bool("DEMO", False)
        api_token = env.str("API_TOKEN", "")
        ambiguous = env.str("AMBIGUOUS", "hold", validate=validate.OneOf(["hold", "resend"]))
        timezone = env.str("TIMEZONE", "Asia/Shanghai", validate=_zone)
    workers = env.int("BRAIN_WORKERS", 1, validate=validate.Range(1, 64))
    brain_urls: list[str] = env.list("BRAIN_URL", [], validate=_web_addresses)
    actions = env.str("BRAIN_ACTIONS", "inline", validate=validate.OneOf(["inline", "remote"]))
    (on_telegram, wrong), (on_wechat, wrong_too), (on_wecom, also_wrong) = (
        telegram.read(env),
        wechat.read(env),
        wecom.read(env),
    )
    problems = [*wrong, *wrong_too, *also_wrong, *_unknown()]
    try:
        env.seal()
    except EnvValidationError as error:
        problems += [
            f"{name}: {' '.join(map(str, texts))}"
            for name, texts in cast(Mapping[str, list[str]], error.error_messages).items()
        ]
    if problems:
        raise BadSetting("; ".join(sorted(problems)))
    home = home.absolute()
    return Settings(
        home, database_url or f"sqlite:///{home / 'tingjian.db'}", host, port, public_url, demo, api_token or None, workers,
        tuple(brain_urls), cast(Literal["inline", "remote"], actions),
        cast(Literal["hold", "resend"], ambiguous),
        ZoneInfo(timezone), on_telegram, on_wechat, on_wecom,
    )  # fmt: skip


def names() -> list[str]:
    """Return the name of every setting, for the table in the README and for the hint at a misspelt one."""
    ours = ("HOME", "DATABASE_URL", "HOST", "PORT", "PUBLIC_URL", "DEMO", "API_TOKEN", "AMBIGUOUS", "TIMEZONE")
    brain = ("BRAIN_WORKERS", "BRAIN_URL", "BRAIN_ACTIONS")
    return [*(PREFIX + name for name in ours), *brain, *telegram.NAMES, *wechat.NAMES, *wecom.NAMES]


def _unknown() -> list[str]:
    known = set(names()) | INTERNAL
    strays = [name for name in os.environ if name.startswith(PREFIXES) and name not in known]
    return [f"{name}: unknown setting{_hint(name)}" for name in strays]


def _hint(name: str) -> str:
    close = difflib.get_close_matches(name, names(), n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def _database(url: str) -> None:
    if url and not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise ValidationError("must begin with sqlite:/// or postgresql://")


def _web_address(url: str | None) -> None:
    if url is not None and not is_web_address(url):
        raise ValidationError("must be a web address (http:// or https://)")


def _web_addresses(urls: list[str]) -> None:
    for url in urls:
        _web_address(url)


def _zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError("must name a time zone, like Asia/Shanghai")


def _secret(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(32))
    return path.read_bytes()
