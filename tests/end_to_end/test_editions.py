"""Editions of the report: a year that is not over, and another language."""

import io
import re
import unicodedata
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import docx
import pandas as pd
import whole_runs
from bs4 import BeautifulSoup
from whole_runs import ROOT, assert_told, ecoreport, opened, pages

from ecoreport.executed import executed
from ecoreport.project import Project
from ecoreport.word.compose import ALL, outputs
from ecoreport.word.models import read_kind

AS_OF = "2018-09-30"
BELOW = f"2018/as-of-{AS_OF}"
DEMONSTRATION = ROOT / "data/demonstration/hailing"
# GB 3095-2012, table 1, class 2, 24 hours (O3: 8 hours); CO in mg/m³. At the limit an IAQI is 100.
LIMITS = {"so2": 150, "no2": 80, "pm10": 150, "pm25": 75, "co": 4, "o3": 160}
IN_2018 = dict(zip(LIMITS, range(2, 8), strict=True))
IN_2017 = dict(zip(("pm25", "pm10", "so2", "no2", "co", "o3"), range(1, 7), strict=True))
FEWEST_STATIONS = 2
AREA_CHAPTERS = {"water", "soil", "waste", "noise", "greening", "institutional", "resources"}
# Needs monthly values of sections, which Hailing's data have none of; findings' tests show it.
NEEDS_MONITORING = {"improvements"}
# Files keep the names that their senders gave them.
FILE_NAMES = re.compile(r"\S+\.(?:xlsx?|csv)\b")


def days(tables: Sequence[pd.DataFrame], columns: dict[str, int], day: int) -> pd.DataFrame:
    """Means of the stations' days as departments' tables hold them, days over limits marked."""
    read = []
    for table in tables:
        dates = table[day].astype(str).str.extract(r"(\d{4})\D(\d{1,2})\D(\d{1,2})")
        own = table[dates[0].notna()]
        plain = {
            name: pd.to_numeric(
                own[at].map(lambda text: unicodedata.normalize("NFKC", str(text))), "coerce"
            )
            for name, at in columns.items()
        }
        # −1 and 0 mean that nothing was measured.
        plain = {name: values.where(values > 0) for name, values in plain.items()}
        station = own[0].ffill() if day else "one table, one station"
        date = pd.to_datetime(dates.dropna().agg("-".join, axis=1))
        read.append(pd.DataFrame(plain | {"date": date}).assign(station=station))
    rows = pd.concat(read).drop_duplicates()
    groups = rows.groupby("date")[list(LIMITS)]
    means = groups.mean().where(groups.count() >= FEWEST_STATIONS)
    rounded = means.round({name: 1 if name == "co" else 0 for name in LIMITS})
    whole = rounded.dropna()
    return whole.assign(is_good=(whole <= pd.Series(LIMITS)).all(axis=1))


def share(good: int, valid: int) -> Decimal:
    """Percent with one decimal."""
    return (100 * Decimal(int(good)) / int(valid)).quantize(Decimal("0.1"), ROUND_HALF_EVEN)


def test_a_year_in_progress_says_what_the_rest_may_bring(project_of_hailing: Path) -> None:
    run = whole_runs.report(project_of_hailing, AS_OF=AS_OF)

    assert_told(run, 0, f"reports/hailing/{BELOW}/index.html")
    (book,) = (DEMONSTRATION / "2018").glob("*日均值*")
    (last_book,) = (DEMONSTRATION / "2017").glob("*日均值*")
    this = days([pd.read_excel(book, header=None, engine="calamine")], IN_2018, 1)[:AS_OF]
    sheets = pd.read_excel(last_book, None, header=None, engine="calamine")
    last = days(list(sheets.values()), IN_2017, 0)
    target = share(last["is_good"].sum(), len(last))
    n_left, n_good = 365 - 273, this["is_good"].sum()
    # Shares are judged as they are published, with one decimal.
    allowed = max(
        n_bad
        for n_bad in range(n_left + 1)
        if share(n_good + n_left - n_bad, len(this) + n_left) >= target
    )
    assert 0 < allowed < n_left

    manifest, files = opened(project_of_hailing, BELOW)
    air = BeautifulSoup(files["air.html"], "html.parser")
    assert air.select_one("#outlook").get_text() == f"剩余{n_left}天最多再超标{allowed}天"
    assert f"{target}" in air.select_one("#outlook ~ p").get_text()
    assert "2018-09-30" in air.select_one(".facts").get_text()
    said = [
        int(air.select_one(f"#calendar data[data-observation*='/air.{name}/']")["value"])
        for name in ("good_days", "valid_days")
    ]
    assert said == [n_good, len(this)]
    calendar = files["data/air-calendar.csv"].decode("utf-8-sig")
    assert "2018-09-30" in calendar
    assert "2018-10-01" not in calendar
    assert manifest.rests_on_demonstration
    assert opened(project_of_hailing)[0].version != manifest.version
    assert_bulletin_tells_the_same(project_of_hailing)
    assert_headings_of_documents_exist(project_of_hailing)


def assert_bulletin_tells_the_same(root: Path) -> None:
    """Make the bulletin of the year in progress: all its sections have something to say."""
    given = {"DISTRICT": "hailing", "YEAR": "2018", "KIND": "bulletin", "AS_OF": AS_OF}
    assert_told(ecoreport(root, "word", **given), 0, "通报.docx")
    (path,) = (root / "reports/hailing" / BELOW / "documents").glob("*.docx")
    document = docx.Document(io.BytesIO(path.read_bytes()))
    titles = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert titles == [one.zh for one in read_kind(Project(root), "bulletin").sections]
    page = BeautifulSoup(pages(root, BELOW)["index.html"], "html.parser")
    said = [one.text for one in document.paragraphs]
    assert page.select_one("#conclusion").get_text(strip=True) in said


def assert_headings_of_documents_exist(root: Path) -> None:
    """Hold what documents take of chapters against what chapters show: nothing is lost unseen."""
    shown: dict[str, set[str]] = {}
    for path in (root / "data/processed/hailing/2018").glob("*/executed/zh/*.ipynb"):
        found = {one["id"] for one, _html in outputs(executed(path)) if one["kind"] == "heading"}
        shown.setdefault(path.stem, set()).update(found)
    of_areas = set().union(*(shown[name] for name in AREA_CHAPTERS))
    for kind in ("annual", "self-assessment", "bulletin"):
        for section in read_kind(Project(root), kind).sections:
            for part in section.parts:
                # Chapters of areas share their headings; each shows those that it has values for.
                known = of_areas if part.chapter in AREA_CHAPTERS else shown[part.chapter]
                wanted = set(part.headings) - {ALL} - NEEDS_MONITORING
                assert wanted <= known, (kind, part.chapter, wanted - known)


def test_the_report_reads_in_english_with_the_same_numbers(project_of_hailing: Path) -> None:
    run = whole_runs.report(project_of_hailing, LOCALE="en")

    assert run.exit_code == 0, run.said
    chinese, english = pages(project_of_hailing), pages(project_of_hailing, "2018/en")
    assert english.keys() == chinese.keys()
    for name in chinese:
        read = {
            language: BeautifulSoup(text, "html.parser")
            for language, text in (("zh", chinese[name]), ("en", english[name]))
        }
        assert read["en"].html["lang"] == "en"
        numbers = {
            language: [(one["data-observation"], one["value"]) for one in page.select("main data")]
            for language, page in read.items()
        }
        assert sorted(numbers["en"]) == sorted(numbers["zh"]), name
        heads = " ".join(one.get_text() for one in read["en"].select("h1, h2, th, figcaption"))
        heads = FILE_NAMES.sub("", heads)
        assert "Demonstration data" in read["en"].select_one(".masthead").get_text(), name
        written = [one for one in heads if "\u4e00" <= one <= "\u9fff"]
        assert len(written) < len(heads) / 20, "".join(written)
