"""XML from outside, gone through element by element: no entities, no document types, nothing fetched."""

import zipfile
from typing import Any, Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from wardmote.analytics.sources.request import SourceRefused

_DEEPEST: Final = 100


class Elements(ContentHandler):
    """A handler that calls `begin_<local name>` and `end_<local name>`, whatever prefix a program gave."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._local: dict[str, str] = {}
        self._depth = 0

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - the library's name
        """Hand an element over."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise SAXException("elements are nested more than 100 deep")
        begin = getattr(self, f"begin_{self._of(name)}", None)
        if begin is not None:
            begin(attrs)

    def endElement(self, name: str) -> None:  # noqa: N802
        """Hand the end of an element over."""
        self._depth -= 1
        end = getattr(self, f"end_{self._of(name)}", None)
        if end is not None:
            end()

    def characters(self, content: str) -> None:
        """Keep text; whoever wants it empties `text` at the start of its element."""
        self.text.append(content)

    def _of(self, name: str) -> str:
        local = self._local.get(name)
        if local is None:
            local = self._local[name] = name.rpartition(":")[2].replace("-", "_")
        return local


class _RootSeen(Exception):
    pass


class _Root(ContentHandler):
    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802
        raise _RootSeen


def walk(archive: zipfile.ZipFile, member: str, handler: ContentHandler, *, file: str) -> None:
    """Go through one part of a workbook; raises SourceRefused for broken XML, entities and document types."""
    from defusedxml import DefusedXmlException
    from defusedxml.sax import parse

    try:
        with archive.open(member) as stream:
            parse(stream, handler, forbid_dtd=True)
    except DefusedXmlException as error:
        raise SourceRefused(
            f"{file} has entities or a document type in {member}, which no workbook needs: do not use this file. "
            "Nothing was changed.",
            file=file,
        ) from error
    except (SAXException, zipfile.BadZipFile, KeyError, EOFError, ValueError) as error:
        raise SourceRefused(
            f"{file} is damaged in {member} ({error}): open it and save it again. Nothing was changed.", file=file
        ) from error


def check_prologue(archive: zipfile.ZipFile, member: str, *, file: str) -> None:
    """Refuse a part that declares entities; they can only stand before its first element."""
    try:
        walk(archive, member, _Root(), file=file)
    except _RootSeen:
        return
