"""Twenty slow phones trickle a form while others read: nobody may stall.

Runs `waymark serve` as production does: alone (64 threads), then behind nginx as deploy/nginx.conf says
(two threads; left out, by name, where nginx is not installed). Four readers fetch a module page and Help now,
alone at first, then beside the slow phones. Aim: no error, no reader waits two seconds, and most of the
throughput is kept. Loopback only. Run: ``python -m bench slow_phones [--phones 20] [--seconds 8]``.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from .house import House, house
from .pages import begin_the_course

HOST = "127.0.0.1"
READERS = 4
BODY_BYTES = 4_000
BYTE_EVERY_SECONDS = 0.1
REPOSITORY = Path(__file__).resolve().parents[1]


@dataclass
class Reading:
    """What the readers met: how long each answer took, and which were not 200."""

    seconds: float
    waits: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Answers a second, all readers together."""
        return len(self.waits) / self.seconds


def main(words: list[str]) -> None:
    """Measure without a proxy, then with one."""
    parser = argparse.ArgumentParser(prog="python -m bench slow_phones", description=__doc__)
    parser.add_argument("--phones", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=8)
    given = parser.parse_args(words)
    with open(os.devnull, "w") as unread, redirect_stderr(unread), house() as ours:
        with ours.app.app_context():
            begin_the_course(ours.cast)
            cookie = ours.cookie_of("asha")
        print(f"{'deployment':<24}{'answers/s kept':>16}{'longest wait':>20}{'errors':>8}")
        with _served(ours, behind_proxy=False) as port:
            _compare("64 threads, no proxy", port, cookie, given.phones, given.seconds)
        if (nginx := shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")) is None:
            print("behind nginx: left out, because nginx is not installed")
            return
        with _served(ours, behind_proxy=True) as port, _proxied(nginx, port) as front:
            _compare("2 threads behind nginx", front, cookie, given.phones, given.seconds)


def _compare(name: str, port: int, cookie: str, phones: int, seconds: float) -> None:
    _read(port, cookie, 2)
    alone = _read(port, cookie, seconds)
    with _slow_phones(port, phones):
        beside = _read(port, cookie, seconds)
    kept = beside.per_second / alone.per_second
    errors = alone.errors + beside.errors
    waited = f"{max(alone.waits):.2f} → {max(beside.waits):.2f} s"
    print(
        f"{name:<24}{kept:>16.0%}{waited:>20}{len(errors):>8}  {'; '.join(sorted(set(errors))[:3])}",
        flush=True,
    )


def _read(port: int, cookie: str, seconds: float) -> Reading:
    found = Reading(seconds)
    until = time.monotonic() + seconds
    readers = [threading.Thread(target=_reader, args=(port, cookie, until, found)) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return found


def _reader(port: int, cookie: str, until: float, found: Reading) -> None:
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    paths = ("/course/start-here/getting-help", "/help-now")
    while time.monotonic() < until:
        for path in paths:
            began = time.monotonic()
            try:
                connection.request("GET", path, headers={"Cookie": cookie, "Host": "localhost"})
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    found.errors.append(f"{path}: {answer.status}")
            except (OSError, http.client.HTTPException) as problem:
                found.errors.append(f"{path}: {type(problem).__name__}")
                connection.close()
            found.waits.append(time.monotonic() - began)
    connection.close()


@contextmanager
def _slow_phones(port: int, number: int) -> Iterator[None]:
    """Phones that send a form's body byte by byte, all the time."""
    over = threading.Event()
    phones = [threading.Thread(target=_slow_phone, args=(port, over)) for _ in range(number)]
    for phone in phones:
        phone.start()
    time.sleep(1)
    try:
        yield
    finally:
        over.set()
        for phone in phones:
            phone.join()


def _slow_phone(port: int, over: threading.Event) -> None:
    head = (
        "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {BODY_BYTES}\r\n\r\n"
    )
    with socket.create_connection((HOST, port)) as line:
        line.sendall(head.encode() + b"name=")
        while not over.wait(BYTE_EVERY_SECONDS):
            line.sendall(b"a")


@contextmanager
def _served(ours: House, *, behind_proxy: bool) -> Iterator[int]:
    """`waymark serve` on a free port, with the house's settings."""
    port = _free_port()
    given = {**ours.settings, "behind_proxy": str(behind_proxy).lower(), "host": HOST, "port": str(port)}
    environment = {**os.environ, **{f"WAYMARK_{name.upper()}": value for name, value in given.items()}}
    command = [sys.executable, "-c", "from webapp.commands import main; main()", "serve"]
    with _process(command, environment):
        _wait_for(port)
        yield port


@contextmanager
def _proxied(nginx: str, website: int) -> Iterator[int]:
    """nginx with our own configuration, but for the certificate, the ports and the folders."""
    front, plain = _free_port(), _free_port()
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        words = (REPOSITORY / "deploy" / "nginx.conf").read_text()
        words = re.sub(r"^\s*(ssl_\w+|http2|resolver) .*;\n", "", words, flags=re.MULTILINE)
        words = words.replace("listen 8443 ssl;", f"listen {HOST}:{front};").replace(
            "http://app:8000", f"http://{HOST}:{website}"
        )
        words = words.replace("listen 8080;", f"listen {HOST}:{plain};").replace("/tmp/", f"{folder}/")
        configuration = Path(folder, "nginx.conf")
        configuration.write_text(words)
        with _process([nginx, "-c", str(configuration), "-p", folder, "-g", "daemon off;"], dict(os.environ)):
            _wait_for(front)
            yield front


@contextmanager
def _process(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    """A process of its own, ended with the block."""
    one = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=REPOSITORY
    )
    try:
        yield
    finally:
        one.terminate()
        try:
            one.wait(20)
        except subprocess.TimeoutExpired:
            one.kill()
            one.wait()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        port: int = one.getsockname()[1]
        return port


def _wait_for(port: int, patience_seconds: float = 60) -> None:
    """Until it answers.

    Raises:
        RuntimeError: it never did.
    """
    until = time.monotonic() + patience_seconds
    while time.monotonic() < until:
        try:
            line = http.client.HTTPConnection(HOST, port, timeout=5)
            line.request("GET", "/health/live", headers={"Host": "localhost"})
            if line.getresponse().status == 200:
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
    raise RuntimeError(f"Nothing answers on port {port}.")
