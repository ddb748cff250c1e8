"""The web server of the demo: waitress, on this machine only, until it is told to stop or standard input closes."""

import os
import sys


def main() -> None:
    """Serve the site on the port given as the only argument."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardmote.config.settings")
    from wardmote.cli.faults import status_of

    sys.exit(status_of(_serve))


def _serve() -> int:
    from django.core.servers.basehttp import get_internal_wsgi_application
    from waitress import serve

    from wardmote.cli.lifeline import end_with_parent

    end_with_parent()
    # The application that the settings name: the command line does not import config.
    serve(get_internal_wsgi_application(), host="127.0.0.1", port=int(sys.argv[1]), threads=6, ident="")
    return 0


if __name__ == "__main__":
    main()
