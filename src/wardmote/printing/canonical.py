"""The one way to write a value as bytes whose hash can be compared for ever: sorted keys, no floats, no clock."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


def canonical_json(value: object) -> bytes:
    """UTF-8 JSON with sorted keys and no spare space; decimals become strings, dates 2026-03-31.

    Raises TypeError for a float (its last digit differs from run to run), a moment in time, or an unknown type.
    """
    text = json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def sha256_hex(content: bytes) -> str:
    """SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _plain(value: object) -> Json:
    # StrEnum and IntEnum members are str and int and come out as such.
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {_key(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return _scalar(value)


def _scalar(value: object) -> str:
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form: use integers, decimals, text and dates.")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"Keys must be text, not {type(key).__name__}.")
    return key
