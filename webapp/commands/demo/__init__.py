"""``waymark demo``: two made-up services with about sixty made-up patients in every state, so that anybody can try it.

Every history is made by the same services that a page calls, on days that lie in the past; nothing is written
past them.
"""

from __future__ import annotations

import click

from webapp.foundations.settings import SettingsRefused, load_settings


@click.group()
def demo() -> None:
    """Fill the demonstration with made-up people."""


@demo.command()
@click.option("--few", is_flag=True, help="One patient in each state only: quicker, for tests.")
def seed(few: bool) -> None:
    """Fill an empty installation once. Does nothing where there is a service already; refuses in production."""
    from webapp import create_app
    from webapp.commands.demo.filling import fill, is_empty, is_filled

    try:
        settings = load_settings()
    except SettingsRefused as refusal:
        raise click.ClickException(str(refusal)) from None
    if settings.production:
        raise click.ClickException("The made-up people are not for production.")
    app = create_app(settings)
    with app.app_context():
        if is_filled():
            click.echo("The demonstration has its people already.")
            return
        if not is_empty():
            raise click.ClickException(
                "There is something in this database already, so nothing is made up here."
            )
        click.echo("Making up two services and their people. This takes about half a minute…")
        count = fill(few=few)
        click.echo(f"{count} made-up patients are there.")
