"""Questionnaires: what patients are asked about themselves, when, and what their answers add up to.

An *instrument* is one published questionnaire (a data file), a *sitting* is the few instruments answered in
one go, a *battery* says which sittings open when, and a *change rule* is a published size of change. Other
rooms may call `service`, `instruments.read_instruments` and the pure `rules`, `change_rules` and
`schedule_rules`; no score may ever enter a patient's state, points or place in a list.
"""
