"""The worker: does the jobs on the queue, one after the other, until it is told to stop."""

import os


def main() -> None:
    """Work until SIGTERM."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardmote.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("db_worker", interval=0.5, verbosity=0)


if __name__ == "__main__":
    main()
