"""Who asks, and what each role may do."""

from uuid import uuid4

import pytest

from wardmote.access.permissions import ROLE_PERMISSIONS, ROLE_SENTENCES, Permission, Role
from wardmote.access.readers import ANYONE, NotAllowed, Reader


@pytest.mark.parametrize(
    ("role", "may_not"),
    [
        (Role.ANALYST, {Permission.MANAGE_MEMBERS, Permission.OPEN_RANKING}),
        (Role.MANAGER, set()),
        (
            Role.SCORER,
            {
                Permission.IMPORT_EVIDENCE,
                Permission.PREPARE_ASSESSMENT,
                Permission.RECORD_DECISIONS,
                Permission.PUBLISH,
                Permission.MANAGE_MEMBERS,
                Permission.OPEN_RANKING,
            },
        ),
        (Role.ADMINISTRATOR, set(Permission) - {Permission.MANAGE_MEMBERS}),
    ],
)
def test_a_role_may_do_everything_but_this(role: Role, may_not: set[Permission]) -> None:
    assert set(Permission) - ROLE_PERMISSIONS[role] == may_not


def test_every_role_is_explained_in_a_sentence() -> None:
    assert set(ROLE_SENTENCES) == set(Role)
    assert all(sentence.endswith(".") for sentence in ROLE_SENTENCES.values())


def test_nobody_may_do_anything_until_they_are_known() -> None:
    assert not ANYONE.is_signed_in
    assert [permission for permission in Permission if ANYONE.may(permission)] == []


def test_a_reader_without_the_permission_is_told_whom_to_ask() -> None:
    reader = Reader(key=uuid4(), permissions=frozenset({Permission.SEE_EVIDENCE}))
    reader.require(Permission.SEE_EVIDENCE)
    with pytest.raises(NotAllowed, match="Ask your partnership's administrator") as refused:
        reader.require(Permission.PUBLISH)
    assert refused.value.permission is Permission.PUBLISH
