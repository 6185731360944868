"""One cell of a raw table: what it says, what it was, and why the two differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath
from typing import TypeAlias

from ecoreport.config.layouts import Column
from ecoreport.i18n import _
from ecoreport.ingest.words import compact, normalise, spoken

Cell: TypeAlias = str | int | float | bool | dt.date | dt.time | dt.timedelta | None
Value: TypeAlias = str | int | float | dt.datetime | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says.

    A reading without a reason is the cell as it stands; any other goes into the cleaning log.
    """

    value: Value
    """None where there is no value."""
    reason: str = ""
    """Sentence that says what was done with the cell."""
    flag: str = ""
    is_valid: bool = True
    """Whether the value counts."""
    is_readable: bool = True
    """False where a person has to look: the cell says something that no rule understands."""


BLANK = Reading(None)


def unreadable(reason: str) -> Reading:
    """Return the reading of a cell that no rule understands."""
    return Reading(None, reason, is_valid=False, is_readable=False)


def text_of(cell: Cell) -> str:
    """Return `cell` as a person would write it down: 45 for 45.0, 2018-01-03 for a date."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, float):
        text = repr(cell)
        return f"{Decimal(text):f}" if "e" in text and 1e-6 < abs(cell) < 1e15 else text
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    return str(cell)


def is_blank(cell: Cell) -> bool:
    """Return whether nothing visible stands in `cell`."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def is_mark(cell: Cell, marks: frozenset[str]) -> bool:
    """Return whether `cell` is one of `marks` (made :func:`~.words.compact` before)."""
    return compact(text_of(cell)) in marks


def read_text(cell: Cell, marks: frozenset[str]) -> Reading:
    """Read a text; a mark such as ``/`` or 无 means that there is none."""
    if is_blank(cell):
        return BLANK
    if is_mark(cell, marks):
        return Reading(None, _("缺失标记"), is_valid=False)
    return Reading(text_of(cell).strip())


def read_choice(cell: Cell, column: Column, marks: frozenset[str]) -> Reading:
    """Read one of the words of ``column.choices`` in any form listed there."""
    if is_blank(cell):
        return BLANK
    said = compact(text_of(cell))
    for word, forms in column.choices.items():
        if said in {compact(form) for form in (word, *forms)}:
            return Reading(word)
    if said in marks:
        return Reading(None, _("缺失标记"), is_valid=False)
    offered = _("、").join(forms[0] for forms in column.choices.values() if forms)
    return unreadable(_("不是可选的值。可选：{offered}").format(offered=offered))


def read_file(cell: Cell, marks: frozenset[str]) -> Reading:
    """Read the name of an evidence file: a path below the year's folder, never out of it."""
    reading = read_text(cell, marks)
    if not isinstance(reading.value, str):
        return reading
    path = PurePosixPath(reading.value.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in reading.value:
        return unreadable(_("证明材料应写本年度文件夹内的相对路径，不能指向文件夹之外"))
    return Reading(str(path))


def read_name(cell: Cell, names: Mapping[str, str], marks: frozenset[str], what: str) -> Reading:
    """Read a name (station, indicator, department) as the id it stands for.

    Parameters
    ----------
    cell : Cell
    names : Mapping of str to str
        Ids by every spelling, :func:`~.words.spoken`.
    marks : frozenset of str
        Missing marks.
    what : str
        The kind of name, for the message.
    """
    if is_blank(cell):
        return BLANK
    if is_mark(cell, marks):
        return Reading(None, _("缺失标记"), is_valid=False)
    said = spoken(text_of(cell))
    if said in names:
        return Reading(names[said])
    return unreadable(_("未知的{what}“{name}”").format(what=what, name=normalise(text_of(cell))))


def read_commitment(
    cell: Cell, names: Mapping[str, str], elsewhere: Mapping[str, str], marks: frozenset[str]
) -> Reading:
    """Read the id of a commitment, which a template wrote and nobody should have changed.

    Parameters
    ----------
    cell : Cell
    names : Mapping of str to str
        Ids of the commitments that bind the district, by :func:`~.words.spoken` id.
    elsewhere : Mapping of str to str
        District of the plan of each other commitment.
    marks : frozenset of str
        Missing marks.
    """
    reading = read_name(cell, names, marks, _("任务编号"))
    if reading.is_readable:
        return reading
    said, name = spoken(text_of(cell)), normalise(text_of(cell))
    if said in elsewhere:
        return unreadable(
            _("任务“{name}”属于{district}的方案，不是本区域的任务。请核对文件所在的文件夹").format(
                name=name, district=elsewhere[said]
            )
        )
    # The nearest id may be that of another commitment: the title beside it tells which it is.
    return unreadable(
        _("没有编号为“{name}”的任务。编号由模板给出，请按同一行的任务名称从模板改回").format(
            name=name
        )
    )
