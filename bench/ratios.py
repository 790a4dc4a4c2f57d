"""CPU of a page as a multiple of a bare page's, so that a busy or slow machine does not change the answer.

One process; WSGI called directly; CPU time, not wall time. Each slice of a page is bracketed by two slices of
the control and divided by their mean; the order of the pages is shuffled in each round; the median and the
quartiles of all rounds are told. The database's own CPU is another process's and is not in it:
``bench/growth.py`` looks at that. The number of function calls is told too: it is the same on every machine.
"""

from __future__ import annotations

import cProfile
import random
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from time import process_time
from typing import Any
from wsgiref.util import setup_testing_defaults

SLICE_SECONDS = 0.06
Call = Callable[[], bytes]


@dataclass(frozen=True)
class Ratio:
    """A page's CPU in units of the control's: the median of the rounds and the quartiles."""

    low: float
    middle: float
    high: float


def caller(app: Any, path: str, cookie: str = "", address: str = "localhost") -> Call:
    """A function that fetches ``path`` from a WSGI application and returns the body.

    Like a browser, it sends back the cookies that its first answer set.

    Raises:
        RuntimeError: the answer was not 200, so there is nothing to measure.
    """
    _body, set_cookies = _fetch(app, path, cookie, address)
    kept = "; ".join([*filter(None, [cookie]), *(value.partition(";")[0] for value in set_cookies)])
    return lambda: _fetch(app, path, kept, address)[0]


def _fetch(app: Any, path: str, cookie: str, address: str) -> tuple[bytes, list[str]]:
    environ: dict[str, Any] = {}
    setup_testing_defaults(environ)
    environ.update(PATH_INFO=path.partition("?")[0], QUERY_STRING=path.partition("?")[2], HTTP_HOST=address)
    environ["wsgi.url_scheme"] = "https"
    environ["HTTP_ACCEPT_LANGUAGE"] = "en-GB,en;q=0.9"
    if cookie:
        environ["HTTP_COOKIE"] = cookie
    answered: list[Any] = []
    given = app(environ, lambda *answer: answered.extend(answer))
    body = b"".join(given)
    given.close()
    if answered[0] != "200 OK":
        raise RuntimeError(f"{path} answered {answered}")
    return body, [value for name, value in answered[1] if name == "Set-Cookie"]


def compare(control: Call, pages: dict[str, Call], rounds: int) -> dict[str, Ratio]:
    """Each page's CPU as a multiple of the control's."""
    for page in (control, *pages.values()):
        _cost(page)
    found: dict[str, list[float]] = {name: [] for name in pages}
    chance = random.Random(1)
    for _ in range(rounds):
        names = list(pages)
        chance.shuffle(names)
        for name in names:
            before, cost, after = _cost(control), _cost(pages[name]), _cost(control)
            found[name].append(cost / ((before + after) / 2))
    return {name: _quartiles(each) for name, each in found.items()}


def calls_of(page: Call) -> int:
    """How many functions one fetch calls, Python's own included."""
    watch = cProfile.Profile()
    watch.runcall(page)
    return sum(entry.callcount for entry in watch.getstats())


def _cost(page: Call) -> float:
    """CPU seconds of one call, over a slice."""
    calls, began = 0, process_time()
    while (spent := process_time() - began) < SLICE_SECONDS:
        page()
        calls += 1
    return spent / calls


def _quartiles(each: list[float]) -> Ratio:
    low, _, high = quantiles(each, n=4)
    return Ratio(low, median(each), high)
