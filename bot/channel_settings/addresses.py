"""Tell web addresses that can be called from others."""

from urllib.parse import urlsplit

from environs import ValidationError


def check_base(url: str) -> None:
    """Raise ValidationError unless a text is an address under which a platform's API may lie."""
    if not is_web_address(url) or not {"?", "#"}.isdisjoint(url):
        raise ValidationError("must be a web address (http:// or https://)")


def is_web_address(url: str) -> bool:
    """Say whether a text is an address that can be called: with a scheme, a host and a possible port."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
