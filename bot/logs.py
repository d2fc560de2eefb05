"""Write logs that can be read by people on a terminal and by machines elsewhere, and that betray nobody.

Only event names and our own opaque ids are logged: never a customer's text, a token or an external id.
"""

import logging
import re
import sys
from typing import Any, Final

import structlog
from structlog.typing import EventDict, Processor

_FORBIDDEN: Final = frozenset(
    {"text", "token", "external_id", "openid", "chat_id", "password", "secret", "authorization"}
)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_BOT_TOKEN: Final = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}|(?<=/bot)[^/\s\"']+(?=[/\s\"']|$)")
"""A bot's token by its shape, or by its place in an address of the Bot API, which is where libraries betray it."""
_CHATTY: Final = ("alembic", "aiohttp.access", "sqlalchemy", "asyncio", "httpx", "httpcore", "telegram")


def configure(*, level: int = logging.INFO) -> None:
    """Send structlog and the standard library through one chain: pretty on a terminal, JSON lines elsewhere."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _keep_private,
    ]
    renderer: Processor = (
        structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer, _blank_tokens],
    )
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [stream]
    root.setLevel(level)
    for chatty in _CHATTY:
        logging.getLogger(chatty).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _keep_private(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Blank what must not be logged and keep every value on one line."""
    for key, value in event.items():
        if key in _FORBIDDEN:
            event[key] = "…"
        elif isinstance(value, str) and key != "exception":
            event[key] = _CONTROL.sub(" ", value)
    return event


def _blank_tokens(_logger: Any, _method: str, line: Any) -> str:
    """Blank every bot token in a line that is ready to be written: whatever brought it there, also an exception."""
    return _BOT_TOKEN.sub("…", str(line))
