"""Ten thousand tables of nonsense: never a traceback, never a row dropped without being named."""

from __future__ import annotations

import csv
import io
import random
import re

import openpyxl
import pytest

from ecoreport.config.load import load_catalogue
from ecoreport.errors import InputError
from ecoreport.ingest.files import read_sheets
from ecoreport.ingest.records import Records
from ecoreport.ingest.tables import read_tables
from ecoreport.project import Project

DATASETS = sorted(load_catalogue(Project.here()).datasets)
N_TABLES = 10_000
N_FILES = 300
CELLS = [
    *(
        "",
        " ",
        "\t",
        "\u3000",
        "\u00a0",
        "0",
        "1",
        "-1",
        "-",
        "—",
        "/",
        "<",
        "<0.01",
        ">5",
        "0.05L",
    ),
    *("1e309", "-1e308", "nan", "inf", "NaN", "None", "null", "#N/A", "#DIV/0!", "+1", "@SUM(1)"),
    *("=1+1", "=cmd|'/c calc'!A1", "1,080", "1，080", "６０", "1.2.3", "--5", "12%", "120%", "½"),
    *("45 µg/m³", "1/3", "2018-02-30", "2018年13月", "20180104", "43103", "2018/1/3 24:00"),
    *("0000-00-00", "9999-12-31", "1月", "全年", "合计", "平均", "注：已审核", "示例", "填表人："),
    *("<script>alert(1)</script>", "'; DROP TABLE x; --", "../../etc/passwd", "{{7*7}}", "%s%n"),
    *(
        "{0.__class__}",
        "\x00",
        "\x07",
        "\x1b[31m",
        "\u202e倒",
        "\u2066隔\u2069",
        "\u200b",
        "\ufeff",
    ),
    *("\ud7ff", "\U0010ffff", "👩‍👩‍👧", "ﷺ", "é", "海陵", "公园路", "莲花", "1206A", "劣Ⅴ", "Ⅲ"),
    *("是", "否", "已完成", "a" * 300, "\r\n", '"', "'"),
]
QUOTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def plausible(column, generator):
    """Something that such a column may well hold."""
    if column.choices:
        return generator.choice([form for forms in column.choices.values() for form in forms])
    return {
        "number": lambda: f"{generator.uniform(-5, 500):.2f}",
        "quantity": lambda: f"{generator.uniform(0, 500):.1f}",
        "date": lambda: f"2018-{generator.randint(1, 12):02}-{generator.randint(1, 28):02}",
        "hour": lambda: f"{generator.randint(0, 24)}",
        "year": lambda: "2018",
        "month": lambda: f"{generator.randint(1, 12)}",
        "station": lambda: "公园路",
    }.get(column.type, lambda: generator.choice(["一", "演示一号", "甲厂", "1"]))()


def table(dataset, generator):
    """A header with every column, in any order, and rows of sense and nonsense below it."""
    columns = list(dataset.columns)
    generator.shuffle(columns)
    header = [column.zh for column in columns]
    extra = generator.randint(0, 2)
    header += [generator.choice(["备注2", "=A1", "<b>", "\u202eXYZ"])] * min(extra, 1)
    rows = []
    for _row in range(generator.randint(0, 6)):
        nonsense = generator.choice([0, 0.1, 0.5, 1])
        row = [
            generator.choice(CELLS) if generator.random() < nonsense else plausible(one, generator)
            for one in columns
        ]
        cut = generator.choice([None, None, None, generator.randint(0, len(row))])
        rows.append(row[:cut] + [generator.choice(CELLS)] * generator.randint(0, 2))
    if rows and generator.random() < 0.2:
        rows.append(list(generator.choice([*rows, header])))
    return [header, *rows]


def told_of(frame, records):
    """Rows (as Excel numbers them) that became data, were set aside, or were named as no data."""
    told = set() if frame is None else set(frame["source_row"])
    told |= {one.source_row for one in records.asides}
    return told | {one.source_row for one in records.entries if not one.column}


def shown_rows(grid):
    """Rows with anything to be seen in them."""
    return {
        number
        for number, row in enumerate(grid, start=1)
        if number > 1 and any(str(cell).strip() for cell in row if cell is not None)
    }


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_row_is_read_or_named(tmp_path, rules, dataset):
    path = tmp_path / "表.csv"
    for seed in range(N_TABLES // len(DATASETS) + 1):
        generator = random.Random(f"{dataset}/{seed}")  # noqa: S311 - the same tables each time
        rows = table(rules[dataset].dataset, generator)
        text = io.StringIO(newline="")
        csv.writer(text).writerows([[QUOTED.sub("", cell) for cell in row] for row in rows])
        path.write_text(text.getvalue(), encoding="utf-8", newline="")
        records, frame = Records(dataset), None
        try:
            frame = read_tables(path, path.name, rules[dataset], records)
        except InputError as error:
            # A file without a table is named whole.
            assert "表.csv" in str(error), seed
            continue
        (sheet,) = read_sheets(path, path.name)
        assert shown_rows(sheet.rows) <= told_of(frame, records), (dataset, seed)
        assert len(frame) == len(set(frame["source_row"])), (dataset, seed)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_with_broken_bytes_is_read_or_named(tmp_path, rules, kind):
    path = tmp_path / f"表.{kind}"
    generator = random.Random(kind)  # noqa: S311
    for number in range(N_FILES if kind == "csv" else N_FILES // 10):
        rows = table(rules["air_daily"].dataset, generator)
        if kind == "csv":
            text = io.StringIO(newline="")
            csv.writer(text).writerows(rows)
            content = bytearray(text.getvalue().encode("gb18030", "replace"))
        else:
            book = openpyxl.Workbook()
            for row in rows:
                book.active.append([QUOTED.sub("", cell) for cell in row])
            out = io.BytesIO()
            book.save(out)
            content = bytearray(out.getvalue())
        for _change in range(generator.randint(1, 8)):
            content[generator.randrange(len(content))] = generator.randrange(256)
        path.write_bytes(content)
        try:
            read_tables(path, path.name, rules["air_daily"], Records("air_daily"))
        except InputError as error:
            assert path.name in str(error), number
