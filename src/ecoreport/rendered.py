"""From an executed notebook to its page, in the child that executed it."""

from __future__ import annotations

from nbformat import NotebookNode

from ecoreport.render.page import page, preload
from ecoreport.run import NotebookJob

preload()


def page_of(notebook: NotebookNode, job: NotebookJob) -> str:
    """Return the page of an executed notebook; ``job.options["site"]`` is the report's frame."""
    return page(notebook, job.options["site"])
