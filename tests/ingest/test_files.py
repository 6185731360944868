import io
import re
import subprocess
import sys
import zipfile

import openpyxl
import pytest
import xlwt

from ecoreport.errors import InputError
from ecoreport.ingest import workbook
from ecoreport.ingest.apart import one_reader
from ecoreport.ingest.excel import READ
from ecoreport.ingest.files import read_sheets

TEXT = "日期,点位,PM2.5\n2018-01-03,莲花,45\n"
ROWS = [["日期", "点位", "PM2.5"], ["2018-01-03", "莲花", "45"]]


def saved(book):
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def with_member(content, name):
    """The same zip with one more member."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, b"x")
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_every_encoding_and_delimiter(tmp_path, encoding, delimiter):
    path = tmp_path / "表.csv"
    path.write_bytes(TEXT.replace(",", delimiter).encode(encoding))
    (sheet,) = read_sheets(path, "表.csv")
    assert sheet.rows == ROWS and sheet.name == "表"


BOOK = openpyxl.Workbook()
BOOK.active.append([1])
XLSX = saved(BOOK)
BAD = {
    "空.xlsx": (b"", "空的"),
    "空白.csv": (b" \n", "空的"),
    "文本.xlsx": (TEXT.encode(), "另存为 xlsx"),
    "网页.xls": (b"<html><table></table></html>", "网页"),
    "网页.csv": (b"<html><table></table></html>", "网页"),
    "残缺.xlsx": (XLSX[:300], "已损坏"),
    "旧版.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "已损坏"),
    "密码.xlsx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "密码",
    ),
    "宏.xlsx": (with_member(XLSX, "xl/vbaProject.bin"), "宏"),
    "别的.xlsx": (XLSX.replace(b"xl/workbook.xml", b"xl/workbook.bin"), "不是 xlsx 工作簿"),
    "乱码.csv": (b"\xff\x00\x81\xfe,1\n", "编码"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_used_is_named_with_the_cure(tmp_path, name):
    content, hint = BAD[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=hint) as error:
        read_sheets(tmp_path / name, name)
    assert name in str(error.value)


def test_a_damaged_old_workbook_takes_no_more_than_itself_along(tmp_path):
    # Some such files make the reader abort its whole process, which pytest would not survive.
    book = xlwt.Workbook()
    book.add_sheet("一").write(0, 0, 1)
    book.save(str(tmp_path / "好.xls"))
    good = (tmp_path / "好.xls").read_bytes()
    outcomes = set()
    with one_reader():
        for place in range(0, 96, 4):
            path = tmp_path / "坏.xls"
            path.write_bytes(good[:place] + b"\xff\xff\xff\x7f" + good[place + 4 :])
            try:
                outcomes.add(type(read_sheets(path, path.name)))
            except InputError:
                outcomes.add(InputError)
            (sheet,) = read_sheets(tmp_path / "好.xls", "好.xls")
            assert sheet.rows == [[1.0]]
    assert InputError in outcomes


def test_one_process_reads_workbooks_one_after_the_other_and_none_stays_behind():
    with one_reader() as reader:
        outcomes = [reader.read(XLSX) for _once in range(2)]
        child = reader._child
    assert [outcome for outcome, _found in outcomes] == [READ, READ]
    assert child.poll() is not None


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    path = tmp_path / "大.xlsx"
    path.write_bytes(XLSX)
    monkeypatch.setattr(workbook, "MAX_UNPACKED_BYTES", 100)
    with pytest.raises(InputError, match="解压后过大"):
        read_sheets(path, path.name)


def test_one_cell_far_out_does_not_fill_the_memory(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = book.active["XFD1048576"] = 1
    path = tmp_path / "远.xlsx"
    book.save(path)
    with pytest.raises(InputError, match="范围过大"):
        read_sheets(path, path.name)


def test_percentages_errors_and_uncomputed_formulas_are_seen_as_people_see_them(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["数值", 0.512, 0.512, "=1/0", None, 45])
    sheet["C1"].number_format = "0.0%"
    sheet["E1"], sheet["E1"].data_type = "#DIV/0!", "e"
    book.create_sheet("二").append(["空", 0.07])
    book["二"]["B1"].number_format = "0%"
    book.move_sheet("二", -1)
    path = tmp_path / "表.xlsx"
    book.save(path)
    second, first = read_sheets(path, path.name)
    assert first.rows == [["数值", 0.512, "51.2%", "=1/0", "#DIV/0!", 45.0]]
    assert second.rows == [["空", "7%"]]


def with_part(name, change):
    """The plain workbook with one part of it rewritten."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(XLSX)) as source, zipfile.ZipFile(out, "w") as target:
        for one in source.namelist():
            content = source.read(one)
            target.writestr(one, change(content) if one == name else content)
    return out.getvalue()


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"])
@pytest.mark.parametrize(("encoding", "depth"), [("utf-8", 1), ("utf-8", 12), ("utf-16", 1)])
def test_entities_that_stand_for_entities_are_refused(tmp_path, part, encoding, depth):
    # One that stands for little is let through by the XML reader, and by nobody here.
    names = range(depth)
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in names)
    head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [{entities}]>'

    def bomb(content):
        text = re.sub(r"<\?xml[^>]*\?>", "", content.decode())
        return (head + re.sub(r">", f">&a{depth - 1};", text, count=1)).encode(encoding)

    path = tmp_path / "实体.xlsx"
    path.write_bytes(with_part(part, bomb))
    with pytest.raises(InputError, match="已损坏"):
        read_sheets(path, path.name)


@pytest.mark.parametrize(
    "hostile",
    [b'<c r="A1">' * 200_000, b"<c " * 500_000, b'<c r="A1">' + b"<f " * 500_000 + b"</c>"],
)
def test_cells_that_nothing_closes_are_looked_for_once(tmp_path, hostile):
    # Each of these took minutes where every opening was searched to the end of the sheet.
    path = tmp_path / "开口.xlsx"
    path.write_bytes(with_part("xl/worksheets/sheet1.xml", lambda _content: hostile))
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_CPU, (20, 20));"
        "from ecoreport.ingest.workbook import inspect; inspect(open(sys.argv[1], 'rb').read(), '')"
    )
    given = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_text_of_ten_megabytes_in_a_cell_is_named_with_its_place(tmp_path, kind):
    text = "长" * 10_000_000 if kind == "xlsx" else "长" * 300_000
    path = tmp_path / f"长.{kind}"
    if kind == "csv":
        path.write_text(f"日期,备注\n2018-01-03,{text}\n", "utf-8")
    else:
        sheet = f'<c r="B2" t="inlineStr"><is><t>{text}</t></is></c></row></sheetData>'
        path.write_bytes(
            with_part(
                "xl/worksheets/sheet1.xml",
                lambda content: re.sub(
                    "</row></sheetData>", f'</row><row r="2">{sheet}', content.decode()
                ).encode(),
            )
        )
    with pytest.raises(InputError, match=r"第 2 行第 2 列有 \d+ 个字符，超过单元格的上限 32767"):
        read_sheets(path, path.name)


def test_a_macro_is_refused_whatever_the_file_is_called(tmp_path):
    path = tmp_path / "宏.csv"
    path.write_bytes(with_member(XLSX, "XL/VBAPROJECT.BIN"))
    with pytest.raises(InputError, match="宏"):
        read_sheets(path, path.name)
