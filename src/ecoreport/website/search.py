"""What can be found on the site, as a script: pages opened from a folder may fetch nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from markupsafe import Markup

from ecoreport.visible import stilled

INDEX = "search-index.js"


@dataclass(frozen=True)
class Entry:
    """Something that a reader may look for."""

    title: str
    kind: str
    """District, indicator or department, in words."""
    address: str
    """From the page that searches."""
    words: str = ""
    """What else it is known by."""


def index_script(entries: Iterable[Entry]) -> bytes:
    """Return the script that gives the index to the page."""
    rows = [asdict(one) for one in entries]
    text = stilled(json.dumps(rows, ensure_ascii=False, separators=(",", ":")))
    text = text.replace("<", "\\u003c")
    return f'"use strict";\nwindow.ecoreportIndex = {text};\n'.encode()


def tag() -> Markup:
    """Return the element that loads the index."""
    return Markup('<script src="{}"></script>').format(INDEX)
