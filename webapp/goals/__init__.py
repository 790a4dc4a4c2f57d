"""Goals: what matters to a patient, one thing they want back, and small steps that come back for review.

Its words are *domain*, *gap*, *ladder*, *rung*, *if-then plan*, *confidence* and *review*; its truths are
plain Python in `rules`, `rules_review` and `rules_making`, and a rung names a pacing plan by its id only.
Other rooms may read plain values from those files and call `service`: `goals_of(by, patient_id)`,
`goal_of(by, patient_id, goal_id)`, `due_reviews(by, patient_id, today)` for Today (its page is
`goals.look_back`), and `shared_goals(by, patient_id)` for the portal: only what is shared now, in short.
"""
