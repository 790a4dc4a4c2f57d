"""`waymark admin`: the installation's first administrator. There is no default account."""

import click

from webapp.foundations.settings import SettingsRefused, load_settings


@click.group()
def admin() -> None:
    """Make the first administrator."""


@admin.command()
def first() -> None:
    """Print a link, good once and for 24 hours, with which the first administrator makes their account."""
    from webapp import create_app
    from webapp.people import letters, staff, tokens

    try:
        app = create_app(load_settings())
    except SettingsRefused as refusal:
        raise click.ClickException(str(refusal)) from None
    from webapp.foundations.database import db

    with app.app_context():
        if staff.there_is_an_administrator():
            raise click.ClickException(
                "There is an administrator already. They can sign in and add services."
            )
        secret = tokens.make("first_administrator")
        db.session.commit()
        click.echo("Open this link within 24 hours, in your own browser. It works once:")
        click.echo(letters.address(f"/first/{secret}"))
