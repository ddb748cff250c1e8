"""`wardmote decide`: accept a release, hold it back or set it aside."""

import argparse

from wardmote.cli.django_start import start
from wardmote.cli.refused import Refused
from wardmote.strategy.evidence.rules import Verdict


def add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = actions.add_parser(
        "decide",
        help="accept a release, hold it back or set it aside",
        description="Only accepted releases count in figures. Documents already issued never change.",
    )
    parser.add_argument("release", metavar="RELEASE", help="the release, by its digest or the first 12 letters of it")
    parser.add_argument("verdict", choices=[verdict.value for verdict in Verdict])
    parser.add_argument("--why", default="", help="the reason; needed for everything but accepting")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Move the release on, and say where it stands."""
    start()
    from wardmote.partnership.members.queries import COMMAND_LINE, service_reader
    from wardmote.strategy.evidence.actions import complete_checks
    from wardmote.strategy.evidence.actions.verdicts import VerdictRefused, accept, give_verdict
    from wardmote.strategy.evidence.queries import releases_for

    reader = service_reader(COMMAND_LINE)
    found = list(releases_for(reader).filter(digest__startswith=arguments.release)[:2])
    if len(found) != 1 or len(arguments.release) < 12:
        raise Refused("No single release has this digest. `wardmote releases --json` lists them.")
    (release,) = found
    verdict = Verdict(arguments.verdict)
    try:
        if verdict is Verdict.ACCEPT:
            accept(reader, release, words=arguments.why)
            complete_checks(reader, release)
        else:
            give_verdict(reader, release, verdict, arguments.why)
    except VerdictRefused as refusal:
        raise Refused(str(refusal)) from refusal
    print(f"{release.title}: {release.state}.")
    return 0
