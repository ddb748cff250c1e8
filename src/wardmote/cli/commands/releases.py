"""`wardmote releases`: everything held, in a stable order."""

import argparse
import json
from typing import TYPE_CHECKING, Any

from wardmote.cli.django_start import start

if TYPE_CHECKING:
    from wardmote.strategy.evidence.models import Release


def add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = actions.add_parser("releases", help="list the releases held")
    parser.add_argument("--json", action="store_true", help="with quality figures, as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the releases, by dataset and order of arrival."""
    start()
    from wardmote.partnership.members.queries import COMMAND_LINE, service_reader
    from wardmote.strategy.evidence.queries import releases_for

    rows = [release_row(release) for release in releases_for(service_reader(COMMAND_LINE))]
    if arguments.json:
        print(json.dumps(rows, indent=2))
        return 0
    for row in rows:
        print(f"{row['dataset']}  {row['release'][:12]}  {row['period_from'] or '-'}  {row['rows_accepted']}")
    return 0


def release_row(release: "Release") -> dict[str, Any]:
    """Return a release as the command line prints it: the stated fields first, then its quality figures."""
    manifest = release.manifest
    return {
        "dataset": release.dataset,
        "release": release.digest,
        "kind": release.kind,
        "title": release.title,
        "publisher": release.publisher,
        "licence": manifest["licence"],
        "attribution": manifest["attribution"],
        "area": release.area,
        "period_from": release.period_from or None,
        "period_to": release.period_to or None,
        "months": manifest["months"],
        "rows_read": release.rows_read,
        "rows_accepted": release.rows_accepted,
        "rows_rejected": release.rows_rejected,
        "is_sample": release.is_sample,
        "editions": manifest["editions"],
        "files": manifest["files"],
        "quality": release.quality,
    }
