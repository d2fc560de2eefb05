"""Read the words of a rich message: paragraphs, lists and tables that an app has written with their looks. Pure.

Only the words are kept. https://core.telegram.org/bots/api#richmessage
"""

from typing import Any, Final

from bot.channels.telegram.fields import mapping, words

DEEPEST: Final = 32
_INLINE: Final = ("text", "expression", "alternative_text")
_BLOCKS: Final = ("label", "summary", "blocks", "items", "cells", "caption", "credit")


def words_of(rich_message: dict[str, Any]) -> str:
    """Return the words of a rich message, a line for each block; raises ValueError for one nested beyond reason."""
    return "\n".join(_lines(rich_message.get("blocks"), 0))


def _lines(it: object, depth: int) -> list[str]:
    """Return the lines of a block, or of several."""
    if depth > DEEPEST:
        raise ValueError("nested too deeply")
    if it is None or it == "":
        return []
    if isinstance(it, str):
        return [it]
    if isinstance(it, list):
        return [line for part in it for line in _lines(part, depth + 1)]
    block = mapping(it)
    own = "".join(_inline(block[name], depth + 1) for name in _INLINE if name in block)
    return ([own] if own else []) + [line for name in _BLOCKS for line in _lines(block.get(name), depth + 1)]


def _inline(it: object, depth: int) -> str:
    """Return running text: a string, several pieces, or a piece with a look of its own."""
    if depth > DEEPEST:
        raise ValueError("nested too deeply")
    if isinstance(it, list):
        return "".join(_inline(part, depth + 1) for part in it)
    if not isinstance(it, dict):
        return words(it)
    return "".join(_inline(it[name], depth + 1) for name in _INLINE if name in it)
