"""The archive of data.police.uk on this machine: a list with MD5s, and files behind a redirect, faults included."""

import hashlib
import io
import random
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
KINDS = ("street", "outcomes", "stop-and-search")


def street(month: str, force: str, rows: int = 3) -> str:
    """A street file of a made-up force."""
    lines = [
        f",{month},{force.title()} Police,{force.title()} Police,-1.1,52.6,On or near Mill Lane,E0100000{n % 9},"
        f"Ashcombe 00{n % 9}A,Burglary,,"
        for n in range(rows)
    ]
    return "\n".join([HEADER, *lines, ""])


def archive_of(
    months: list[str], forces: list[str], kinds: tuple[str, ...] = ("street",), noise: int = 300_000
) -> bytes:
    """An archive as the publisher packs it; `noise` bytes that do not pack keep it long enough to break off."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for month in months:
            for force in forces:
                for kind in kinds:
                    packed.writestr(f"{month}/{month}-{force}-{kind}.csv", street(month, force))
        packed.writestr("notes.bin", random.Random(7).randbytes(noise))
    return out.getvalue()


@dataclass
class Publisher:
    """What the server holds by month, and the faults it is told to make, one for each request for a file to come."""

    files: dict[str, bytes]
    url: str = ""
    faults: list[str] = field(default_factory=list)
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    md5: dict[str, str] = field(default_factory=dict)
    etag_style: str = "single"
    server: str = "AmazonS3"

    def etag(self, month: str) -> str:
        """The ETag as S3 makes it for a file stored at once, or in parts."""
        digest = hashlib.md5(self.files[month], usedforsecurity=False).hexdigest()
        return {"single": f'"{digest}"', "parts": f'"{digest}-9"', "wrong": f'"{"0" * 32}"', "none": ""}[
            self.etag_style
        ]

    @property
    def downloads(self) -> list[Mapping[str, str]]:
        """The headers of each request that reached a file."""
        return [headers for path, headers in self.asked if path.startswith("/store/")]


class Handler(BaseHTTPRequestHandler):
    """List, redirect, store."""

    held: ClassVar[Publisher]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer as the publisher does."""
        self.held.asked.append((self.path, dict(self.headers)))
        if self.path == "/data/archive/":
            rows = "".join(
                f'<li><a href="/data/archive/{month}.zip">{month}</a> MD5: {self.held.md5.get(month, "")}</li>'
                for month in sorted(self.held.files, reverse=True)
            )
            self._answer(200, f"<html><ul>{rows}</ul></html>".encode())
        elif self.path.startswith("/data/archive/"):
            self._answer(302, b"", Location=f"/store/{self.path.rpartition('/')[2]}")
        else:
            self._store(self.path.rpartition("/")[2].removesuffix(".zip"))

    def _store(self, month: str) -> None:
        fault = self.held.faults.pop(0) if self.held.faults else ""
        if month not in self.held.files:
            self._answer(404, b"<Error/>")
        elif fault.startswith(("429", "503")):
            code, _, rest = fault.partition(" ")
            self._answer(int(code), b"slow down", **({"Retry-After": rest} if rest else {}))
        elif fault == "page":
            self._answer(200, b"<!DOCTYPE html><p>Sign in to the guest network")
        else:
            self._file(month, fault)

    def _file(self, month: str, fault: str) -> None:
        if fault == "changed":
            self.held.files[month] = archive_of([month], ["ashcombe"], noise=310_000)
        whole, start = self.held.files[month], 0
        asked = self.headers.get("Range", "")
        code = 200
        if asked and fault != "ignores range" and self.headers.get("If-Range") == self.held.etag(month):
            start, code = int(asked.removeprefix("bytes=").rstrip("-")), 206
        sent = whole[start:]
        headers = {"ETag": self.held.etag(month), "Server": self.held.server, "Content-Type": "application/zip"}
        if code == 206:
            headers["Content-Range"] = f"bytes {start}-{len(whole) - 1}/{len(whole)}"
        length = len(sent) + (1000 if fault == "too short" else 0)
        self._answer(code, sent[: len(sent) // 2] if fault == "drops" else sent, length=length, **headers)
        self.close_connection = self.close_connection or fault in ("drops", "too short")

    def _answer(self, code: int, body: bytes, *, length: int | None = None, **headers: str) -> None:
        self.send_response_only(code)
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def publisher(files: dict[str, bytes]) -> Iterator[Publisher]:
    """Serve archives on a free port; each one's MD5 stands in the list."""
    md5 = {month: hashlib.md5(whole, usedforsecurity=False).hexdigest() for month, whole in files.items()}
    held = Publisher(files, md5=md5)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Here", (Handler,), {"held": held}))
    held.url = f"http://127.0.0.1:{server.server_port}/data/archive/"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
