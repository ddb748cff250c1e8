"""Who asks: the reader that every query and action takes."""

from dataclasses import dataclass, field
from uuid import UUID

from .permissions import Permission, Role

NOBODY = UUID(int=0)


class NotAllowed(Exception):
    """The reader lacks the permission; text says who to ask."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission
        super().__init__("Your role does not allow this. Ask your partnership's administrator.")


@dataclass(frozen=True)
class Reader:
    """Who asks, for which partnership, in which role; keys only, so that it can be written to the audit as it is."""

    key: UUID = NOBODY
    partnership: UUID | None = None
    agency: UUID | None = None
    appointment: UUID | None = None
    role: Role | None = None
    permissions: frozenset[Permission] = field(default_factory=frozenset)
    is_system: bool = False
    # Words that may be shown to colleagues and printed: the post, never the person's name.
    post: str = ""

    @property
    def is_signed_in(self) -> bool:
        """Whether an account or a named service stands behind this reader."""
        return self.key != NOBODY

    def may(self, permission: Permission) -> bool:
        """Whether the reader holds the permission."""
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raise NotAllowed unless the reader holds the permission."""
        if not self.may(permission):
            raise NotAllowed(permission)


ANYONE = Reader()
