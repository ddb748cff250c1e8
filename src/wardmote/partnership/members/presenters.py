"""What the shell and the members pages show."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from wardmote.access.permissions import Permission
from wardmote.access.readers import ANYONE, Reader

from .models import Partnership

NAVIGATION = [
    (None, "Home", "home"),
    (Permission.SEE_EVIDENCE, "Evidence", "evidence:catalogue"),
    (Permission.SEE_ASSESSMENT, "Assessments", "assessment:list"),
    (Permission.MANAGE_MEMBERS, "Members", "members:list"),
    (None, "Published", "publishing:list"),
]


def site_context(request: HttpRequest) -> dict[str, Any]:
    """Return the shell's context: partnership, navigation, account."""
    reader: Reader = getattr(request, "reader", ANYONE)
    partnership = Partnership.objects.filter(id=reader.partnership).first() if reader.partnership else None
    return {
        "partnership_name": partnership.name if partnership else "",
        "is_sample": partnership.is_sample if partnership else False,
        "navigation": [_link(request, text, route) for needed, text, route in NAVIGATION if _shown(reader, needed)],
        "reader": reader,
        "account_name": reader.post or "Signed in",
    }


def _shown(reader: Reader, needed: Permission | None) -> bool:
    return needed is None or reader.may(needed)


def _link(request: HttpRequest, text: str, route: str) -> dict[str, Any]:
    url = reverse(route)
    here = request.path == url if route == "home" else request.path.startswith(url)
    return {"text": text, "url": url, "active": here}
