"""Goals: what matters to a patient, one thing they want back, and small steps that come back for review.

Its words are *domain*, *gap*, *ladder*, *rung*, *if-then plan*, *confidence* and *review*; its truths are
plain Python in `rules` and `rules_review`. Other rooms may call `service` and read plain values from those
files, and a rung names a pacing plan by its id only.
"""
