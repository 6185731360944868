"""No place is told more closely than its village: neither on a page nor in a file beside it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import Final

from ecoreport.i18n import _
from ecoreport.verify.fault import Fault, Kind
from ecoreport.verify.read import Page

MOST_DECIMALS: Final = 2
"""Of a degree: about a kilometre, which is a village."""
LONGITUDE: Final = r"(?:7[3-9]|[89]\d|1[0-2]\d|13[0-5])\.\d{3,}"
LATITUDE: Final = r"(?:[1-4]\d|5[0-3])\.\d{3,}"
BETWEEN: Final = r"\s*[°度]?\s*[EN]?\s*[,，;；、/ ]\s*[^\d.]{0,6}"
PLACE: Final = re.compile(
    rf"(?<![\d.])(?:{LONGITUDE}{BETWEEN}{LATITUDE}|{LATITUDE}{BETWEEN}{LONGITUDE})(?![\d.])"
)
"""A pair of degrees within China, in either order."""
MINUTES: Final = re.compile(r"\d{2,3}\s*[°度]\s*\d{1,2}\s*[′'分]")
HEADS: Final = re.compile(r"经度|纬度|坐标|longitude|latitude|^(?:lon|lng|lat)$", re.IGNORECASE)
TOO_FINE: Final = re.compile(rf"\d+\.\d{{{MOST_DECIMALS + 1},}}|[°度].*[′'分]")


def check_places(name: str, page: Page) -> Iterator[Fault]:
    """Yield the places that a page tells more closely than is allowed."""
    for text in page.texts:
        for hit in (*PLACE.finditer(text), *MINUTES.finditer(text)):
            yield _fault(name, hit[0])


def check_files(files: Mapping[str, bytes]) -> Iterator[Fault]:
    """Yield the places that tables beside the pages tell more closely than is allowed.

    Parameters
    ----------
    files : mapping of str to bytes
        By path below the report; tables of a workbook lie beside it as CSV or JSON too.
    """
    for name, content in files.items():
        if name.endswith(".csv"):
            yield from _check_table(name, content.decode("utf-8-sig"))
        elif name.endswith(".json"):
            for hit in PLACE.finditer(content.decode("utf-8")):
                yield _fault(name, hit[0])


def _check_table(name: str, text: str) -> Iterator[Fault]:
    rows = csv.reader(io.StringIO(text, newline=""))
    header = next(rows, [])
    places = [column for column, head in enumerate(header) if HEADS.search(head)]
    for row in rows:
        told = (row[column] for column in places if column < len(row))
        yield from (_fault(name, cell) for cell in told if TOO_FINE.search(cell))
        yield from (_fault(name, hit[0]) for cell in row for hit in PLACE.finditer(cell))


def _fault(name: str, found: str) -> Fault:
    message = _("坐标 {found} 细于村级，经纬度至多保留 {n} 位小数。")
    return Fault(name, Kind.FINE_PLACE, found, message.format(found=found, n=MOST_DECIMALS))
