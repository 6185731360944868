"""All that a person gets to see of a validation: the terminal, the page, what goes back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ecoreport.config.catalogue import Catalogue
from ecoreport.errors import ValidationStoppedError
from ecoreport.i18n import _, current_locale
from ecoreport.ingest.gather import Ingested
from ecoreport.project import Pair, Project
from ecoreport.validate.finding import Validation
from ecoreport.validate.page import write_check_page
from ecoreport.validate.terminal import print_line, print_validation
from ecoreport.validate.workbook import write_returned

PAGE: Final = "check.html"


def present(
    project: Project,
    pair: Pair,
    catalogue: Catalogue,
    ingested: Ingested,
    validation: Validation,
) -> int:
    """Print the table, write the page and, on a stop, the workbooks to be sent back.

    Returns
    -------
    int
        Exit code: 0, or that of `ValidationStoppedError`.
    """
    page = project.processed(pair) / PAGE
    write_check_page(
        project,
        pair,
        catalogue,
        validation,
        page,
        is_demonstration=any(map(ingested.is_demonstration, ingested.frames)),
    )
    workbooks = write_returned(project, pair, catalogue, ingested, validation)
    print_validation(validation, catalogue)
    print_line(_("逐项结果：{path}").format(path=project.relative(page)))
    if not validation.stopped_datasets:
        return 0
    print_line(stop_message(project, catalogue, validation, workbooks))
    return ValidationStoppedError.exit_code


def returned(
    project: Project,
    pair: Pair,
    catalogue: Catalogue,
    ingested: Ingested,
    validation: Validation,
    *,
    is_public: bool = False,
) -> str:
    """Write the workbooks that go back and print the table of a run that validation stopped.

    A public edition writes none: what it does not name a department could not find.

    Returns
    -------
    str
        What to say: see `stop_message`.
    """
    workbooks = []
    if not is_public:
        workbooks = write_returned(project, pair, catalogue, ingested, validation)
    print_validation(validation, catalogue)
    return stop_message(project, catalogue, validation, workbooks)


def stop_message(
    project: Project, catalogue: Catalogue, validation: Validation, workbooks: Sequence[Path]
) -> str:
    """Return what to say when validation stopped: which tables, which workbooks, what to do."""
    names = _("、").join(
        str(getattr(catalogue.datasets[name], current_locale()))
        for name in catalogue.datasets
        if name in validation.stopped_datasets
    )
    if not workbooks:
        return _(
            "数据未通过校验：{names}。公开版不写退回表：请先做内部版（不带 EDITION=public），"
            "按其退回表改正；或用 DRAFT=1 先出草稿（这些数据不参与评价，报告不得发布）。"
        ).format(names=names)
    paths = "".join(f"\n  {project.relative(path)}" for path in workbooks)
    return _(
        "数据未通过校验：{names}。退回表：{paths}\n"
        "请发给报送单位改正后重新报送；或用 DRAFT=1 先出草稿"
        "（这些数据不参与评价，报告不得发布）。"
    ).format(names=names, paths=paths)
