"""The file that the README shows to whoever adds a questionnaire works as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from click.testing import CliRunner

from tests.questionnaires.conftest import OWN_FOLDER
from webapp.commands import main


def test_the_file_in_the_readme_is_read_and_scored(folder_with: Callable[[Mapping[str, str]], Path]) -> None:
    readme = (OWN_FOLDER / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```yaml\n(.*?)```", readme, flags=re.DOTALL)
    folder = folder_with({"good-days.yml": shown})
    words = ["score", "good-days", "3,-,3,1", "--folder", str(folder)]
    result = CliRunner().invoke(main, ["questionnaires", *words])
    assert result.exit_code == 0, result.stderr
    # q1 3, q3 3 and q4 1: a mean of 7/3, times 4
    assert '"total": 9.3' in result.stdout
