"""Tables that name another district than the one whose folder they lie in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from ecoreport.config.vocabulary import Severity
from ecoreport.i18n import _
from ecoreport.ingest.cells import text_of
from ecoreport.ingest.files import Sheet
from ecoreport.ingest.headers import Header
from ecoreport.ingest.names import Names
from ecoreport.ingest.records import Place, Records

TITLE_LENGTH = 60


def warn_of_others(
    file: str, tables: Sequence[tuple[Sheet, Header]], names: Names, records: Records
) -> None:
    """Warn once of a file whose name, sheets or titles name another known district.

    Parameters
    ----------
    file : str
        Relative to the project.
    tables : sequence of tuple
        Sheets of which rows were taken, with their headers: titles stand above these.
    names : Names
    records : Records
        Takes the warning.
    """
    for place, text in _said(file, tables):
        if other := names.other_district_in(text):
            message = _(
                "“{text}”写的是{other}，文件却在{own}的文件夹中。请核对是否放错；"
                "已按{own}的数据读入"
            ).format(text=text[:TITLE_LENGTH], other=other, own=names.district)
            records.problem(Severity.WARNING, place, message)
            return


def _said(file: str, tables: Sequence[tuple[Sheet, Header]]) -> Iterator[tuple[Place, str]]:
    """Yield what speaks of the whole of a file, and where it stands."""
    yield Place(file), PurePosixPath(file).name
    for sheet, header in tables:
        yield Place(file, sheet.name), sheet.name
        for number, row in enumerate(sheet.rows[: header.first_row - 1], start=1):
            yield Place(file, sheet.name, number), " ".join(filter(None, map(text_of, row)))
