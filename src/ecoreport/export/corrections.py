"""What letters of departments changed, to take away: one row a correction."""

from __future__ import annotations

from ecoreport.export.columns import Column, Edition, mark
from ecoreport.i18n import _
from ecoreport.labels import localized
from ecoreport.message import N_
from ecoreport.workbooks import Table


def correction_table(edition: Edition) -> Table:
    """Return one row for each correction, those that were not applied with the reason."""
    rows = [
        [cell(edition, one) for _header, cell in COLUMNS] for one in edition.assessment.corrections
    ]
    return Table(_("更正"), [_(header) for header, _cell in COLUMNS], rows)


COLUMNS: tuple[Column, ...] = (
    (N_("年度"), lambda _e, c: c.pair.year),
    (N_("数据集"), lambda e, c: localized(e.catalogue.datasets[c.dataset])),
    (N_("文件"), lambda _e, c: c.file),
    (N_("工作表"), lambda _e, c: c.sheet),
    (N_("行"), lambda _e, c: c.row),
    (N_("列"), lambda _e, c: c.column),
    (N_("原值"), lambda _e, c: c.old_value),
    (N_("更正为"), lambda _e, c: c.new_value),
    (N_("文号"), lambda _e, c: c.letter),
    (N_("更正函"), lambda _e, c: c.title),
    (N_("出函单位"), lambda _e, c: c.issued_by),
    (N_("日期"), lambda _e, c: c.date),
    (N_("原因"), lambda _e, c: c.reason),
    (N_("没有应用的原因"), lambda _e, c: c.ignored_because),
    (N_("演示数据"), lambda _e, c: mark(c.is_demonstration)),
    (N_("写在"), lambda _e, c: f"{c.filed_in}:{c.line}"),
)
