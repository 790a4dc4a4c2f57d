"""The menu of small good things: six kinds, seven each, our own words. Those that cost next to nothing are marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Thing:
    """One good thing. ``is_small``: it costs next to nothing and can be done lying down or sitting."""

    key: str
    words: Any
    is_small: bool = False


KINDS: dict[str, Any] = {
    "outdoors": _l("Outdoors, or near a window"),
    "people": _l("With people"),
    "hands": _l("With my hands"),
    "senses": _l("For the senses"),
    "quiet": _l("Quiet"),
    "helping": _l("Helping"),
}

MENU: dict[str, tuple[Thing, ...]] = {
    "outdoors": (
        Thing("window", _l("Watch the sky from a window, for as long as a cup of tea"), True),
        Thing("doorstep", _l("Sit on the doorstep and feel the air on my face"), True),
        Thing("birds", _l("Listen for three different birds"), True),
        Thing("bench", _l("Go as far as a bench, and sit")),
        Thing("seeds", _l("Put cress or a bean in a pot")),
        Thing("market", _l("Look at the stalls of a market")),
        Thing("water", _l("Go and look at some water: a pond, a canal or the sea")),
    ),
    "people": (
        Thing("text", _l("Send a friend a picture or a line"), True),
        Thing("wave", _l("Wave or say hello to a neighbour"), True),
        Thing("voice", _l("Send somebody a voice message"), True),
        Thing("ring", _l("Ring somebody who makes me laugh")),
        Thing("cuppa", _l("Ask somebody round for a short cup of tea")),
        Thing("game", _l("Play cards or a board game")),
        Thing("meal", _l("Eat one meal at the table with somebody")),
    ),
    "hands": (
        Thing("doodle", _l("Draw whatever is in front of me"), True),
        Thing("puzzle", _l("Do a crossword or a few pieces of a jigsaw"), True),
        Thing("photos", _l("Put ten photos in order"), True),
        Thing("knit", _l("Knit, sew or crochet a few rows")),
        Thing("bake", _l("Bake something easy")),
        Thing("mend", _l("Mend one small thing")),
        Thing("tune", _l("Play a tune, or try to")),
    ),
    "senses": (
        Thing("song", _l("Listen to one song I loved at sixteen"), True),
        Thing("smell", _l("Smell coffee, soap or a flower, with my eyes shut"), True),
        Thing("blanket", _l("Wrap up in something soft"), True),
        Thing("biscuit", _l("Eat one nice thing slowly"), True),
        Thing("bath", _l("Take a warm bath or soak my feet")),
        Thing("clothes", _l("Wear something that I like")),
        Thing("dance", _l("Move to music, standing, sitting or lying down")),
    ),
    "quiet": (
        Thing("story", _l("Listen to a story or a radio play"), True),
        Thing("breath", _l("Let five breaths out slowly"), True),
        Thing("poem", _l("Read one poem or one page"), True),
        Thing("pet", _l("Sit with an animal"), True),
        Thing("candle", _l("Sit by a lamp or a candle with nothing to do")),
        Thing("film", _l("Watch an old favourite film")),
        Thing("place", _l("Sit for a while in a church, a mosque, a library or a park")),
    ),
    "helping": (
        Thing("thanks", _l("Thank somebody for something small"), True),
        Thing("listen", _l("Ask somebody how they are, and listen"), True),
        Thing("review", _l("Write a kind review of a shop or a café"), True),
        Thing("plant", _l("Water a plant, mine or a neighbour's")),
        Thing("card", _l("Write a card to somebody who is alone")),
        Thing("give", _l("Give away one thing that somebody can use")),
        Thing("teach", _l("Show somebody how to do something that I know")),
    ),
}

WORDS: dict[str, Any] = {thing.key: thing.words for things in MENU.values() for thing in things}


def things_of(kind: str, *, small_first: bool = False) -> tuple[Thing, ...]:
    """The things of one kind; with *small_first* (energy mode) those that cost next to nothing come first."""
    things = MENU.get(kind, ())
    return tuple(sorted(things, key=lambda thing: not thing.is_small)) if small_first else things
