"""Cells that a letter of a department changes (更正函): ``districts/<id>/corrections.yml``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field

from ecoreport.config.explain import Found, unknown
from ecoreport.config.files import comparable, datasets_taking
from ecoreport.config.layouts import Column, Dataset
from ecoreport.config.models import Day, Strict
from ecoreport.config.read import Problems
from ecoreport.config.references import Shelf
from ecoreport.i18n import _
from ecoreport.message import N_
from ecoreport.project import Pair

TABLE_PATH: Final = re.compile(r"data/(?:raw|demonstration)/[^/]+/20[0-9]{2}(?:/[^/]+)+")
CORRECTED: Final = "_as_corrected"
"""Ending of the columns of frames that hold what letters say, as they say it."""
UNCORRECTED: Final = {
    "maturity": N_("这一列说的是核对到哪一步，不是数值，不能用更正函改"),
    "unit": N_("单位不单独更正：请更正数值，把单位写在新值里，如 '95.2%'"),
}
"""Columns that no letter changes, and why."""


def _path_text(text: object) -> object:
    """Write a path with slashes and composed characters, whatever system it was copied from."""
    return unicodedata.normalize("NFC", text.replace("\\", "/")) if isinstance(text, str) else text


def _below_data(file: str) -> str:
    if not TABLE_PATH.fullmatch(file) or ".." in file.split("/"):
        text = _("应为报告“收到的文件”中所列的路径，如 data/raw/hailing/2018/上报值.xlsx")
        raise ValueError(text)
    return file


def _as_text(value: object) -> object:
    """Refuse what YAML took for something else: 93.10 is not to become 93.1."""
    if value is not None and not isinstance(value, str):
        raise ValueError(_("数值也要加引号，写作 '93.1'：它要与表中的写法逐字核对"))
    return value


TablePath = Annotated[str, BeforeValidator(_path_text), AfterValidator(_below_data)]
CellText = Annotated[str, BeforeValidator(_as_text)]
Named = Annotated[str, BeforeValidator(_as_text), Field(min_length=1)]


class Correction(Strict):
    """One cell that a letter changes."""

    file: TablePath
    """Path from the project's folder, as the report lists it: it says the year."""
    sheet: str = ""
    """May be left out where the file has one sheet of data."""
    row: Annotated[int, Field(ge=1, le=1_048_576)]
    """As Excel shows it."""
    column: Named
    """Canonical name or header."""
    old_value: CellText
    """What stands in the cell, with its unit where the cell holds one; empty for a blank cell."""
    new_value: CellText
    """In the unit of the table, or with a unit of its own; empty where the figure is withdrawn."""
    letter: Named
    """Document number (文号) of the letter."""
    title: str = ""
    issued_by: Named
    date: Day
    reason: str = ""


class Corrections(Strict):
    """``params/districts/<id>/corrections.yml``."""

    corrections: tuple[Correction, ...]


class FiledCorrection(Correction):
    """A correction with what the parameters say of its cell, and where it is written."""

    dataset: str
    column_name: str
    """Canonical."""
    filed_in: str
    """File below ``params/``."""
    line: int
    ignored_because: str = ""
    """Why it was not applied; empty where it was."""

    @property
    def pair(self) -> Pair:
        """District and year of the table."""
        district, year = self.file.split("/")[2:4]
        return Pair(district, int(year))

    @property
    def is_demonstration(self) -> bool:
        """Whether the table was made by our generator."""
        return self.file.split("/")[1] == "demonstration"

    @property
    def cell(self) -> tuple[str, str, int, str]:
        """What no two corrections may share."""
        return self.file, self.sheet, self.row, self.column_name


def filed_corrections(
    documents: Iterable[Found[Corrections]],
    districts: Iterable[str],
    datasets: Shelf[Dataset],
    problems: Problems,
) -> dict[Pair, tuple[FiledCorrection, ...]]:
    """Return what is to be corrected in the tables of each district and year.

    Parameters
    ----------
    documents : iterable of Found
    districts : iterable of str
        All ids.
    datasets : Shelf of Dataset
    problems : Problems
        Takes corrections of no table of the district, of monitored values, of columns that are
        not there or name the row, and second corrections of one cell.
    """
    known = list(districts)
    due: dict[Pair, list[FiledCorrection]] = {}
    for document in documents:
        record = document.record
        district = record.file.split("/")[-2]
        if district not in known:
            problems.add(record.file, 1, unknown(district, known))
            continue
        lines: dict[tuple[str, str, int, str], int] = {}
        for one in _filed(document, district, datasets, problems):
            if one.cell in lines:
                text = _("同一单元格在第 {line} 行已有更正。后来的函改了前一份的，只保留后一份")
                problems.add(one.filed_in, one.line, text.format(line=lines[one.cell]))
            lines.setdefault(one.cell, one.line)
            due.setdefault(one.pair, []).append(one)
    return {pair: tuple(found) for pair, found in due.items()}


def _filed(
    document: Found[Corrections], district: str, datasets: Shelf[Dataset], problems: Problems
) -> Iterator[FiledCorrection]:
    """Yield the corrections of one file that may be made."""
    record = document.record
    for index, one in enumerate(document.value.corrections):
        dataset = _dataset(one, datasets)
        column = _column(one, dataset) if dataset else None
        if wrong := _wrong(one, district, dataset, column):
            key, text = wrong
            place = f"corrections.{index}.{key}: "
            problems.add(record.file, record.line("corrections", index, key), place + text)
        elif dataset and column:
            yield FiledCorrection(
                **dict(one),
                dataset=dataset.id,
                column_name=column.name,
                filed_in=record.file,
                line=record.line("corrections", index),
            )


def _wrong(
    correction: Correction, district: str, dataset: Dataset | None, column: Column | None
) -> tuple[str, str] | None:
    """Return the key that is wrong, and why."""
    if text := _wrong_file(correction, district, dataset):
        return "file", text
    if dataset and (text := _wrong_column(correction, dataset, column)):
        return "column", text
    return None


def _wrong_file(correction: Correction, district: str, dataset: Dataset | None) -> str:
    if correction.file.split("/")[2] != district:
        return _("不是 {district} 的表").format(district=district)
    if dataset is None:
        return _("文件名不属于任何数据集")
    if dataset.origin == "monitored":
        text = _(
            "“{dataset}”是监测数据，任何函都不能更正：只能由监测站以标记作废，并附文件。"
            "请删去这一条，由监测站重新报送带标记的表"
        )
        return text.format(dataset=dataset.zh)
    return ""


def _wrong_column(correction: Correction, dataset: Dataset, column: Column | None) -> str:
    if column is None:
        return unknown(correction.column, (one.zh for one in dataset.columns))
    if column.name in UNCORRECTED:
        return _(UNCORRECTED[column.name])
    if column.name in dataset.key:
        text = _("“{column}”说明这一行说的是什么，不能用更正函改。请部门重新报送这张表")
        return text.format(column=column.zh)
    return ""


def _dataset(correction: Correction, datasets: Shelf[Dataset]) -> Dataset | None:
    known = datasets.values()
    taking = datasets_taking(PurePosixPath(correction.file).name, known.values())
    return known[taking[0]] if taking else None


def _column(correction: Correction, dataset: Dataset) -> Column | None:
    said = comparable(correction.column.strip())
    spellings = ((one, {one.name, one.zh, *one.aliases}) for one in dataset.columns)
    return next((one for one, names in spellings if said in map(comparable, names)), None)
