"""The one command `waymark` and its parts. Each part is imported only when it is asked for, so that those
who check content need no database, no settings and no Flask. Nothing calls this room; it calls all others.
"""

from importlib import import_module
from importlib.util import find_spec

import click

PARTS = {
    "content": ("content", "Check the modules before anybody reads them."),
    "questionnaires": ("questionnaires", "Check the questionnaires and their scoring."),
    "flags": ("flags", "Explain the reasons for ringing a patient."),
    "database": ("database", "Start, stop and migrate the database."),
    "serve": ("serve", "Serve the website."),
    "worker": ("worker", "Deliver e-mails and do the night's work."),
    "demo": ("demo", "Fill the demonstration with made-up people."),
    "admin": ("admin", "Make the first administrator."),
    "translations": ("translations", "Gather, check and compile the translations."),
    "docs": ("docs", "Write the documents that are made from the code."),
}
"""Each command's name, the module and attribute that hold it (they have one name), and a line of help."""


class LazyGroup(click.Group):
    """A group that imports a command when it is run, and lists only the commands that are there."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands whose modules exist, in the order of `PARTS`."""
        return [name for name, (module, _) in PARTS.items() if find_spec(f"{__name__}.{module}")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself, imported now; None if there is none of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module, _ = PARTS[cmd_name]
        command = getattr(import_module(f"{__name__}.{module}"), module)
        assert isinstance(command, click.Command), f"{cmd_name} is not a command"
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, PARTS[name][1]) for name in self.list_commands(ctx)])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Waymark, a self-guided digital pain management programme."""
