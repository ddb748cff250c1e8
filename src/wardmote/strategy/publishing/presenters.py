"""The frozen page with the addresses of this version's figures put in."""

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from wardmote.partnership.documents.queries import read_stored

from .models import PublishedVersion
from .queries import FIGURE_PLACEHOLDER


def page_of(version: PublishedVersion) -> SafeString:
    """Return the frozen page; the printer escaped all text, and only its own links are changed."""
    base = reverse("publishing:version", args=[version.partnership.slug, version.number])
    frozen = read_stored(version.html_sha256).decode()
    return mark_safe(frozen.replace(f'href="{FIGURE_PLACEHOLDER}', f'href="{base}figures/'))  # noqa: S308
