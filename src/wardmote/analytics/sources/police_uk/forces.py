"""From a force's name as police.uk publishes it to the short name that police.uk uses in file names."""

import re
from typing import Final

_IRREGULAR: Final = {"british-transport": "btp", "police-service-of-northern-ireland": "northern-ireland"}
_ENDINGS: Final = ("-police-service", "-police", "-constabulary")


def force_slug(name: str) -> str:
    """Return `leicestershire` for `Leicestershire Police`, `metropolitan` for `Metropolitan Police Service`."""
    words = re.sub(r"[^a-z0-9]+", "-", name.lower().replace("&", "and")).strip("-")
    for ending in _ENDINGS:
        words = words.removesuffix(ending)
    return _IRREGULAR.get(words, words)
