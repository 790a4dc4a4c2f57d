"""The built style sheets and scripts: what they are called, what is in them, and how they are served.

``npm run build`` writes ``built/``: files whose names carry a hash of what is in them, and
``manifest.json``, which
says what each is called today. A name that changes with its contents may be kept by a browser for ever.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup

BUILT = Path(__file__).parent / "built"


class NotBuilt(RuntimeError):
    """The style sheets have not been built on this machine. The words say what to run."""


@dataclass(frozen=True)
class Assets:
    """The files of one build."""

    folder: Path
    names: Mapping[str, str] = field(default_factory=dict)
    inline: Mapping[str, Markup] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path = BUILT) -> Assets:
        """Read the manifest and, once, the style sheets that pages carry inside them.

        Raises:
            NotBuilt: there is no manifest, or it names a file that is not there.
        """
        try:
            names: dict[str, str] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            inline = {
                name: Markup((folder / names[name]).read_text(encoding="utf-8")) for name in ("patient.css",)
            }
        except (OSError, KeyError, ValueError) as problem:
            raise NotBuilt("The style sheets are not built. Run: npm ci && npm run build") from problem
        return cls(folder, names, inline)

    def name(self, plain: str) -> str:
        """The hashed file name of *plain* (``"portal.css"``).

        Raises:
            NotBuilt: the build has no such file.
        """
        try:
            return self.names[plain]
        except KeyError:
            raise NotBuilt(f"The build has no {plain}. Run: npm run build") from None

    def text(self, bundle: str) -> Markup:
        """The style sheet *bundle* (``"patient"``) as text, to stand inside a page.

        Raises:
            NotBuilt: no such style sheet is meant to stand inside pages.
        """
        try:
            return self.inline[f"{bundle}.css"]
        except KeyError:
            raise NotBuilt(f"No style sheet called {bundle} is built to stand inside a page.") from None
