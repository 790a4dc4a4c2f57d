"""Engagement: where each enrolment stands, why, since when, and whom to ring first.

Its words are *enrolment*, *milestone*, *pause*, *flare-up*, *contact*, *standing* (state, reasons and points
on one day) and *ring key* (the place in the worklist).
Other rooms call ``service`` for anything that reads or writes a row, and ``rules`` for the plain values.
"""
