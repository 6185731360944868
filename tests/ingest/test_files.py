import io
import zipfile

import openpyxl
import pytest
import xlwt

from ecoreport.errors import InputError
from ecoreport.ingest import workbook
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
    for place in range(0, 96, 4):
        path = tmp_path / "坏.xls"
        path.write_bytes(good[:place] + b"\xff\xff\xff\x7f" + good[place + 4 :])
        try:
            outcomes.add(type(read_sheets(path, path.name)))
        except InputError:
            outcomes.add(InputError)
    assert InputError in outcomes


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
