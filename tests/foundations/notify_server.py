"""A made-up GOV.UK Notify on this machine: it speaks the two requests that we use, and fails as told."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt

KEY = "waymark-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"
SERVICE, SECRET = KEY[-73:-37], KEY[-36:]
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"


@dataclass
class Notify:
    """What it holds. fault: what sending does next: a status with its answer, ``cut``, ``cut after`` or ``nonsense``."""

    fault: str | tuple[int, list[dict[str, str]]] = ""
    asking_fails: bool = False
    status: str = "sending"
    texts: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"


class _Handler(BaseHTTPRequestHandler):
    notify: Notify

    def do_POST(self) -> None:
        text = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self._may():
            return self._say(
                403, {"errors": [{"error": "AuthError", "message": "Invalid token: API key not found"}]}
            )
        if isinstance(self.notify.fault, tuple):
            status, errors = self.notify.fault
            return self._say(status, {"status_code": status, "errors": errors})
        if self.notify.fault == "cut":
            return self._cut()
        self.notify.texts.insert(0, text | {"status": self.notify.status})
        if self.notify.fault == "cut after":
            return self._cut()
        if self.notify.fault == "nonsense":
            return self._write(201, b"<html>")
        self._say(201, {"id": "740e5834-3a29-46b4-9a6f-16142fde533a", "reference": text["reference"]})

    def do_GET(self) -> None:
        reference = parse_qs(urlsplit(self.path).query)["reference"][0]
        self.notify.asked.append(reference)
        if self.notify.asking_fails:
            return self._say(500, {"errors": [{"error": "Exception", "message": "Internal server error"}]})
        found = [text for text in self.notify.texts if text["reference"] == reference]
        self._say(200, {"notifications": found, "links": {}})

    def _may(self) -> bool:
        try:
            given = jwt.decode(self.headers["Authorization"].split()[1], SECRET, algorithms=["HS256"])
        except jwt.InvalidTokenError:
            return False
        return bool(given["iss"] == SERVICE)

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.close()

    def _say(self, status: int, said: dict[str, Any]) -> None:
        self._write(status, json.dumps(said).encode())

    def _write(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def finish(self) -> None:
        try:
            super().finish()
        except (OSError, ValueError):
            """It was cut."""


@contextmanager
def serving(notify: Notify) -> Iterator[Notify]:
    """The server, on a port of its own, until the end of the block."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"notify": notify}))
    notify.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield notify
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
