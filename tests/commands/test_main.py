"""The one command: light to start, and listing only what is there."""

import subprocess
import sys

from click import Context
from click.testing import CliRunner

from webapp.commands import PARTS, main


def test_every_command_that_is_listed_can_be_loaded_and_helps() -> None:
    listed = main.list_commands(Context(main))
    assert "database" in listed
    for name in listed:
        shown = CliRunner().invoke(main, [name, "--help"])
        assert shown.exit_code == 0, f"{name}: {shown.output}"
        assert shown.output.startswith(f"Usage: main {name}")


def test_a_command_whose_module_is_not_there_is_neither_listed_nor_run() -> None:
    PARTS["dreams"] = ("dreams", "Not there.")
    try:
        assert "dreams" not in CliRunner().invoke(main, ["--help"]).output
        refused = CliRunner().invoke(main, ["dreams"])
        assert refused.exit_code == 2
        assert "No such command 'dreams'" in refused.output
    finally:
        del PARTS["dreams"]


def test_help_gives_a_line_for_each_command_and_imports_none_of_them() -> None:
    program = (
        "import sys; from click.testing import CliRunner; from webapp.commands import main"
        "; print(CliRunner().invoke(main, ['--help']).output)"
        "; sys.exit(any(name.startswith('webapp.commands.') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for name in main.list_commands(Context(main)):
        assert PARTS[name][1] in done.stdout
