"""Executed notebooks, and the data of the charts in them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode


def executed(path: Path) -> NotebookNode:
    """Read an executed notebook."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def chart_data(notebooks: Iterable[NotebookNode]) -> dict[str, bytes]:
    """Return what each chart drew as a table, by the address that its page links to."""
    return {
        f"data/{known['id']}.csv": known["data"].encode("utf-8-sig")
        for notebook in notebooks
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "data" in (known := output.get("metadata", {}).get("ecoreport", {}))
    }
