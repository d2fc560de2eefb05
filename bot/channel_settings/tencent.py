"""Check what WeChat and WeCom have in common: the token and the AES key that both consoles ask for."""

import re
from typing import Final

from environs import ValidationError

_TOKEN: Final = re.compile(r"[A-Za-z0-9]{3,32}")
_AES_KEY: Final = re.compile(r"[A-Za-z0-9]{43}")


def check_token(token: str) -> None:
    """Raise ValidationError unless a text may be the Token of a callback: 3 to 32 letters or digits."""
    if token and not _TOKEN.fullmatch(token):
        raise ValidationError("must be 3 to 32 letters or digits, as in the platform's console")


def check_aes_key(key: str) -> None:
    """Raise ValidationError unless a text may be an EncodingAESKey: 43 letters or digits."""
    if key and not _AES_KEY.fullmatch(key):
        raise ValidationError("must be the EncodingAESKey: 43 letters or digits")


def missing(prefix: str, **values: str) -> list[str]:
    """Return one problem for every setting that is needed and empty."""
    return [f"{prefix}{name}: needed as soon as any {prefix}… is set" for name, value in values.items() if not value]
