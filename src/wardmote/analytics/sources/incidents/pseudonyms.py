"""Keys of people and places as pseudonyms: the same key is the same next month, and nobody can turn it back.

Source: RFC 2104 (HMAC). A plain digest would not do: whoever knows how victims are numbered could try every number.
"""

import hmac
from dataclasses import dataclass

LENGTH = 32


@dataclass(frozen=True)
class Pseudonyms:
    """What makes pseudonyms of one partnership: keys of two partnerships, or of two roles, never meet."""

    secret: str
    owner: str

    def of(self, role: str, key: str) -> str | None:
        """Return the pseudonym of a key in a role, None for a blank; spaces and capitals make no difference."""
        plain = "".join(key.split()).casefold()
        if not plain:
            return None
        message = "\0".join((self.owner, role, plain)).encode()
        return hmac.new(self.secret.encode(), message, "sha256").hexdigest()[:LENGTH]
