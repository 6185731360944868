"""What happens to a notebook in its own process, before its cells run and after."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from nbformat import NotebookNode

from ecoreport import components, opened
from ecoreport.charts import chart
from ecoreport.executed import executed
from ecoreport.handed import asked, take_over
from ecoreport.made import page_path, reads_path
from ecoreport.project import Project
from ecoreport.render.page import page, preload
from ecoreport.render.site import Site
from ecoreport.run import NotebookJob
from ecoreport.store import write_aside
from ecoreport.traced import essential

# What is wrong with a template, a font or the look of charts is told by the page that needs it.
with suppress(Exception):
    preload()
    components.preload()
    chart.preload()

PRELOADED = opened.seen(Project.here().templates)
"""What rendering reads: no cell has used it yet."""


def open_run(job: NotebookJob) -> None:
    """Let the cells read what the run has just computed, and note what they read."""
    reads_path(job).unlink(missing_ok=True)
    take_over(job.options["report"])


def write_page(notebook: NotebookNode, job: NotebookJob) -> None:
    """Write the page of an executed notebook beside it, and what its cells read.

    ``job.options`` hold the report's frame as ``site``.
    """
    known = asked()
    if known is not None:
        project = Project.here()
        house = opened.seen(project.params, project.templates, project.notebooks)
        tables = opened.seen(project.issued, project.root / "data")
        own = f"{job.output.parent}/"
        paths = house - PRELOADED | {one for one in tables if not one.startswith(own)}
        content = {"asked": essential(known), "paths": sorted(paths)}
        # What was read before the fork may be older than what lies there now: then nothing is told,
        # and the chapter is made again.
        if opened.are_settled(map(Path, house)):
            reads_path(job).write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    render(job, notebook, job.options["site"])


def render_again(job: NotebookJob, site: Site) -> None:
    """Write the page of a notebook that was executed before."""
    render(job, executed(job.output), site)


def render(job: NotebookJob, notebook: NotebookNode, site: Site) -> None:
    """Write the page of an executed notebook beside it."""
    text = page(notebook, site)
    write_aside(page_path(job), lambda aside: aside.write_bytes(text.encode()))
