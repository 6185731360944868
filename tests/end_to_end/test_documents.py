"""Word and PDF of a whole report: the same numbers, the same marks."""

import io
import unicodedata
from pathlib import Path

import docx
import pypdf
from lacking import lacking
from whole_runs import assert_told, ecoreport

from ecoreport.current import current_manifest
from ecoreport.errors import InputError
from ecoreport.pdf.browser import find_browser

PAIR = {"DISTRICT": "hailing", "YEAR": "2018"}
DOCUMENTS = "reports/hailing/2018/documents"


def text_of(document: docx.document.Document) -> str:
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_the_annual_report_as_word(project_of_hailing: Path) -> None:
    run = ecoreport(project_of_hailing, "word", **PAIR)
    path = project_of_hailing / DOCUMENTS / "海陵区2018年度生态环境评估年度报告.docx"
    assert_told(run, 0, f"{DOCUMENTS}/{path.name}")
    document = docx.Document(io.BytesIO(path.read_bytes()))
    said = text_of(document)
    version = current_manifest(project_of_hailing / "reports/hailing/2018").version
    page = project_of_hailing / "reports/hailing/2018/versions" / version / "index.html"
    assert "37项中" in said and "37</data>项中" in page.read_text("utf-8").replace(" ", "")
    for section in ("总体结论", "环境空气", "水环境", "方案分解表与结论"):
        assert section in [one.text for one in document.paragraphs]
    assert len(document.inline_shapes) > 20
    header = document.sections[0].header.paragraphs[0].text
    assert "演示数据" in header and "草稿" in header
    assert "下载数据" not in said and "make " not in said and "data/raw" not in said


def test_an_unknown_kind_is_refused_before_anything_is_made(project_of_hailing: Path) -> None:
    run = ecoreport(project_of_hailing, "word", KIND="$(touch x)", **PAIR)
    assert_told(run, 2, "self-assessment")
    assert not (project_of_hailing / DOCUMENTS).exists()


def test_without_a_browser_the_pdf_says_what_to_install(project_of_hailing: Path) -> None:
    run = ecoreport(project_of_hailing, "pdf", ECOREPORT_BROWSER="no-such-browser", **PAIR)
    assert_told(run, 2, "没有找到 Chromium、Chrome 或 Edge")
    assert not (project_of_hailing / DOCUMENTS).exists()


def test_the_whole_report_as_one_pdf(project_of_hailing: Path) -> None:
    try:
        find_browser()
    except InputError as error:
        lacking(str(error))
    run = ecoreport(project_of_hailing, "pdf", **PAIR)
    (path,) = (project_of_hailing / DOCUMENTS).glob("*.pdf")
    assert_told(run, 0, f"{DOCUMENTS}/{path.name}")
    reader = pypdf.PdfReader(path)
    chapters = [one.title for one in reader.outline if not isinstance(one, list)]
    assert chapters[0] == "目录" and len(chapters) == 12
    findings = [one for one in reader.outline if isinstance(one, list)]
    assert len(findings) >= 8, "a chapter's findings are bookmarks below it"
    n_pages = len(reader.pages)
    for number, page in enumerate(reader.pages, start=1):
        assert f"{number} / {n_pages}" in page.extract_text()
    first_of_air = reader.get_destination_page_number(
        next(one for one in reader.outline if getattr(one, "title", "") == "环境空气")
    )
    # Fonts give some characters back as their radicals.
    contents = unicodedata.normalize("NFKC", reader.pages[0].extract_text())
    assert f"环境空气 {first_of_air + 1}\n" in contents
    links = [
        str(one.get_object().get("/A", {}).get("/URI", ""))
        for page in reader.pages
        for one in page.get("/Annots", [])
    ]
    assert not [one for one in links if one.startswith("file:")]
