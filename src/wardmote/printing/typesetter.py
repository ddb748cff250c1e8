"""Typesetting in a process of its own: Typst keeps what it laid out, some gigabytes, and a worker runs for months.

`python -m wardmote.printing.typesetter` is that process: it takes one job from its input and gives the pages. Neither
clock nor system font nor network takes part: identical input gives identical bytes.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from wardmote.printing.glyphs import FONTS

REFUSED: Final = 3
_LENGTH: Final = 8


class PrintFailed(RuntimeError):
    """The typesetter refused a document; the message is its own."""


def typeset(template: Path, inputs: Mapping[str, str], **options: Any) -> tuple[bytes, ...]:
    """Return what a template makes of its inputs: a PDF, or one PNG a page (`format="png"`). Raises PrintFailed.

    Inputs reach the template as `sys.inputs`; options are those of `typst.compile`.
    """
    job = json.dumps({"template": str(template), "inputs": dict(inputs), "options": options}, ensure_ascii=False)
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "wardmote.printing.typesetter"],
        input=job.encode(),
        capture_output=True,
        check=False,
    )
    if ended.returncode:
        said = ended.stderr.decode(errors="replace").strip() if ended.returncode == REFUSED else ""
        raise PrintFailed(f"The document could not be printed: {said or f'status {ended.returncode}'}")
    return tuple(_unpacked(ended.stdout))


def _unpacked(output: bytes) -> list[bytes]:
    pages, at = [], 0
    while at < len(output):
        begins = at + _LENGTH
        at = begins + int.from_bytes(output[at:begins], "big")
        pages.append(output[begins:at])
    return pages


def main() -> int:
    """Do the job on the input; give each page after its length, or the refusal on the error output."""
    import typst

    job = json.load(sys.stdin.buffer)
    template = Path(job["template"])
    try:
        printed = typst.compile(
            str(template),
            root=str(template.parent),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs=job["inputs"],
            **job["options"],
        )
    except typst.TypstError as refusal:
        sys.stderr.write(str(refusal))
        return REFUSED
    # One page comes as bytes, several as a list.
    for page in [printed] if isinstance(printed, bytes) else printed:
        sys.stdout.buffer.write(len(page).to_bytes(_LENGTH, "big") + page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
