"""Words put together as a sentence does."""

from collections.abc import Sequence


def joined(words: Sequence[str]) -> str:
    """Join words as a sentence does: A, B and C; nothing from none."""
    return " and ".join(one for one in (", ".join(words[:-1]), *words[-1:]) if one)


def capital(words: str) -> str:
    """Begin words as a sentence begins, the names in them as they are."""
    return words[:1].upper() + words[1:]
