"""Benchmarks: documented, bounded and repeatable. They are never tests, and nothing in the application imports them.

``python -m bench`` lists and runs them. What each one means, and what it said last, stands in ``bench/README.md``.
"""
