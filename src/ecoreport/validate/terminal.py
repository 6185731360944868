"""A validation as a short table in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.vocabulary import Severity
from ecoreport.i18n import _
from ecoreport.validate.finding import Validation
from ecoreport.validate.shown import ShownCheck, counts, shown, warnings_text
from ecoreport.visible import spelt

STYLES = {"stop": "bold red", "warning": "yellow"}
PLAIN_WIDTH = 200
"""Columns of a file or a pipe, where nothing has to fit a screen."""


def print_validation(
    validation: Validation, catalogue: Catalogue, console: Console | None = None
) -> None:
    """Print what stops and what warns, one line a check, with the first row at fault.

    Parameters
    ----------
    validation : Validation
    catalogue : Catalogue
    console : rich.console.Console, optional
        Standard output without it. Where it is no terminal there is no colour and no frame.
    """
    console = console or Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, PLAIN_WIDTH)
    summary = _("校验 {checks} 项：停止 {stops} 处，{warnings}").format(
        checks=len(validation.checks),
        stops=counts(validation)[Severity.STOP],
        warnings=warnings_text(validation, catalogue),
    )
    lines = list(_lines(validation, catalogue))
    if lines:
        console.print(_table(lines, is_framed=console.is_terminal))
    console.print(Text(summary))


def print_line(text: str) -> None:
    """Print one line as it is."""
    Console(highlight=False, soft_wrap=True).print(Text(spelt(text)))


def _lines(validation: Validation, catalogue: Catalogue) -> Iterator[tuple[str, ShownCheck]]:
    failed = [
        (dataset.name, check)
        for dataset in shown(validation, catalogue, most=1)
        for check in dataset.failed
    ]
    for state in STYLES:
        yield from (one for one in failed if one[1].state == state)


def _table(lines: list[tuple[str, ShownCheck]], *, is_framed: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD if is_framed else None, pad_edge=False)
    table.add_column(_("结果"), no_wrap=True)
    table.add_column(_("数据表"))
    table.add_column(_("校验"))
    table.add_column(_("处数"), justify="right", no_wrap=True)
    table.add_column(_("第一处"), overflow="fold")
    for dataset, check in lines:
        first = check.findings[0] if check.findings else None
        where = [first.place, first.reason] if first else []
        # Text, not markup: a name with brackets stays a name.
        table.add_row(
            Text(check.label, style=STYLES[check.state]),
            Text(dataset),
            Text(check.description),
            Text(str(check.n_faults)),
            Text(spelt(" ".join(filter(None, where)))),
        )
    return table
