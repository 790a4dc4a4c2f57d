"""`waymark worker`: delivers e-mails and does the night's work, until it is told to stop."""

import asyncio

import click
import structlog
from sqlalchemy.engine import make_url

from webapp.foundations.settings import Settings, SettingsRefused, load_settings

JOBS_AT_ONCE = 2
SECONDS_TO_FINISH = 20.0


@click.command()
def worker() -> None:
    """Deliver e-mails and do the night's work. Ctrl+C (or SIGTERM) lets the job at hand finish first."""
    from webapp import create_app
    from webapp.foundations.logs import configure_logs

    try:
        app = create_app(load_settings())
    except SettingsRefused as refusal:
        raise click.ClickException(str(refusal)) from None
    settings: Settings = app.extensions["waymark_settings"]
    configure_logs(readable=not settings.production)
    log = structlog.get_logger("worker")
    log.info("begins", mail="smtp" if settings.smtp_url else str(settings.var_folder / "mail"))
    asyncio.run(work(settings))
    log.info("ends")


async def work(settings: Settings, *, until_done: bool = False) -> None:
    """Run the jobs of the queue; ``until_done`` returns once nothing is waiting (for tests)."""
    from procrastinate import PsycopgConnector

    from webapp.foundations.jobs import jobs

    # The connector is replaced in the one application that the tasks know: periodic jobs defer through it.
    with jobs.replace_connector(PsycopgConnector(conninfo=conninfo(settings.database_url))) as running:
        async with running.open_async():
            await running.run_worker_async(
                concurrency=JOBS_AT_ONCE,
                wait=not until_done,
                install_signal_handlers=not until_done,
                listen_notify=not until_done,
                shutdown_graceful_timeout=SECONDS_TO_FINISH,
                delete_jobs="successful",
            )


def conninfo(database_url: str) -> str:
    """The address as libpq writes it, from SQLAlchemy's."""
    return make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
