"""Made-up questionnaires with one of everything that a file can hold, and what is told about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from webapp.questionnaires.instruments import QuestionnairesRefused, read_instruments

RICH = """\
id: rich
version: 1
citation: Made up for a test
measures: many things
recall: P7D
minutes: 1
licence: {status: ship, holder: nobody, notice: Made up., evidence: Made up., text_included: true}
loinc: {panel: 44249-1, item_answers: {q1: {0: LA6568-5}}}
snomed: {score: "720433000"}
items:
  - {id: q1, min: 0, max: 3, alert_from: 1, same_as: [poor/q1]}
  - {id: q2, kind: tick}
  - {id: why, kind: words}
  - {id: q3, min: 0, max: 2, optional: true}
scoring:
  method: sum
  range: [0, 4]
  direction: high_worse
  decimals: 0
  missing: {max_missing: 1, source: made up, never: [q1], only: [q2], count_as: 0}
  groups:
    staff_only: true
    source: made up
    levels:
      - {id: high, when: [{scale: total, at_least: 3}, {item: q1, one_of: [3]}]}
      - {id: low, when: []}
  subscales:
    - id: t-score
      items: [q3]
      method: sum
      table: {0: 20, 1: 50, 2: 80}
      range: [20, 80]
      direction: high_worse
      decimals: 1
      missing: {max_missing: 0, source: made up}
names:
  en: {heading: Rich, short: Rich score, bands: {high: High, low: Low}, subscales: {t-score: T}}
texts:
  en:
    title: Rich
    source: made up
    items: {q1: One, q2: Two, why: Why, q3: Three}
    labels: {0: Never, 3: Always}
    item_labels: {q3: {0: Rarely, 2: Often}}
examples:
  - {answers: "3,1", total: 4, band: high, subscales: {t-score: null}, source: 3 + 1}
  - {answers: "2,0,1", total: 2, band: low, subscales: {t-score: 50}, source: 2 + 0; the table holds 50 for 1}
  - {answers: "-,1", total: null, missing: [q1], source: q1 may never be missing}
"""
POOR = """\
id: poor
version: 1
citation: Made up for a test
measures: nothing in all
recall: none
minutes: 1
licence: {status: plugin, holder: nobody, notice: Made up., evidence: Made up., text_included: false}
items:
  - {id: q1, min: 0, max: 3}
  - {id: q2, min: 1, max: 5}
scoring: {method: none}
names:
  en: {heading: Poor, short: Poor score}
examples:
  - {answers: "1,5", total: null, missing: [], source: there is no total}
"""
WORTH = """\
id: worth
version: 1
citation: Made up for a test
measures: worth
recall: today
minutes: 1
licence: {status: plugin, holder: nobody, notice: Made up., evidence: Made up., text_included: false}
items:
  - {id: mo, min: 1, max: 2}
  - {id: sc, min: 1, max: 2}
scoring:
  method: value-set
  value_set: weighed
  range: [-0.5, 1]
  direction: high_better
  decimals: 3
  missing: {max_missing: 0, source: made up}
names:
  en: {heading: Worth, short: Worth}
examples:
  - {answers: "1,2", total: 0.75, profile: "12", source: 1 - 0.25}
  - {answers: "1,2", value_set: told, age: 30, sex: female, total: 0.5, source: the table}
  - {answers: "1,2", value_set: told, total: null, source: nobody is known}
"""
WEIGHED = """\
id: weighed
instrument: worth
title: Made up
version: 1
source: made up
standing: read
kind: weights
start: 1
weights: {mo: {1: 0, 2: -0.5}, sc: {1: 0, 2: -0.25}}
"""
TOLD = """\
id: told
instrument: worth
title: Made up
version: 2
source: made up
standing: computed
kind: table
file: told.csv
ages: [{id: young, from: 18, to: 40}, {id: old, from: 41, to: 100}]
sexes: [female, male]
"""
TABLE = """\
profile,young female,young male,old female,old male
11,1,1,1,1
12,0.5,0.6,0.4,0.3
21,0.2,0.2,0.2,0.2
22,-0.1,-0.1,-0.2,-0.2
"""
FILES = {
    "rich.yml": RICH,
    "poor.yml": POOR,
    "worth.yml": WORTH,
    "value-sets/weighed.yml": WEIGHED,
    "value-sets/told.yml": TOLD,
    "value-sets/told.csv": TABLE,
}


def problems(folder: Path) -> list[str]:
    with pytest.raises(QuestionnairesRefused) as refused:
        read_instruments([folder])
    return [str(problem).removeprefix(f"{folder}/") for problem in refused.value.problems]


def changed(name: str, right: str, wrong: str) -> dict[str, str]:
    assert FILES[name].count(right) >= 1
    return {**FILES, name: FILES[name].replace(right, wrong, 1)}
