"""The incidents of a release that look wrong in the reader's districts, each check with what was made of it."""

from dataclasses import dataclass, replace

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.analytics.measures.true_picture import Found, look_over
from wardmote.foundations.periods import Month
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import IncidentReview, Release

from . import counting, gather_evidence, held_as, held_releases, releases_for


@dataclass(frozen=True)
class Looked:
    """What a check found and the newest review of it."""

    found: Found
    review: IncidentReview | None


def looked_over(reader: Reader, release: Release) -> tuple[Looked, ...]:
    """Run every check over the months of a release, beside the other months held, in the reader's districts.

    Without a lookup that places them, over all incidents of the data set.
    """
    reader.require(Permission.SEE_EVIDENCE)
    partnership = partnership_of(reader)
    lookups = [one for one in held_releases(is_sample=release.is_sample) if one.kind == "lookup"]
    same = releases_for(reader).filter(dataset=release.dataset)
    # Whether or not it is accepted, it counts here: its months are what is looked at.
    held = [one for one in counting(same, if_accepted=release.digest) if one.release != release.digest]
    months = [Month.parse(month) for month in release.manifest["months"]]
    others = [replace(one, months=tuple(m for m in one.months if Month.parse(m) not in months)) for one in held]
    own = held_as(release, tuple(release.manifest["months"]))
    evidence = gather_evidence(
        is_sample=release.is_sample, held=[own, *filter(lambda one: one.months, others), *lookups]
    )
    try:
        incidents = evidence.incidents
        if evidence.areas is not None:
            codes = [district.code for district in partnership.districts.all()]
            ours = evidence.areas.filter(evidence.areas.district_code.isin(codes)).select("lsoa_code").distinct()
            incidents = incidents.semi_join(ours, "lsoa_code")
        found = look_over(evidence.con, incidents, months)
    finally:
        evidence.con.disconnect()
    newest = {one.check_code: one for one in release.incident_reviews.filter(partnership=partnership)}
    return tuple(Looked(one, newest.get(one.check.code)) for one in found)
