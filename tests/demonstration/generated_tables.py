"""Read generated files as they lie on the disk, without the project's own reader."""

import csv
import datetime as dt
import re
from pathlib import Path
from typing import Any

import python_calamine

STATIONS = {
    "公园路": "1206A",
    "莲花": "1207A",
    "留学生创业园": "1209A",
    "雪浪": "1188A",
    "黄巷": "1189A",
    "曹张": "1190A",
    "漆塘": "1191A",
    "东亭": "1192A",
    "旺庄": "1193A",
    "荣巷": "1194A",
    "堰桥": "1195A",
}
Row = list[Any]
DAY = re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?")


def encoding_of(path: Path) -> str:
    try:
        path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"


def sheets(path: Path) -> dict[str, list[Row]]:
    if path.suffix == ".csv":
        with path.open(encoding=encoding_of(path), newline="") as stream:
            return {"": list(csv.reader(stream))}
    book = python_calamine.CalamineWorkbook.from_path(path)
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


def records(path: Path, last_header_row: int = 1) -> list[dict[str, Any]]:
    """Return the rows that carry the mark of demonstration, by the first row of headers.

    ``station`` beside them is the code, whether code, merged name or sheet's name says it.
    """
    found = []
    for name, rows in sheets(path).items():
        header = rows[1]
        station: Any = name
        for row in rows[last_header_row + 1 :]:
            if "演示数据" in row:
                record = dict(zip(header, row, strict=True))
                # A merged cell holds its text in the first row only.
                station = record.get("监测点位") or record.get("点位编码") or station
                found.append(record | {"station": STATIONS.get(station, station)})
    return found


def day_of(cell: Any) -> dt.date:
    if isinstance(cell, dt.date):
        return cell
    match = DAY.fullmatch(cell)
    assert match, cell
    return dt.date(*(int(part) for part in match.groups()))
