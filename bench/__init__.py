"""Benchmarks: documented, bounded and repeatable. They are no tests, and no room imports them.

``python -m bench`` lists and runs them. What each means and what it said last: ``bench/README.md``.
"""
