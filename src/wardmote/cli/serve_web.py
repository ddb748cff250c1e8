"""The web server of the demo: waitress, on this machine only."""

import os
import sys


def main() -> None:
    """Serve the site on the port given as the only argument."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardmote.config.settings")
    from waitress import serve

    from django.core.servers.basehttp import get_internal_wsgi_application

    serve(get_internal_wsgi_application(), host="127.0.0.1", port=int(sys.argv[1]), threads=6, ident="")


if __name__ == "__main__":
    main()
