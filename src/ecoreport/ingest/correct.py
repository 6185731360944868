"""Letters of departments (更正函) applied to what was read: frames in, frames out.

Files stay as they were received. A corrected cell holds what its letter says; what was reported
stays in ``<column>_as_reported`` and in the cleaning log.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.corrections import CORRECTED, FiledCorrection
from ecoreport.config.vocabulary import Severity
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.ingest.cells import Reading, text_of
from ecoreport.ingest.gather import Ingested, ingest
from ecoreport.ingest.names import Names
from ecoreport.ingest.parts import Source
from ecoreport.ingest.records import Entry, Problem, frame_of
from ecoreport.ingest.rules import Rules
from ecoreport.ingest.standing import Standing, held
from ecoreport.ingest.units import Units
from ecoreport.ingest.unnamed import unnamed
from ecoreport.project import Pair, Project

ROWS_NAMED: Final = 3
SHOWN_LENGTH: Final = 60


@dataclass(frozen=True)
class _Cell:
    """A cell that holds the old value of its correction, and what it will hold."""

    correction: FiledCorrection
    found: str
    reading: Reading


def ingest_corrected(
    project: Project, pair: Pair, catalogue: Catalogue, *, is_public: bool = False
) -> Ingested:
    """Read the tables of a district and year, and apply the letters that correct them.

    A public edition reads no internal table, and no name by which a few people would be known.

    Raises
    ------
    InputError
        As :func:`ingest`, :func:`correct` and :func:`unnamed`.
    """
    ingested = ingest(project, pair, catalogue, is_public=is_public)
    if due := catalogue.corrections.get(pair, ()):
        names, units = Names.of(catalogue, pair), Units(project.params / "units.csv")
        tables = catalogue.datasets.items()
        rules = {name: Rules(one, names, units, pair.year) for name, one in tables}
        ingested = correct(ingested, due, rules)
    return unnamed(ingested, catalogue.public_minimums.values()) if is_public else ingested


def correct(
    ingested: Ingested, due: Iterable[FiledCorrection], rules: Mapping[str, Rules]
) -> Ingested:
    """Put into frames what letters say, each where its old value stands as it was read.

    A correction of a file that was not read is named among the problems and not applied. What was
    corrected once is given back as it is: corrections are made of what was read, never of one
    another.

    Parameters
    ----------
    ingested : Ingested
    due : iterable of FiledCorrection
        Of this district and year.
    rules : mapping of str to Rules
        By dataset: a new value is read as the table's own cells are.

    Returns
    -------
    Ingested
        Frames with ``<column>_as_corrected``, a line of the cleaning log for each correction, and
        all corrections, those not applied with the reason.

    Raises
    ------
    InputError
        If a file, sheet or row is not there, an old value is gone, a new value cannot be read, or
        one cell is corrected twice; the message names all of them.
    """
    if ingested.corrections:
        return ingested
    idle: list[FiledCorrection] = []
    cells: dict[tuple[str, str, int, str], _Cell] = {}
    faults: list[str] = []
    for one in due:
        try:
            if because := _why_idle(one, ingested):
                idle.append(one.model_copy(update={"ignored_because": because}))
            else:
                cell = _cell(one, ingested, rules[one.dataset])
                _refuse_second(cells.setdefault(cell.correction.cell, cell), cell)
        except InputError as fault:
            faults.append(_located(one, str(fault)))
    if faults:
        raise InputError("\n".join(faults))
    return _applied(ingested, list(cells.values()), idle)


def _why_idle(correction: FiledCorrection, ingested: Ingested) -> str:
    """Return why a correction has nothing to do: its file was not read; nothing where it was.

    Raises
    ------
    InputError
        If other files of its kind were read and it is not among them: it may have another name.
    """
    source = _source(correction, ingested)
    if source is not None:
        return source.ignored_because
    name, is_demonstration = correction.dataset, correction.is_demonstration
    if name in ingested.frames and ingested.is_demonstration(name) == is_demonstration:
        raise InputError(
            _("没有这个文件。改了名的请改 file；部门已重新报送更正后的表的，请删去这一条")
        )
    if name in ingested.frames and not is_demonstration:
        return _("data/raw 中没有这个文件，用的是演示数据")
    return _("没有这个文件")


def _source(correction: FiledCorrection, ingested: Ingested) -> Source | None:
    own = (one for one in ingested.sources if _composed(one.path) == correction.file)
    return next(own, None)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _cell(correction: FiledCorrection, ingested: Ingested, rules: Rules) -> _Cell:
    """Find the cell of a correction and hold it against its old value."""
    source = _source(correction, ingested)
    assert source is not None  # noqa: S101 - else the correction is idle
    sheet = _sheet(correction, source)
    frame = ingested.frames[correction.dataset]
    known = correction.model_copy(update={"file": source.path, "sheet": sheet})
    standing = Standing(
        next(one for one in rules.dataset.columns if one.name == correction.column_name),
        frame[(frame["source_file"] == source.path) & (frame["source_sheet"] == sheet)],
        ingested.cleaning[correction.dataset],
        rules,
        source.header_units.get(sheet, {}).get(correction.column_name, ""),
    )
    _check_old_value(known, standing)
    reading = standing.read(correction.row, correction.new_value)
    if not reading.is_readable:
        text, new = _("new_value“{new}”读不出：{reason}"), _shortened(correction.new_value)
        raise InputError(text.format(new=new, reason=reading.reason))
    return _Cell(known, standing.text(correction.row), reading)


def _sheet(correction: FiledCorrection, source: Source) -> str:
    """Return the sheet that a correction means, as its file spells it."""
    spelt = {_composed(one): one for one in source.sheets}
    if not correction.sheet and len(spelt) == 1:
        return source.sheets[0]
    if (sheet := _composed(correction.sheet)) in spelt:
        return spelt[sheet]
    names = _("、").join(source.sheets) or _("无")
    if correction.sheet:
        text = _("没有读入过这张工作表。这个文件中有数据的工作表：{names}")
    else:
        text = _("请写明 sheet。这个文件中有数据的工作表：{names}")
    raise InputError(text.format(names=names))


def _check_old_value(correction: FiledCorrection, standing: Standing) -> None:
    """Refuse a correction whose row is not there, or no longer says what it corrects."""
    row, old = correction.row, correction.old_value
    if row in standing.rows and standing.holds(row, old):
        return
    others = standing.numbers_of(old)[:ROWS_NAMED]
    numbers = _("、").join(map(str, others))
    hint = _("这个原值在第 {rows} 行。").format(rows=numbers) if others else ""
    if row not in standing.rows:
        text = _("这一行没有读入数据。{hint}请按 Excel 显示的行号核对 row；没有填写的行请部门补报")
        raise InputError(text.format(hint=hint))
    text = _(
        "表中现在是“{found}”，old_value 写的是“{old}”。{hint}"
        "请核对 row 和 old_value；部门已重新报送更正后的表的，请删去这一条"
    )
    found = _shortened(standing.text(row))
    raise InputError(text.format(found=found, old=_shortened(old), hint=hint))


def _refuse_second(first: _Cell, cell: _Cell) -> None:
    """Refuse a second correction of one cell, where only one of the two names the sheet."""
    if first is not cell:
        text = _("同一单元格在第 {line} 行已有更正。后来的函改了前一份的，只保留后一份")
        raise InputError(text.format(line=first.correction.line))


def _applied(
    ingested: Ingested, cells: Sequence[_Cell], idle: Sequence[FiledCorrection]
) -> Ingested:
    of_dataset: dict[str, list[_Cell]] = {}
    for one in cells:
        of_dataset.setdefault(one.correction.dataset, []).append(one)
    frames = {name: _corrected(ingested.frames[name], own) for name, own in of_dataset.items()}
    logs = {
        name: _joined(ingested.cleaning[name], map(_entry, own), Entry)
        for name, own in of_dataset.items()
    }
    return replace(
        ingested,
        frames=ingested.frames | frames,
        cleaning=ingested.cleaning | logs,
        problems=_joined(ingested.problems, (_warning(one, ingested) for one in idle), Problem),
        corrections=(*(one.correction for one in cells), *idle),
    )


def _corrected(frame: pd.DataFrame, cells: Sequence[_Cell]) -> pd.DataFrame:
    """Return a copy of a frame with its corrected cells, and what the letters say beside them."""
    corrected = frame.copy()
    for one in cells:
        known, name = one.correction, one.correction.column_name
        if (told := f"{name}{CORRECTED}") not in corrected:
            corrected[told] = pd.Series(None, corrected.index, dtype="str")
        is_own = (
            (frame["source_file"] == known.file)
            & (frame["source_sheet"] == known.sheet)
            & (frame["source_row"] == known.row)
        )
        corrected.loc[is_own, name] = held(one.reading.value)
        corrected.loc[is_own, told] = known.new_value
    return corrected


def _entry(cell: _Cell) -> Entry:
    one, reading = cell.correction, cell.reading
    reason = _("按{issued_by}的更正函（{letter}，{date}）更正").format(
        issued_by=one.issued_by, letter=one.letter, date=one.date.isoformat()
    )
    return Entry(
        one.file,
        one.sheet,
        one.row,
        one.column_name,
        cell.found,
        text_of(reading.value),
        reading.flag,
        reading.is_valid,
        f"{reason};{reading.reason}" if reading.reason else reason,
    )


def _warning(correction: FiledCorrection, ingested: Ingested) -> Problem:
    """Return the warning that a correction was not applied."""
    message = _("更正函 {letter} 没有应用到 {file} 第 {row} 行：{reason}").format(
        letter=correction.letter,
        file=correction.file,
        row=correction.row,
        reason=correction.ignored_because,
    )
    dataset = correction.dataset if correction.dataset in ingested.frames else ""
    place = (correction.filed_in, "", correction.line, "", correction.new_value)
    return Problem(dataset, Severity.WARNING.value, *place, message)


def _located(correction: FiledCorrection, detail: str) -> str:
    place = _(
        "{filed_in} 第 {line} 行的更正不能应用：{file} {sheet}第 {row} 行“{column}”。{detail}"
    )
    return place.format(
        filed_in=correction.filed_in,
        line=correction.line,
        file=correction.file,
        sheet=_("工作表 {sheet} ").format(sheet=correction.sheet) if correction.sheet else "",
        row=correction.row,
        column=correction.column,
        detail=detail,
    )


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN_LENGTH else f"{text[: SHOWN_LENGTH - 1]}…"


def _joined(frame: pd.DataFrame, records: Iterable[object], kind: type) -> pd.DataFrame:
    added = frame_of(records, kind)
    parts = [one for one in (frame, added) if not one.empty]
    return pd.concat(parts, ignore_index=True) if parts else frame
