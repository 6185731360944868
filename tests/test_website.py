"""The site as a tree of files: what it lists, how it marks, what it never holds."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import issued_report as issued
import pytest
from bs4 import BeautifulSoup

from ecoreport.project import Project
from ecoreport.website.edition import draft_editions
from ecoreport.website.search import INDEX, Entry, index_script
from ecoreport.website.tree import Tree, site_tree

ACROSS = "indicators/air-pm25-annual-mean"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


def site(project: Project) -> Tree:
    return site_tree(issued.CATALOGUE, draft_editions(project, print), is_preview=True)


def text(tree: Tree, name: str) -> str:
    found = tree[name]
    return (found.read_bytes() if isinstance(found, Path) else found).decode("utf-8-sig")


def test_values_stand_with_how_they_were_checked_and_what_they_lack(project: Project) -> None:
    short = issued.observation("air.pm25_annual_mean", "45", is_sufficient=False)
    issued.make(project, issued.told(observations=[short]))
    issued.make(project, issued.told(2017, "48"))
    rows = text(site(project), f"{ACROSS}.csv").splitlines()

    assert rows == [
        "区域,年份,数值,单位,数据性质,标准和口径,说明",
        "海陵区,2017,48,μg/m³,审核数据,GB 3095-2012 表1，标况,草稿",
        "海陵区,2018,45,μg/m³,审核数据,GB 3095-2012 表1，标况,有效数据不足，仅供参考；草稿",
    ]


def test_demonstration_data_are_marked_wherever_they_are_listed(project: Project) -> None:
    made = issued.observation("air.pm25_annual_mean", "45", maturity="demonstration")
    issued.make(project, issued.told(observations=[made]), rests_on_demonstration=True)
    tree = site(project)

    for name in ("index.html", "hailing/index.html", f"{ACROSS}.html"):
        assert "演示数据" in text(tree, name), name


def test_of_a_year_the_report_of_the_whole_year_counts(project: Project) -> None:
    issued.make(project)
    part = issued.told(pm25="31")
    folder = issued.make(project, part, as_of=dt.date(2018, 9, 30))
    folder.rename(project.root / "part")
    issued.make(project)
    (project.root / "part").rename(project.root / "reports/hailing/2018/as-of-2018-09-30")
    tree = site(project)

    assert ">45</a>" in text(tree, f"{ACROSS}.html")
    assert "2018（截至2018-09-30）" not in text(tree, "index.html")
    assert "hailing/2018/as-of-2018-09-30/index.html" in text(tree, "hailing/index.html")


def test_a_map_for_search_engines_needs_an_address(project: Project) -> None:
    issued.make(project)
    assert "sitemap.xml" not in site(project)
    settings = issued.CATALOGUE.report.model_copy(update={"site_address": "http://10.0.0.8/eco/"})
    catalogue = replace(issued.CATALOGUE, report=settings)
    tree = site_tree(catalogue, draft_editions(project, print))

    assert "<loc>http://10.0.0.8/eco/hailing/2018/air.html</loc>" in text(tree, "sitemap.xml")
    assert text(tree, "sitemap.xml").count("<loc>") == len(
        [name for name in tree if name.endswith(".html")]
    )


def test_departments_are_found_at_their_place_in_the_last_report(hailing_2018: Path) -> None:
    tree = site(Project(hailing_2018))
    rows = json.loads(text(tree, INDEX).partition("= ")[2].rstrip().removesuffix(";"))
    found = [one for one in rows if one["kind"] == "责任单位 · 海陵区"]

    page = BeautifulSoup(text(tree, "hailing/2018/departments.html"), "html.parser")
    shown = [f"d-{one}" for one in issued.CATALOGUE.departments if page.find(id=f"d-{one}")]
    assert len(found) == len(shown) > 5
    assert [one["address"].partition("#")[2] for one in found] == shown
    for one in found:
        name, anchor = one["address"].split("#")
        assert name == "hailing/2018/departments.html"
        assert one["title"] in page.find(id=anchor).get_text()
    assert any(one["words"] for one in found)


def test_the_index_is_a_script_that_ends_no_element() -> None:
    script = index_script([Entry("</script><b>", "指标", "a.html", "\u2028")]).decode()

    assert "<" not in script
    rows = script.partition("= ")[2].rstrip(";\n")
    assert json.loads(rows)[0]["title"] == "</script><b>"


def test_every_page_allows_its_own_style_and_nothing_from_outside(project: Project) -> None:
    issued.make(project)
    for name, content in site(project).items():
        if name.endswith(".html") and isinstance(content, bytes):
            head = content.decode().partition("</head>")[0]
            assert "default-src &#39;none&#39;" in head or "default-src 'none'" in head, name
            assert "unsafe" not in head, name
            assert "http:" not in head, name
            assert "https:" not in head, name
