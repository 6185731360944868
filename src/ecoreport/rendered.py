"""From an executed notebook to its page and its charts' data, in the child that executed it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from ecoreport.render.page import page, preload
from ecoreport.run import NotebookJob

preload()


def page_of(notebook: NotebookNode, job: NotebookJob) -> str:
    """Return the page of an executed notebook; ``job.options["site"]`` is the report's frame."""
    return page(notebook, job.options["site"])


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
