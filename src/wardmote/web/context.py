"""What every page shows: the partnership's name, the navigation, who is signed in."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import Error as DatabaseFault
from django.http import HttpRequest
from django.utils.module_loading import import_string


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the shell's context, from the function that settings name (the shell knows nothing of members).

    The page that says sorry is drawn by the same shell, often because the database is what failed: then the shell is
    drawn as for a stranger, asking the database for nothing.
    """
    find: Callable[[HttpRequest], dict[str, Any]] = import_string(settings.WARDMOTE_SITE_CONTEXT)
    try:
        found = find(request)
        # The header asks this of the lazy user, where no one could catch what goes wrong.
        bool(getattr(request, "user", None) and request.user.is_authenticated)
    except DatabaseFault:
        return {"user": AnonymousUser(), "messages": ()}
    return found
