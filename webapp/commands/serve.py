"""`waymark serve`: the website (granian, two processes); in the demonstration a worker runs beside it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask

from webapp.foundations.settings import Settings, SettingsRefused, load_settings

PROCESSES = 2
THREADS_WITHOUT_PROXY = 64  # twenty phones that trickle a form must not stop the others
THREADS_BEHIND_PROXY = 2
WAITING_CONNECTIONS = 1024
SECONDS_TO_FINISH = 10


@click.command()
def serve() -> None:
    """Serve the website. WAYMARK_HOST and WAYMARK_PORT say where."""
    try:
        settings = load_settings()
    except SettingsRefused as refusal:
        raise click.ClickException(str(refusal)) from None
    _refuse_a_taken_port(settings)
    app = _built(settings)
    _say_where(settings)
    if settings.demo:
        with app.app_context():
            _name_the_cast()
    with _worker_beside(settings):
        _granian(settings)


def _refuse_a_taken_port(settings: Settings) -> None:
    """The server shares a port with whoever holds it, so that two of them would answer in turn. Say so instead."""
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as taken:
            raise click.ClickException(
                f"Port {settings.port} of {settings.host} is taken. Stop what runs there, or set WAYMARK_PORT."
            ) from taken


def _built(settings: Settings) -> Flask:
    """Build the application once here, so that broken content is told once and not by each process."""
    from webapp import create_app
    from webapp.content.problems import ContentRefused
    from webapp.foundations.private_postgres import PrivatePostgresFailed
    from webapp.questionnaires.instruments import QuestionnairesRefused

    try:
        return create_app(settings)
    except (ContentRefused, QuestionnairesRefused, SettingsRefused, PrivatePostgresFailed) as refusal:
        raise click.ClickException(str(refusal)) from refusal


def _name_the_cast() -> None:
    from sqlalchemy.exc import SQLAlchemyError

    from webapp.people.demo_cast import demo_cast

    try:
        cast = demo_cast()
    except SQLAlchemyError:
        raise click.ClickException("The tables are not there yet. Run: waymark database migrate") from None
    for one in cast:
        click.echo(f"  {one.role:<14} {one.name:<22} {one.sign_in_name}")
    if cast:
        click.echo("The sign-in page offers each of them in one tap.")


def _say_where(settings: Settings) -> None:
    click.echo(f"Waymark: http://{settings.host}:{settings.port}  (Ctrl+C stops it)")
    if not settings.smtp_url:
        click.echo(f"E-mails go into files in {settings.var_folder / 'mail'}")


@contextmanager
def _worker_beside(settings: Settings) -> Iterator[None]:
    """In the demonstration, one worker that ends with the website.

    Elsewhere `waymark worker` runs by itself.
    """
    if not settings.demo:
        yield
        return
    command = [sys.executable, "-c", "from webapp.commands import main; main()", "worker"]
    beside = subprocess.Popen(command, start_new_session=True, env=os.environ)
    try:
        yield
    finally:
        beside.terminate()
        try:
            beside.wait(SECONDS_TO_FINISH)
        except subprocess.TimeoutExpired:
            beside.kill()


def _granian(settings: Settings) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "webapp:create_app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=PROCESSES,
        blocking_threads=THREADS_BEHIND_PROXY if settings.behind_proxy else THREADS_WITHOUT_PROXY,
        backlog=WAITING_CONNECTIONS,
        log_access=False,
        log_level="warning" if settings.demo else "info",  # type: ignore[arg-type]
        workers_kill_timeout=SECONDS_TO_FINISH,
        respawn_failed_workers=True,
    ).serve()
