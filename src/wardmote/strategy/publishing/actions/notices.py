"""Saying of an issued version what became of it. Nothing that was printed changes: the notice stands above it."""

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.strategy.publishing.models import PublishedVersion, VersionNotice
from wardmote.strategy.publishing.rules import GivenNotice, NoticeKind, refusal_of, what_is_missing_in


class PublishRefused(Exception):
    """The assessment cannot be issued as it stands, or the version cannot get this notice; the text says why."""


@transaction.atomic
def replace_version(
    reader: Reader, version: PublishedVersion, successor: PublishedVersion, given: GivenNotice
) -> VersionNotice:
    """Say that another issued version of the partnership takes a version's place."""
    reader.require(Permission.PUBLISH)
    if successor.partnership_id != version.partnership_id or successor.number <= version.number:
        raise PublishRefused("Choose a later version of the same partnership.")
    if successor.notices.exists():
        raise PublishRefused("That version has itself been corrected, replaced or withdrawn. Choose the one after it.")
    refuse_notice(version, NoticeKind.REPLACED, given)
    return write_notice_of(reader, version, NoticeKind.REPLACED, given, successor=successor)


@transaction.atomic
def withdraw_version(reader: Reader, version: PublishedVersion, given: GivenNotice) -> VersionNotice:
    """Say that a version is not to be relied on any more; it stays readable under the notice."""
    reader.require(Permission.PUBLISH)
    refuse_notice(version, NoticeKind.WITHDRAWN, given)
    return write_notice_of(reader, version, NoticeKind.WITHDRAWN, given, successor=None)


def refuse_notice(version: PublishedVersion, kind: NoticeKind, given: GivenNotice) -> None:
    """Raise PublishRefused where a version cannot get a notice, or the notice lacks something."""
    already = [NoticeKind(found) for found in version.notices.values_list("kind", flat=True)]
    reason = refusal_of(kind, already) or what_is_missing_in(given, kind, today=timezone.localdate())
    issued_on = timezone.localdate(version.issued_at)
    if not reason and given.told_on < issued_on:
        reason = (
            f"Version {version.number} was issued on {issued_on:%-d %B %Y}: nobody can have been told before that day. "
            "Check the date."
        )
    if reason:
        raise PublishRefused(reason)


def write_notice_of(
    reader: Reader,
    version: PublishedVersion,
    kind: NoticeKind,
    given: GivenNotice,
    *,
    successor: PublishedVersion | None,
) -> VersionNotice:
    """Write the notice with its audit entry, in the caller's transaction."""
    notice = VersionNotice.objects.create(
        version=version,
        kind=kind,
        wrong=given.wrong.strip(),
        right=given.right.strip(),
        told=given.told.strip(),
        told_on=given.told_on,
        successor=successor,
        given_at=timezone.now(),
        given_by_key=reader.key,
        given_by_post=reader.post,
    )
    record(reader, str(kind), kind="version", key=version.id, changed=["notices"])
    return notice
