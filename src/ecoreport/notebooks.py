"""What notebooks import, read off their cells."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from ecoreport import code

WRONG = (OSError, ValueError, KeyError, TypeError)


def imports_of(notebook: Path) -> list[str]:
    """Return the dotted names that a notebook's cells import; nothing where it is no notebook.

    Magic and shell lines are passed over.
    """
    try:
        cells = json.loads(notebook.read_text("utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except WRONG:
        return []
    return sorted({name for source in sources for name in _imports(source)})


def _imports(source: str) -> Iterable[str]:
    lines = (line for line in source.splitlines() if not line.lstrip().startswith(("%", "!")))
    try:
        return code.imports_of("\n".join(lines))
    except SyntaxError:
        return ()
