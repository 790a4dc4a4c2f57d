"""What a health state of the EQ-5D-5L is worth: every value set against published values, and every profile.

The published values are those of the tests of the R package eq5d (England, UK, UK crosswalk, DSU mapping) and
those that NICE's and the developers' papers state.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from pathlib import Path
from statistics import mean, pstdev

import pytest

from webapp.questionnaires.instruments import read_instruments
from webapp.questionnaires.rules import NoScore, score
from webapp.questionnaires.value_set_rules import NOBODY, Person

SHIPPED = read_instruments([Path(__file__).resolve().parents[2] / "content" / "questionnaires"])
EQ_5D = SHIPPED.get("eq-5d-5l").definition
ROWEN, DEVLIN, CROSSWALK, DSU = (
    "uk-2026-rowen",
    "england-devlin-2018",
    "uk-crosswalk-vanhout-2012",
    "uk-dsu-2023",
)
PROFILES = ["".join(levels) for levels in product("12345", repeat=5)]
EVERYBODY = [Person(age, sex) for age in (18, 35, 45, 55, 65) for sex in ("female", "male")]


def answers_of(profile: str) -> dict[str, int]:
    """The five answers of a profile."""
    return {f"q{place}": int(level) for place, level in enumerate(profile, start=1)}


def value_of(name: str, profile: str, person: Person = NOBODY) -> Decimal:
    """What the set itself holds."""
    found = SHIPPED.value_sets[name].value_of(answers_of(profile), person)
    assert found is not None
    return found


def worse_by_one(profile: str) -> Iterator[str]:
    """Every profile that is one level worse in one dimension."""
    for place, level in enumerate(profile):
        if level < "5":
            yield f"{profile[:place]}{int(level) + 1}{profile[place + 1 :]}"


def test_the_four_sets_are_here_and_the_new_one_is_the_usual_one() -> None:
    assert set(SHIPPED.value_sets) == {ROWEN, DEVLIN, CROSSWALK, DSU} == set(EQ_5D.value_sets)
    assert EQ_5D.value_set == ROWEN
    for each in SHIPPED.value_sets.values():
        assert (each.instrument, each.standing) == ("eq-5d-5l", "read")
        assert "doi:10." in each.source


@pytest.mark.parametrize(
    ("name", "profile", "value"),
    [
        (ROWEN, "11111", "1"),
        (ROWEN, "22222", "0.784"),
        (ROWEN, "33333", "0.604"),
        (ROWEN, "44444", "-0.209"),
        (ROWEN, "55555", "-0.567"),
        (ROWEN, "21232", "0.812"),  # 1 - .032 - .049 - .066 - .041
        (DEVLIN, "11111", "1"),
        (DEVLIN, "11112", "0.922"),
        (DEVLIN, "11121", "0.937"),
        (DEVLIN, "11211", "0.950"),
        (DEVLIN, "12111", "0.950"),
        (DEVLIN, "21111", "0.942"),
        (DEVLIN, "23245", "0.247"),  # 1 - .058 - .080 - .050 - .276 - .289: additive, no further term
        (DEVLIN, "55555", "-0.285"),
        (CROSSWALK, "11111", "1"),
        (CROSSWALK, "11221", "0.795"),
        (CROSSWALK, "44441", "0.226"),
        (CROSSWALK, "44525", "0.004"),
        (CROSSWALK, "55555", "-0.594"),
    ],
)
def test_published_values(name: str, profile: str, value: str) -> None:
    result = score(EQ_5D, answers_of(profile), name)
    assert result.total == Decimal(value)
    assert (result.profile, result.value_set) == (profile, name)


@pytest.mark.parametrize(
    ("profile", "age_years", "sex", "value"),
    [
        ("12345", 30, "female", "0.067"),
        ("24112", 50, "female", "0.761"),
        ("23421", 65, "male", "0.609"),
        ("23421", 100, "male", "0.609"),
    ],
)
def test_published_values_by_age_and_sex(profile: str, age_years: int, sex: str, value: str) -> None:
    result = score(EQ_5D, answers_of(profile), DSU, Person(age_years, sex))
    assert result.total == Decimal(value)


@pytest.mark.parametrize(("profile", "levels"), [("11111", 5), ("12345", 15), ("55555", 25)])
def test_the_sum_of_the_levels(profile: str, levels: int) -> None:
    assert score(EQ_5D, answers_of(profile)).subscales["level-sum"].total == levels


@pytest.mark.parametrize(("name", "lowest"), [(ROWEN, "-0.567"), (DEVLIN, "-0.285"), (CROSSWALK, "-0.594")])
def test_all_3125_profiles_lie_between_the_worst_state_and_full_health(name: str, lowest: str) -> None:
    values = {profile: value_of(name, profile) for profile in PROFILES}
    assert len(values) == 3125
    assert (min(values.values()), max(values.values())) == (Decimal(lowest), Decimal(1))
    assert [profile for profile, value in values.items() if value == 1] == ["11111"]
    assert [profile for profile, value in values.items() if value == Decimal(lowest)] == ["55555"]


@pytest.mark.parametrize("name", [ROWEN, DEVLIN, CROSSWALK])
def test_a_worse_level_is_never_worth_more(name: str) -> None:
    values = {profile: value_of(name, profile) for profile in PROFILES}
    wrong = [(one, worse) for one in PROFILES for worse in worse_by_one(one) if values[worse] > values[one]]
    assert wrong == []


def test_by_the_dsu_mapping_a_worse_level_can_be_worth_more() -> None:
    """It predicts three-level answers: a property of the published mapping, told in the README."""
    person = Person(40, "female")
    values = {profile: value_of(DSU, profile, person) for profile in PROFILES}
    steps = [(one, worse) for one in PROFILES for worse in worse_by_one(one)]
    assert len(steps) == 12_500
    assert 0.10 < sum(values[worse] > values[one] for one, worse in steps) / len(steps) < 0.15
    assert (values["11131"], values["11141"]) == (Decimal("0.787"), Decimal("0.843"))


@pytest.mark.parametrize("person", EVERYBODY, ids=str)
def test_the_dsu_mapping_keeps_within_the_three_level_values(person: Person) -> None:
    values = {profile: value_of(DSU, profile, person) for profile in PROFILES}
    assert Decimal("-0.594") <= min(values.values()) == values["55555"]
    assert max(values.values()) == values["11111"] < 1


def test_the_two_mappings_differ_as_published() -> None:
    """Maervoet & Bergemann, Value Health 28(7): mean 0.062, SD 0.139, from -0.198 to +0.619, 61% higher."""
    person = Person(50, "male")
    differences = [value_of(DSU, each, person) - value_of(CROSSWALK, each) for each in PROFILES]
    assert (min(differences), max(differences)) == (Decimal("-0.198"), Decimal("0.619"))
    assert round(mean(differences), 3) == Decimal("0.062")
    assert round(pstdev(map(float, differences)), 3) == 0.139
    assert round(sum(each > 0 for each in differences) / len(differences), 2) == 0.61


@pytest.mark.parametrize(
    "ages", [(18, 34), (35, 44), (45, 54), (55, 64), (65, 100)], ids=lambda ages: f"{ages[0]}-{ages[1]}"
)
def test_the_ends_of_an_age_band_are_inside_it(ages: tuple[int, int]) -> None:
    youngest, oldest = ages
    assert value_of(DSU, "23421", Person(youngest, "male")) == value_of(DSU, "23421", Person(oldest, "male"))


def test_the_next_age_band_has_values_of_its_own() -> None:
    values = [value_of(DSU, "12345", Person(age, "female")) for age in (34, 35, 44, 45, 54, 55, 64, 65)]
    assert values[0] != values[1] and values[2] != values[3] and values[4] != values[5]
    assert values[6] != values[7]


@pytest.mark.parametrize(
    "person",
    [
        NOBODY,
        Person(40, None),
        Person(None, "female"),
        Person(17, "male"),
        Person(101, "male"),
        Person(40, "x"),
    ],
    ids=str,
)
def test_without_age_and_sex_the_dsu_mapping_gives_no_value(person: Person) -> None:
    result = score(EQ_5D, answers_of("21232"), DSU, person)
    assert (result.total, result.reason) == (None, NoScore.PERSON_UNKNOWN)
    assert (result.profile, result.subscales["level-sum"].total) == ("21232", Decimal(10))


@pytest.mark.parametrize("name", [ROWEN, DEVLIN, CROSSWALK, DSU])
@pytest.mark.parametrize("lost", ["q1", "q2", "q3", "q4", "q5"])
def test_a_profile_with_a_gap_has_no_value(name: str, lost: str) -> None:
    answers: dict[str, int | None] = {**answers_of("21232"), lost: None}
    result = score(EQ_5D, answers, name, Person(40, "male"))
    assert (result.total, result.missing, result.profile) == (None, (lost,), None)


def test_the_scale_from_0_to_100_is_beside_the_value_and_not_in_it() -> None:
    with_scale = score(EQ_5D, {**answers_of("21232"), "vas": 5})
    assert with_scale.total == score(EQ_5D, answers_of("21232")).total == Decimal("0.812")
    assert with_scale.subscales["vas"].total == 5
