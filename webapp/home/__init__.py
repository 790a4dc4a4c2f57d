"""The patient's Today, toolbox and progress pages: what every other room has for them, in one place.

Its words: the *next step* is the one main thing of Today, and at most three *small things* stand below it.
It owns no tables and nobody imports it; `small_things.py` is the one place that asks each room what is due.
"""
