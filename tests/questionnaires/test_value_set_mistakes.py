"""Mistakes in a value set, in its table, and between it and its instrument."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.questionnaires.rich_files import changed, problems

Writes = Callable[[Mapping[str, str]], Path]


@pytest.mark.parametrize(
    ("name", "right", "wrong", "told"),
    [
        (
            "worth.yml",
            "value_set: weighed",
            "value_set: weihged",
            "worth.yml:13: there is no value set 'weihged' of 'worth'. Did you mean 'weighed'?",
        ),
        (
            "worth.yml",
            "range: [-0.5, 1]",
            "range: [0, 1]",
            "worth.yml:14: the value sets give -0.2 to 1, which is outside the range.",
        ),
        (
            "worth.yml",
            "value_set: told",
            "value_set: tolld",
            "worth.yml:22: there is no value set 'tolld'. Did you mean 'told'?",
        ),
        (
            "value-sets/weighed.yml",
            "instrument: worth",
            "instrument: wort",
            "value-sets/weighed.yml:2: there is no questionnaire 'wort'. Did you mean 'worth'?",
        ),
        (
            "value-sets/weighed.yml",
            "instrument: worth",
            "instrument: poor",
            "value-sets/weighed.yml:2: the total of 'poor' is not taken from a value set.",
        ),
        (
            "value-sets/weighed.yml",
            "{1: 0, 2: -0.25}",
            "{1: 0}",
            "value-sets/weighed.yml:9: the weights of 'sc' do not hold each answer exactly once.",
        ),
        (
            "value-sets/weighed.yml",
            "mo: {",
            "mob: {",
            "value-sets/weighed.yml:9: there is no item 'mob' in the total. Did you mean 'mo'?",
        ),
        (
            "value-sets/weighed.yml",
            "start: 1\n",
            "start: 1\nfile: x.csv\n",
            "value-sets/weighed.yml:9: a value set of kind 'weights' has no 'file'. Take it out.",
        ),
        (
            "value-sets/told.yml",
            "file: told.csv",
            "file: tolled.csv",
            "value-sets/told.yml:8: 'tolled.csv' cannot be read: No such file or directory.",
        ),
        (
            "value-sets/told.yml",
            "from: 41",
            "from: 42",
            "value-sets/told.yml:9: 'old' does not begin where 'young' ends.",
        ),
        (
            "value-sets/told.yml",
            "sexes: [female, male]\n",
            "",
            "value-sets/told.yml:9: 'ages' and 'sexes' go together.",
        ),
        (
            "value-sets/told.yml",
            "id: told",
            "id: tould",
            "value-sets/told.yml:1: the id 'tould' and the file name 'told.yml' differ. Make them the same.",
        ),
        (
            "value-sets/told.csv",
            "22,-0.1,-0.1,-0.2,-0.2\n",
            "",
            "value-sets/told.yml:8: 'told.csv' lacks 1 profiles, such as 22.",
        ),
        (
            "value-sets/told.csv",
            "22,",
            "23,",
            "value-sets/told.yml:8: 'told.csv' does not need 1 profiles, such as 23.",
        ),
        ("value-sets/told.csv", "22,", "21,", "value-sets/told.yml:8: 'told.csv' holds a profile twice."),
        (
            "value-sets/told.csv",
            "0.6,",
            "0.6,,",
            "value-sets/told.yml:8: 'told.csv' cannot be used: line 3 is not a profile and 4 numbers.",
        ),
        (
            "value-sets/told.csv",
            "0.6",
            "NaN",
            "value-sets/told.yml:8: 'told.csv' cannot be used: line 3 is not a profile and 4 numbers.",
        ),
        (
            "value-sets/told.csv",
            "old male",
            "old men",
            "value-sets/told.yml:8: 'told.csv' cannot be used: its first line has to be "
            "'profile,young female,young male,old female,old male'.",
        ),
    ],
)
def test_what_is_told_about_a_value_set(
    folder_with: Writes, name: str, right: str, wrong: str, told: str
) -> None:
    assert told in problems(folder_with(changed(name, right, wrong)))


def test_a_broken_value_set_is_told_once(folder_with: Writes) -> None:
    """Its instrument is not blamed for a value set that could not be read."""
    files = changed("value-sets/weighed.yml", "kind: weights", "kind: wheights")
    assert problems(folder_with(files)) == [
        "value-sets/weighed.yml:7: 'wheights' is not a 'kind'. Did you mean 'weights'?"
    ]
