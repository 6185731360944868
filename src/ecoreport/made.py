"""Which chapters of an earlier run still stand: the same read, by the same code, shown the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ecoreport import code, opened
from ecoreport.i18n import _, current_locale
from ecoreport.keys import Key, reasons
from ecoreport.notebooks import imports_of
from ecoreport.opened import ABSENT
from ecoreport.render.site import Site
from ecoreport.report import Report
from ecoreport.run import NotebookJob
from ecoreport.store import read_json, write_json
from ecoreport.traced import Answers, digest

RUNNING = ("ecoreport.run.execute", "ecoreport.run.child", "ecoreport.show")
RENDERING = ("ecoreport.rendered",)
WRONG = (OSError, ValueError, KeyError, TypeError)


@dataclass(frozen=True)
class Made:
    """How a chapter was made; kept beside it."""

    execution: Key
    rendering: Key
    executed: str
    """SHA-256 of the executed notebook."""
    page: str
    """SHA-256 of its page."""
    cost: Mapping[str, Any]
    """What it took to run."""


@dataclass(frozen=True)
class Due:
    """What has to be done for a chapter, and why."""

    is_to_run: bool
    is_to_render: bool
    why: tuple[str, ...]
    cost: Mapping[str, Any]
    """What the run that stands took."""

    @property
    def stands(self) -> bool:
        """Whether nothing has to be done."""
        return not (self.is_to_run or self.is_to_render)


class Chapters:
    """The chapters of one report, as they were made before and as they would be made now.

    Parameters
    ----------
    report : Report
        What was just computed.
    site : Site
        The frame of its pages.
    """

    def __init__(self, report: Report, site: Site) -> None:
        self._project, self._site = report.project, site
        self._answers = Answers(
            {"report": report, "assessment": report.assessment, "catalogue": report.catalogue}
        )

    def due(self, job: NotebookJob) -> Due:
        """Return what has to be done for a chapter."""
        made = read_made(job)
        if made is None or _digest(job.output) != made.executed:
            return Due(True, True, tuple(reasons(None, None)), {})
        now = made.execution.now(self._project, *self._execution(job), self._answers)
        if now != made.execution:
            return Due(True, True, tuple(reasons(made.execution, now)), {})
        shown = self._rendering(job, made.executed)
        if shown != made.rendering:
            return Due(False, True, tuple(reasons(made.rendering, shown)), made.cost)
        if _digest(page_path(job)) != made.page:
            return Due(False, True, (_("页面已被删除或改动"),), made.cost)
        return Due(False, False, (), made.cost)

    def keep(self, job: NotebookJob, cost: Mapping[str, Any]) -> None:
        """Keep how a chapter was made, so that it may stand; one that told nothing never does."""
        try:
            told = read_json(reads_path(job))
        except (OSError, ValueError):
            made_path(job).unlink(missing_ok=True)
            return
        roots, given = self._execution(job)
        asked = [tuple(one) for one in told["asked"]]
        execution = Key.of(self._project, roots, given, self._answers, asked, told["paths"])
        self._write(job, execution, cost)

    def keep_page(self, job: NotebookJob) -> None:
        """Keep how the page of a chapter that stands was made."""
        made = read_made(job)
        if made is not None:
            self._write(job, made.execution, made.cost)

    def _write(self, job: NotebookJob, execution: Key, cost: Mapping[str, Any]) -> None:
        executed = _digest(job.output)
        rendering = self._rendering(job, executed)
        made = Made(execution, rendering, executed, _digest(page_path(job)), cost)
        write_json(made_path(job), asdict(made))

    def _execution(self, job: NotebookJob) -> tuple[list[str], dict[str, str]]:
        name = self._project.relative(job.notebook)
        given = {name: _digest(job.notebook), _("参数"): digest(job.parameters)} | self._words
        return [*RUNNING, *imports_of(job.notebook)], given

    def _rendering(self, job: NotebookJob, executed: str) -> Key:
        given = {_("笔记本 {name} 的结果").format(name=job.notebook.name): executed} | self._frame
        return Key.of(self._project, RENDERING, given, self._answers, (), ())

    @cached_property
    def _frame(self) -> dict[str, str]:
        """What all pages share: templates, and the words of the report's head."""
        templates = opened.files_below(self._project.root, self._project.templates / "report")
        return templates | {_("页面的公共部分"): digest(self._site)} | self._words

    @cached_property
    def _words(self) -> dict[str, str]:
        folder = code.PACKAGE / "locale" / current_locale()
        return opened.files_below(code.PACKAGE, folder) | {_("语言"): current_locale()}


def page_path(job: NotebookJob) -> Path:
    """Return where the page of a chapter is kept until the report is bound."""
    return job.output.with_suffix(".html")


def reads_path(job: NotebookJob) -> Path:
    """Return where the process of a notebook tells what its cells read."""
    return job.output.with_suffix(".reads.json")


def made_path(job: NotebookJob) -> Path:
    """Return where it is kept how a chapter was made."""
    return job.output.with_suffix(".made.json")


def read_made(job: NotebookJob) -> Made | None:
    """Return how a chapter was made, or None where nobody knows."""
    try:
        content = read_json(made_path(job))
        keys = {name: Key(**content[name]) for name in ("execution", "rendering")}
        return Made(**{**content, **keys})
    except WRONG:
        return None


def _digest(path: Path) -> str:
    with opened.unnoticed():
        return opened.content_of(path) if path.is_file() else ABSENT
