"""A file of tables, read into rows of one dataset."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

import pandas as pd

from ecoreport.config.vocabulary import Severity
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.ingest.belonging import warn_of_others
from ecoreport.ingest.cells import is_blank
from ecoreport.ingest.files import Sheet, read_sheets
from ecoreport.ingest.records import Place, Records
from ecoreport.ingest.rules import Rules
from ecoreport.ingest.sheets import SheetReader


def read_tables(path: Path, file: str, rules: Rules, records: Records) -> pd.DataFrame:
    """Read every sheet of a file that has a header.

    Parameters
    ----------
    path : pathlib.Path
    file : str
        Name of the file relative to the project.
    rules : Rules
    records : Records
        Takes log entries, problems and rows that no frame can hold.

    Returns
    -------
    pandas.DataFrame
        One row a row of the tables: the dataset's columns, then ``source_file``,
        ``source_sheet`` and ``source_row``.

    Raises
    ------
    InputError
        If the file cannot be opened, has no table, or a table lacks a required column.
    """
    frames, taken = [], []
    for sheet in read_sheets(path, file):
        place = Place(file, sheet.name)
        if _is_passed_over(sheet, rules, place, records):
            continue
        header = rules.headers.find(sheet, file)
        if header is None:
            message = _("没有找到表头，整张工作表未读入。表头应含“{names}”等列名").format(
                names=_("、").join(one.zh for one in rules.dataset.columns[:4])
            )
            records.problem(Severity.WARNING, place, message)
            continue
        frames.append(SheetReader(rules, sheet, header, file, records).frame())
        if not frames[-1].empty:
            taken.append((sheet, header))
    if taken:
        warn_of_others(file, taken, rules.names, records)
    if not frames:
        raise InputError(
            _("文件 {file} 中没有“{dataset}”的表格：没有一张工作表有可识别的表头").format(
                file=file, dataset=rules.dataset.zh
            )
        )
    return pd.concat(frames, ignore_index=True)


def _is_passed_over(sheet: Sheet, rules: Rules, place: Place, records: Records) -> bool:
    dataset = rules.dataset
    if all(is_blank(cell) for row in sheet.rows for cell in row):
        return True
    if any(fnmatchcase(sheet.name, one) for one in dataset.ignored_sheets):
        return True
    if sheet.is_hidden:
        records.problem(Severity.WARNING, place, _("隐藏的工作表未读入。需要时请取消隐藏"))
        return True
    if not any(fnmatchcase(sheet.name, one) for one in dataset.sheet_patterns):
        records.problem(Severity.WARNING, place, _("工作表名不在约定之内，未读入"))
        return True
    return False
