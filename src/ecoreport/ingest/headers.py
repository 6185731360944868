"""Finding the header of a table: which row, how deep, which column is which, in which unit."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Final

from ecoreport.config.layouts import Column, Dataset
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.ingest.cells import Cell, is_blank, text_of
from ecoreport.ingest.files import Sheet
from ecoreport.ingest.units import Units
from ecoreport.ingest.words import compact, spoken

SEARCHED_ROWS: Final = 30
LEAST_MATCHES: Final = 2
SIMILARITY: Final = 0.6
NAMED_TWICE: Final = frozenset({"station", "section", "problem", "month"})
"""Types that tables may carry in two columns: a code and a name, a month and a day in it."""

TAIL_BRACKET = re.compile(r"(?P<base>.*)[(\[【〔](?P<inside>.+)[)\]】〕]")
BRACKET_IN_BRACKET = re.compile(
    r"(?P<base>.*?)[(\[【〔](?P<inside>[^()\[\]【】〔〕]+[(\[【〔][^()\[\]【】〔〕]+[)\]】〕])[)\]】〕]"
)
"""As around a unit that has one itself: ``Leq[dB(A)]``."""
ANY_BRACKET = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
WHOLE_BRACKET = re.compile(r"^\((.*)\)$")
"""Around a unit in a row of its own, unlike the one at the end of ``dB(A)``."""
UNIT_WORD = re.compile(r"^单位[::]?")
BEFORE_UNIT: Final = " ,,;:/-_"
LOOKS_LIKE_UNIT = re.compile(r"[/%‰³²]|[a-zμ]\d?$")


@dataclass(frozen=True)
class Heading:
    """A column of a raw table and what it was taken for."""

    index: int
    label: str
    column: Column
    unit: str
    """Unit that the header states; empty where it states none."""
    rank: int
    """Place of the spelling among the column's own: a smaller one is a better match."""


@dataclass(frozen=True)
class Header:
    """The header of one sheet.

    Attributes
    ----------
    first_row, last_row : int
        1-based, as Excel shows them.
    headings : dict of str to Heading
        By canonical column name.
    unknown : list of tuple
        Labels that mean nothing known, with the known name nearest to each or ``""``.
    doubtful : list of tuple
        Labels that two columns bear alike: label taken, label left.
    """

    first_row: int
    last_row: int
    headings: dict[str, Heading]
    unknown: list[tuple[str, str]] = field(default_factory=list)
    doubtful: list[tuple[str, str]] = field(default_factory=list)


class HeaderReader:
    """Knows every spelling of the columns of one dataset."""

    def __init__(self, dataset: Dataset, units: Units) -> None:
        self.dataset = dataset
        self.units = units
        self._spellings: dict[str, tuple[Column, int]] = {}
        for column in dataset.columns:
            for rank, name in enumerate((column.zh, column.name, *column.aliases)):
                self._add(spoken(name), column, rank)
        for column in dataset.columns:
            self._add_endings(column)
        self._unit_spellings = tuple(
            one for one in units.spellings() if len(one) > 1 or one in "%‰"
        )
        self._known: dict[str, Column | None] = {}

    def _add(self, said: str, column: Column, rank: int) -> None:
        self._spellings.setdefault(said, (column, rank))

    def _add_endings(self, column: Column) -> None:
        own = [said for said, (one, _rank) in self._spellings.items() if one is column]
        for ending in map(spoken, self._endings(column)):
            for said in own:
                self._add(said + ending, column, self._spellings[said][1])

    def _endings(self, column: Column) -> tuple[str, ...]:
        return self.dataset.endings if column.endings is None else column.endings

    def find(self, sheet: Sheet, file: str) -> Header | None:
        """Find the header within the first rows of `sheet`.

        Returns
        -------
        Header or None
            None where no row names at least two columns.

        Raises
        ------
        InputError
            If a header states a unit that is unknown or measures something else.
        """
        best: tuple[int, int, int] | None = None
        for row in range(min(SEARCHED_ROWS, len(sheet.rows))):
            for depth in (1, 2):
                if row + depth <= len(sheet.rows):
                    labels = self._labels(sheet, row, depth)
                    score = len({one.name for label in labels if (one := self._column(label))})
                    # Of equals the shallower one: a title above matches nothing.
                    if best is None or (score, -depth) > best[:2]:
                        best = (score, -depth, row)
        if best is None or best[0] < LEAST_MATCHES:
            return None
        return self._header(sheet, best[2], -best[1], file)

    def _header(self, sheet: Sheet, row: int, depth: int, file: str) -> Header:
        labels = self._labels(sheet, row, depth)
        units = self._units_row(sheet, row + depth)
        last = row + depth + (1 if units else 0)
        header = Header(row + 1, last, {})
        for index, label in enumerate(labels):
            if not label:
                continue
            heading = self._heading(index, label, units.get(index, ""))
            if heading is None:
                if not self._is_ignored(label):
                    header.unknown.append((label, self._nearest(label)))
                continue
            self._check_unit(heading, sheet, file)
            _place(header, heading)
        return header

    def _labels(self, sheet: Sheet, row: int, depth: int) -> list[str]:
        """Return one label a column: of a two-row header, both rows' texts in one."""
        rows = [_filled(sheet, row + level, is_top=level + 1 < depth) for level in range(depth)]
        if depth == 1:
            return rows[0]
        width = max(len(one) for one in rows)
        top, bottom = ([*one, *[""] * (width - len(one))] for one in rows)
        return [self._joined(over, under) for over, under in zip(top, bottom, strict=True)]

    def _joined(self, over: str, under: str) -> str:
        """Join the two levels of a header: 污染物 over PM2.5 is PM2.5, O3 over 8h is O38h."""
        if not under or over == under:
            return over
        if not over or self._column(over + under):
            return over + under
        if not self._column(under):
            return f"{over} {under}"
        # The group above may bear the unit of the columns below it.
        unit = self._split_unit(over)[1]
        return f"{under}({unit})" if unit and not self._split_unit(under)[1] else under

    def _units_row(self, sheet: Sheet, row: int) -> dict[int, str]:
        """Return the units of a row that holds nothing else."""
        if row >= len(sheet.rows):
            return {}
        cells = [(index, text_of(cell)) for index, cell in enumerate(sheet.rows[row])]
        said = {
            index: UNIT_WORD.sub("", WHOLE_BRACKET.sub(r"\1", compact(text)))
            for index, text in cells
            if text
        }
        known = {index: text for index, text in said.items() if self.units.find(text)}
        others = {text for index, text in said.items() if index not in known}
        # A figure alone (1 is a unit too) may be a row of data.
        names_units = any(not text.isdecimal() for text in known.values())
        return known if names_units and others <= {"", "-", "/", "—", "单位"} else {}

    def _heading(self, index: int, label: str, unit_below: str) -> Heading | None:
        base, unit = self._split_unit(label)
        found = self._match(base) or self._match(label)
        if found is None:
            return None
        return Heading(index, label, found[0], unit or unit_below, found[1])

    def _column(self, label: str) -> Column | None:
        # Every row that may be a header is asked about, alone and below another.
        if label not in self._known:
            found = self._match(self._split_unit(label)[0]) if label else None
            self._known[label] = found[0] if found else None
        return self._known[label]

    def _match(self, text: str) -> tuple[Column, int] | None:
        """Match a label without its unit; what stands in brackets must fit the column."""
        if found := self._spellings.get(spoken(text)):
            return found
        inside = ANY_BRACKET.findall(text)
        if not inside:
            return None
        found = self._spellings.get(spoken(ANY_BRACKET.sub("", text)))
        if found is None:
            return None
        fitting = set(map(spoken, self._endings(found[0]))) | {""}
        if all(self._fits(spoken(one), found[0], fitting) for one in inside):
            return found
        return None

    def _fits(self, said: str, column: Column, endings: set[str]) -> bool:
        same = self._spellings.get(said)
        return said in endings or (same is not None and same[0] is column)

    def _split_unit(self, label: str) -> tuple[str, str]:
        """Split ``PM2.5(μg/m³)``, ``PM2.5 μg/m3`` or ``数值(单位:%)`` into name and unit."""
        text = compact(label)
        tail = TAIL_BRACKET.fullmatch(text)
        for around in (BRACKET_IN_BRACKET.fullmatch(text), tail):
            if around and self.units.find(unit := UNIT_WORD.sub("", around["inside"])):
                return around["base"], unit
        for inside in ANY_BRACKET.findall(text):
            if self.units.find(unit := UNIT_WORD.sub("", inside)):
                return ANY_BRACKET.sub("", text, count=1), unit
        if self._match(text):
            return text, ""
        endings = self._unit_spellings if text.endswith(self._unit_spellings) else ()
        for unit in endings:
            base = text.removesuffix(unit).rstrip(BEFORE_UNIT)
            if base != text and self._match(base):
                return base, unit
        if tail and LOOKS_LIKE_UNIT.search(tail["inside"]) and self._match(tail["base"]):
            return tail["base"], tail["inside"]
        return text, ""

    def _check_unit(self, heading: Heading, sheet: Sheet, file: str) -> None:
        if not heading.unit or not heading.column.unit:
            return
        try:
            self.units.factor(heading.unit, heading.column.unit)
        except InputError as error:
            raise InputError(
                _("文件 {file} 工作表 {sheet} 的表头“{label}”：{detail}").format(
                    file=file, sheet=sheet.name, label=heading.label, detail=error
                )
            ) from error

    def _is_ignored(self, label: str) -> bool:
        # Below a group's name (浓度 AQI) the column's own stands last.
        said = (spoken(label), spoken(label.rsplit(maxsplit=1)[-1]))
        patterns = map(compact, self.dataset.ignored_columns)
        return any(fnmatchcase(name, pattern) for pattern in patterns for name in said)

    def _nearest(self, label: str) -> str:
        said = spoken(self._split_unit(label)[0])
        near = difflib.get_close_matches(said, self._spellings, n=1, cutoff=SIMILARITY)
        return self._spellings[near[0]][0].zh if near else ""


def _place(header: Header, heading: Heading) -> None:
    """Put a heading into the header; of two for one column the better spelling stays."""
    name = heading.column.name
    other = header.headings.get(name)
    if other is None:
        header.headings[name] = heading
        return
    taken, left = (heading, other) if heading.rank < other.rank else (other, heading)
    header.headings[name] = taken
    # A station's code and its name, a problem's number and its text stand side by side.
    if heading.column.type not in NAMED_TWICE:
        header.doubtful.append((taken.label, left.label))


def _filled(sheet: Sheet, row: int, is_top: bool) -> list[str]:
    """Return the texts of a row; a merged cell's text stands in all its columns and rows.

    The upper row of a CSV has no merged regions: there a blank repeats what stands left of it.
    """
    texts = ["" if is_blank(cell) else text_of(cell).strip() for cell in sheet.rows[row]]
    for (top, left), (bottom, right) in sheet.merged:
        if top <= row <= bottom:
            text = _text_at(sheet.rows, top, left)
            texts += [""] * (right + 1 - len(texts))
            # A region that goes on below names its columns there too.
            texts[left : right + 1] = [text] * (right + 1 - left)
    return list(_carried(texts)) if is_top and not sheet.merged else texts


def _text_at(rows: Sequence[Sequence[Cell]], row: int, column: int) -> str:
    inside = row < len(rows) and column < len(rows[row])
    return text_of(rows[row][column]).strip() if inside else ""


def _carried(texts: Sequence[str]) -> Iterator[str]:
    last = ""
    for text in texts:
        last = text or last
        yield last
