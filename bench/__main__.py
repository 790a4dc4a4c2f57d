"""`python -m bench`: list the benchmarks and run them, or run the one that is named, with its options."""

from __future__ import annotations

import sys
from importlib import import_module

NAMES = ("pages", "growth", "night", "copies", "slow_phones")


def main(words: list[str]) -> None:
    """Run one, or all of them in turn."""
    if words and words[0] in NAMES:
        import_module(f"bench.{words[0]}").main(words[1:])
        return
    for name in NAMES:
        print(f"{name:<12} {_first_sentence(name)}")
    print("flags        python bench/flags.py: the rules for 100,000 people (by itself: it takes minutes)\n")
    if words:
        sys.exit(0 if words[0] in ("list", "--help", "-h") else f"There is no benchmark called {words[0]}.")
    for name in NAMES:
        print(f"── {name}", flush=True)
        import_module(f"bench.{name}").main([])


def _first_sentence(name: str) -> str:
    return (import_module(f"bench.{name}").__doc__ or "").partition("\n")[0]


if __name__ == "__main__":
    main(sys.argv[1:])
