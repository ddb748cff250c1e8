"""The application a web server runs; production refuses to start beside accounts with published passwords."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardmote.config.settings")
application = get_wsgi_application()


def refuse_demo_accounts() -> None:
    """Raise where a production deployment holds accounts of the sample partnership."""
    from django.conf import settings

    from wardmote.partnership.members.queries import has_demo_accounts

    if settings.IS_PRODUCTION and has_demo_accounts():
        raise ImproperlyConfigured(
            "This database holds demo accounts, whose passwords are published. Production does not start with them: "
            "use a database of its own, not the demo's."
        )


refuse_demo_accounts()
