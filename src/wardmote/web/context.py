"""What every page shows: the partnership's name, the navigation, who is signed in."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the shell's context, from the function that settings name (the shell knows nothing of members)."""
    find: Callable[[HttpRequest], dict[str, Any]] = import_string(settings.WARDMOTE_SITE_CONTEXT)
    return find(request)
