"""Our folder of texts with a service's own on top: what stands there replaces ours of the same name, or is added."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

Where = Path | Sequence[Path]
"""One folder, or several: ours first, then what lies on top of it."""


@dataclass(frozen=True)
class Layers:
    """The folders, the lowest first. Nothing in any of them is ever changed."""

    folders: tuple[Path, ...]

    @classmethod
    def of(cls, where: Where) -> "Layers":
        """The layers of one folder, or of several."""
        return cls((where,) if isinstance(where, Path) else tuple(where))

    def each(self, name: str) -> list[Path]:
        """Where this file stands, the lowest first; the lowest also if it is nowhere."""
        found = [folder / name for folder in self.folders if (folder / name).exists()]
        return found or [self.folders[0] / name]

    def folders_in(self, name: str) -> dict[str, Path]:
        """The folders in `modules` (or another), each from the topmost layer that has it, by name."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            found |= {path.name: path for path in _folders_in(folder / name)}
        return dict(sorted(found.items()))

    def files_in(self, name: str, pattern: str) -> dict[str, Path]:
        """The files in `glossary` (or another), each from the topmost layer, by their path within it."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            inside = folder / name
            found |= {path.relative_to(inside).as_posix(): path for path in inside.glob(pattern)}
        return dict(sorted(found.items()))

    def shown(self, path: Path) -> str:
        """The path as an author knows it, such as `content/modules/pacing/en.md`.

        If two layers are called the same, those on top are shown with the whole path.
        """
        place = next(
            at for at, folder in reversed(list(enumerate(self.folders))) if path.is_relative_to(folder)
        )
        folder = self.folders[place]
        below = {one.resolve().name for one in self.folders[:place]}
        name = folder.resolve().name
        return ((folder.resolve() if name in below else Path(name)) / path.relative_to(folder)).as_posix()


def _folders_in(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))


def in_its_order(ours: Sequence[str], own: Sequence[str]) -> list[str]:
    """Our modules with those of another list put in: the listed ones come in its order, a new one right after the one
    above it (the first before the next of ours that it lists, else at the end).
    """
    order = list(ours)
    for place, name in enumerate(own):
        if place == 0:
            following = [order.index(one) for one in own[1:] if one in order]
            if name not in order:
                order.insert(min(following[:1] or [len(order)]), name)
            continue
        above = own[place - 1]
        if name in order and order.index(name) > order.index(above):
            continue
        if name in order:
            order.remove(name)
        order.insert(order.index(above) + 1, name)
    return order
