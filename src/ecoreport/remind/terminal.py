"""Who has reported in a month, as a short table in the terminal."""

from __future__ import annotations

import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ecoreport.config.catalogue import Catalogue
from ecoreport.i18n import _
from ecoreport.labels import localized
from ecoreport.remind.workbook import month_in_words
from ecoreport.validate.terminal import PLAIN_WIDTH


def print_outstanding(
    catalogue: Catalogue, owed: pd.DataFrame, period: str, console: Console | None = None
) -> None:
    """Print a line a department: what it was asked, what it reported, what is missing.

    Parameters
    ----------
    catalogue : Catalogue
    owed : pandas.DataFrame
        What :func:`~ecoreport.remind.outstanding.outstanding` returned for `period`.
    period : str
        A month of the year: ``2018-06``.
    console : rich.console.Console, optional
        Standard output without it.
    """
    console = console or Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, PLAIN_WIDTH)
    if not owed.empty:
        console.print(_table(catalogue, owed, is_framed=console.is_terminal))
    console.print(Text(_summary(owed, period)))


def _summary(owed: pd.DataFrame, period: str) -> str:
    month = month_in_words(period)
    if owed.empty:
        return _("{month}没有要报送的任务。").format(month=month)
    n_missing = int((~owed["is_reported"]).sum())
    if n_missing == len(owed):
        return _("{month}没有收到任何调度数据，{departments} 个责任单位均未报送。").format(
            month=month, departments=owed["department"].nunique()
        )
    if n_missing:
        return _("{month}应报 {asked} 项，已报 {reported} 项，未报送 {missing} 项。").format(
            month=month, asked=len(owed), reported=len(owed) - n_missing, missing=n_missing
        )
    return _("{month}应报的 {asked} 项已全部报送。").format(month=month, asked=len(owed))


def _table(catalogue: Catalogue, owed: pd.DataFrame, *, is_framed: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD if is_framed else None, pad_edge=False)
    table.add_column(_("责任单位"))
    for head in (_("应报"), _("已报"), _("未报送")):
        table.add_column(head, justify="right", no_wrap=True)
    for name, rows in owed.groupby("department", sort=False):
        n_reported = int(rows["is_reported"].sum())
        n_missing = len(rows) - n_reported
        # Text, not markup: a name with brackets stays a name.
        table.add_row(
            Text(localized(catalogue.departments[str(name)])),
            Text(str(len(rows))),
            Text(str(n_reported)),
            Text(str(n_missing), style="bold red" if n_missing else ""),
        )
    return table
