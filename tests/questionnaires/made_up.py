"""A made-up questionnaire with every kind of question, and a sitting that asks it."""

from __future__ import annotations

from pathlib import Path

KINDS = """\
id: kinds-6
version: 1
citation: Made up for a test
measures: mood
topic: mood
recall: P1D
minutes: 2
licence:
  status: ship
  holder: nobody
  notice: Made up.
  evidence: Made up.
  text_included: true
items:
  - {id: q1, min: 0, max: 3}
  - {id: q2, min: 0, max: 3, optional: true}
  - {id: t1, kind: tick}
  - {id: t2, kind: tick}
  - {id: t3, kind: tick}
  - {id: why, kind: words}
scoring:
  method: sum
  items: [q1, t1, t2, t3]
  range: [0, 6]
  direction: high_worse
  decimals: 0
  missing: {max_missing: 0, source: made up}
  change:
    lead: big
    rules:
      - {id: big, purpose: matters, points: 2, method: made up, source: made up, standing: computed}
names:
  en: {heading: All kinds, short: Kinds score}
texts:
  en:
    title: Kinds
    source: made up
    instruction: Tick a sentence if it describes you today.
    items:
      q1: How is the garden?
      q2: How hard is the gate?
      t1: I sit on the wall.
      t2: I lean on the fence.
      t3: I carry the can.
      why: What would help in the garden?
    labels: {0: Fine, 1: Fair, 2: Poor, 3: Bare}
examples:
  - {answers: "1,-,1,0,1", total: 3, source: "hand-worked: 1+1+0+1 = 3"}
"""
ALONE = """\
id: alone-2
version: 1
citation: Made up for a test
measures: mood
topic: mood
recall: P1D
minutes: 1
licence:
  status: ship
  holder: nobody
  notice: Made up.
  evidence: Made up.
  text_included: true
items:
  - {id: q1, min: 0, max: 3}
  - {id: q2, min: 0, max: 3, alert_from: 1}
scoring:
  method: sum
  range: [0, 6]
  direction: high_worse
  decimals: 0
  missing: {max_missing: 0, source: made up}
  change:
    lead: big
    rules:
      - {id: big, purpose: matters, points: 2, method: made up, source: made up, standing: computed}
names:
  en: {heading: Alone, short: Alone score}
texts:
  en:
    title: Alone
    source: made up
    items: {q1: "How is the shed?", q2: "Is there smoke?"}
    labels: {0: None, 1: A little, 2: Some, 3: Much}
examples:
  - {answers: "1,2", total: 3, source: "hand-worked: 1+2 = 3"}
"""
BATTERY = """\
id: made-up
version: 1
source: made up
time_points:
  - id: baseline
    sittings:
      - id: baseline-pain
        instruments: [peg-3, kinds-6]
        shorter: [peg-3]
        opens: {milestone: module-1-finished}
        opens_for_refresher: {milestone: activated}
        window_days: 21
      - id: baseline-mood
        instruments: [phq-8]
        opens: {sitting: baseline-pain, days: 5}
        window_days: 21
        may_be_early: true
"""


def write_files(folder: Path) -> Path:
    """The files, in a folder of a service's own."""
    for name, text in (("kinds-6.yml", KINDS), ("alone-2.yml", ALONE), ("battery.yml", BATTERY)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder
