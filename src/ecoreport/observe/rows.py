"""What a row of a department's table gives: an observation with its papers and its source."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from ecoreport.config.corrections import CORRECTED, FiledCorrection
from ecoreport.config.models import Indicator
from ecoreport.config.vocabulary import Maturity
from ecoreport.message import N_, Message, message
from ecoreport.observe.observation import (
    Observation,
    SourceReference,
    Trace,
    observation_id,
)
from ecoreport.observe.registry import Inputs

Row = dict[str, Any]
PAPERS = frozenset({"document", "document_number", "evidence_file", "is_evidence_there"})
"""Columns that tell of the papers behind a row."""


def records(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a frame."""
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]


def distinct(observations: Iterable[Observation]) -> list[Observation]:
    """Give each observation an id of its own: a source may say a thing twice."""
    found: list[Observation] = []
    n_by_id: Counter[str] = Counter()
    for one in observations:
        n_by_id[one.id] += 1
        number = n_by_id[one.id]
        found.append(one if number == 1 else one.model_copy(update={"id": f"{one.id}/{number}"}))
    return found


def observation_of_row(
    indicator: Indicator, inputs: Inputs, row: Row, trace: Trace, **known: Any
) -> Observation:
    """Make an observation of a row: `known` goes before what the row says."""
    corrections = tuple(one for source in trace.sources for one in source.corrections)
    notes = (*trace.notes, *map(_correction_note, corrections))
    maturity = known.setdefault("maturity", Maturity(row["maturity"]))
    period = known.setdefault("period", str(row["period"]))
    value = known.get("value")
    return Observation(
        **{
            "id": observation_id(
                inputs.pair.district, inputs.pair.year, indicator.id, period, maturity.value
            ),
            "district": inputs.pair.district,
            "year": inputs.pair.year,
            "indicator": indicator.id,
            "value": None,
            "unrounded": "" if value is None else f"{value:f}",
            "unit": indicator.unit,
            "department": text_in(row, "department"),
            "has_document": has_document(row),
            "has_evidence_file": has_evidence_file(row),
            "trace": trace.model_copy(update={"notes": notes}),
            **known,
        }
    )


def _correction_note(one: FiledCorrection) -> Message:
    return message(
        N_("{column}原报“{old}”，按{issued_by}的更正函（{letter}，{date}）更正为“{new}”"),
        column=one.column,
        old=one.old_value or N_("空白"),
        new=one.new_value or N_("空白"),
        issued_by=one.issued_by,
        letter=one.letter,
        date=one.date.isoformat(),
    )


def papers_named(rows: pd.DataFrame) -> dict[str, bool]:
    """Return what rows say of the papers behind a number computed of all of them.

    Returns
    -------
    dict of str to bool
        ``has_document``: every row names its document, or the number of it.
        ``has_evidence_file``, only where the table has a column for it: every row names a file
        that is there.
    """
    told = [name for name in rows.columns if name in PAPERS or str(name).endswith(CORRECTED)]
    return _papers(records(rows[told]), tells_files="evidence_file" in rows)


def papers_of(rows: Sequence[Row]) -> dict[str, bool]:
    """Return the same as `papers_named` of rows that stand alone."""
    return _papers(rows, tells_files=any("evidence_file" in row for row in rows))


def _papers(rows: Sequence[Row], *, tells_files: bool) -> dict[str, bool]:
    found = {"has_document": bool(rows) and all(map(has_document, rows))}
    if tells_files:
        found["has_evidence_file"] = bool(rows) and all(map(has_evidence_file, rows))
    return found


def has_document(row: Row) -> bool:
    """Whether a row names a document, by its number or its title."""
    return has_document_number(row) or bool(text_in(row, "document"))


def has_evidence_file(row: Row) -> bool:
    """Whether a row names a file as its evidence, and that file is there where that was looked."""
    return bool(text_in(row, "evidence_file")) and bool(row.get("is_evidence_there", True))


def sources_of_rows(
    dataset: str, inputs: Inputs, rows: Sequence[Row]
) -> tuple[SourceReference, ...]:
    """Return each file and sheet that rows stand in, with their numbers and corrections."""
    found = []
    for source in inputs.sources.get(dataset, ()):
        of_sheet: dict[str, list[int]] = {}
        for row in rows:
            if row["source_file"] == source.file:
                of_sheet.setdefault(text_in(row, "source_sheet"), []).append(int(row["source_row"]))
        found += [
            source.model_copy(
                update={
                    "sheet": sheet,
                    "rows": tuple(numbers),
                    "n_rows": len(numbers),
                    "corrections": tuple(
                        one
                        for one in source.corrections
                        if one.sheet == sheet and one.row in numbers
                    ),
                }
            )
            for sheet, numbers in of_sheet.items()
        ]
    return tuple(found)


def figure_in(row: Row, value: Decimal, unit: str) -> str:
    """Return a figure as it was reported, as a letter corrected it, and as it is held."""
    reported = f"{text_in(row, 'value_as_reported')} {text_in(row, 'unit_as_reported')}".strip()
    held = f"{value:f} {unit}".strip()
    sign = "→" if text_in(row, f"value{CORRECTED}") else "="
    return held if held == reported else f"{reported} {sign} {held}"


def has_document_number(row: Row) -> bool:
    """Whether a row names a document by its number, or a letter corrected it."""
    is_corrected = any(name.endswith(CORRECTED) and pd.notna(cell) for name, cell in row.items())
    return is_corrected or bool(text_in(row, "document_number"))


def text_in(row: Row, name: str) -> str:
    """Return the text of a cell; empty where there is none."""
    value = row.get(name)
    return "" if value is None or pd.isna(value) else str(value).strip()


def day_in(row: Row, name: str) -> dt.date | None:
    """Return the day of a cell, or None."""
    value = row.get(name)
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()
