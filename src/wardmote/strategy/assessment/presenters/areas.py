"""The shape of the pages of wards."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.queries.areas import chosen_wards, wards_in
from wardmote.strategy.assessment.reports.areas import ward_blocks

from . import printed_blocks


def wards_page(reader: Reader, assessment: Assessment, analysis: Mapping[str, Any]) -> dict[str, Any]:
    """Return the wards by name, never worst first, each with the reason where it was chosen."""
    reasons = {one.code: one.reason for one in chosen_wards(assessment)}
    known = wards_in(analysis)
    rows = [
        {"name": name, "url": reverse("assessment:ward", args=[assessment.id, code]), "reason": reasons.get(code, "")}
        for code, name in known.items()
    ]
    gone = [one.name for one in chosen_wards(assessment) if one.code not in known]
    return {"assessment": assessment, "rows": rows, "gone": gone}


def ward_page(reader: Reader, assessment: Assessment, analysis: Mapping[str, Any], code: str) -> dict[str, Any]:
    """Return the profile of a ward with what may be done."""
    chosen = next((one for one in chosen_wards(assessment) if one.code == code), None)
    return {
        "assessment": assessment,
        "code": code,
        "name": wards_in(analysis)[code],
        "chosen": chosen,
        "body": printed_blocks(ward_blocks(analysis, code, chosen), assessment),
        "may_write": reader.may(Permission.PREPARE_ASSESSMENT),
    }
