"""Only what was verified and approved leaves the house; it arrives whole, and nothing is lost."""

import json
import os
import shutil
import stat
from pathlib import Path

import issued_report as issued
import pytest

from ecoreport import publish as module
from ecoreport.current import current_manifest
from ecoreport.errors import BusyError, InputError
from ecoreport.project import Project

REPORT = "current/hailing/2018"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


@pytest.fixture
def web(tmp_path: Path) -> Path:
    return tmp_path / "web"


def test_an_approved_report_arrives_whole_named_and_readable(project: Project, web: Path) -> None:
    issued.make(project)
    before = os.umask(0o077)
    try:
        done = issued.issue(project, web)
    finally:
        os.umask(before)

    assert done.opening == str(web / "index.html")
    assert 'url=current/index.html"' in (web / "index.html").read_text("utf-8")
    page = (web / REPORT / "index.html").read_text("utf-8")
    assert "张三 · 李四 · 王五" in page
    assert "草稿" not in page.partition("<!--content-->")[0]
    assert '<a href="../../index.html">首页</a>' in page
    assert (web / REPORT / "data/chart-months.csv").read_bytes() == b"a,b\n"
    if os.name == "posix":
        modes = {
            stat.S_IMODE(path.stat().st_mode)
            for path in (web, *web.rglob("*"))
            if path.name != ".lock"
        }
        assert modes == {0o755, 0o644}


def test_nothing_but_pages_and_downloads_goes_along(project: Project, web: Path) -> None:
    folder = issued.make(project)
    for private in ("data/raw/hailing/2018/a.csv", "logs/report.log"):
        path = project.root / private
        path.parent.mkdir(parents=True)
        path.write_text("private")
    (folder / "run.json").write_text("{}")
    (folder / "versions" / current_manifest(folder).version / "notes.txt").write_text("private")
    issued.issue(project, web)

    below = {name for name in issued.content(web) if name.startswith("hailing/2018/")}
    assert below == {f"hailing/2018/{name}" for name in current_manifest(folder).files}
    assert not any(b"private" in one for one in issued.content(web).values())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rests_on_demonstration": True}, "演示数据"),
        ({"is_draft": True}, "草稿"),
        ({"internal_datasets": ("土壤详查",)}, "内部数据（土壤详查）.*EDITION=public"),
        ({}, "尚未签发.*make approve"),
    ],
)
def test_what_is_unfit_stays(
    project: Project, web: Path, changes: dict[str, bool], words: str
) -> None:
    issued.make(project, **changes)
    if changes.get("internal_datasets"):
        issued.approved(project)
    with pytest.raises(InputError, match=words):
        issued.published(project, web)

    assert not web.exists()


def test_marks_of_close_calls_stay(project: Project, web: Path) -> None:
    known = issued.told()
    known["verdicts"][0]["fragility"] = ["day"]
    issued.make(project, known)
    with pytest.raises(InputError, match=r"临界标记（.*接近目标"):
        issued.issue(project, web)

    assert not web.exists()


def test_an_internal_edition_stays(project: Project, web: Path) -> None:
    issued.make(project, is_public=False)
    with pytest.raises(InputError, match=r"内部版.*EDITION=public"):
        issued.issue(project, web)

    assert not web.exists()


def test_what_was_changed_after_it_was_approved_stays(project: Project, web: Path) -> None:
    folder = issued.make(project)
    issued.approved(project)
    issued.make(project, issued.told(pm25="44"))
    with pytest.raises(InputError, match="签发之后内容有改动"):
        issued.published(project, web)

    version = folder / "versions" / current_manifest(folder).version
    (version / "data/chart-months.csv").write_bytes(b"better\n")
    with pytest.raises(InputError, match=r"chart-months\.csv"):
        issued.published(project, web)


def test_a_link_in_the_report_is_not_followed(project: Project, web: Path, tmp_path: Path) -> None:
    folder = issued.make(project)
    issued.approved(project)
    page = folder / "versions" / current_manifest(folder).version / "index.html"
    (tmp_path / "elsewhere").write_bytes(page.read_bytes())
    page.unlink()
    page.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(InputError, match=r"index\.html"):
        issued.published(project, web)


def test_addresses_stay_and_what_was_published_stays_as_it_was(project: Project, web: Path) -> None:
    issued.make(project)
    issued.issue(project, web)
    first = issued.content(web)
    issued.make(project, issued.told(pm25="44"))
    with pytest.raises(InputError, match="WHY_REVISED"):
        issued.issue(project, web, now=issued.SUMMER)
    assert issued.content(web) == first
    done = issued.issue(project, web, now=issued.SUMMER, why="更正三月<错处>")

    second = issued.content(web)
    assert (done.publication.number, done.is_new) == (2, True)
    assert first.keys() < second.keys()
    for name, before in first.items():
        if name.startswith("hailing/2018/"):
            assert second[name.replace("hailing/2018/", "hailing/2018-v1/")] == before
    page = second["hailing/2018/index.html"].decode()
    assert "修订（第2版）" in page
    assert "更正三月&lt;错处&gt;" in page
    district = second["hailing/index.html"].decode()
    assert "1个数值修订" in district
    assert "../hailing/2018-v1/index.html" in district
    assert "更正三月&lt;错处&gt;" in second["index.html"].decode()


def test_publishing_the_same_again_changes_nothing(project: Project, web: Path) -> None:
    issued.make(project)
    issued.issue(project, web)
    before = issued.content(web)
    done = issued.published(project, web, now=issued.SUMMER)

    assert not done.is_new
    assert issued.content(web) == before
    assert len(list((web / "releases").iterdir())) == 1


def test_a_second_place_gets_all_that_was_published(project: Project, web: Path) -> None:
    issued.make(project)
    issued.issue(project, web)
    issued.make(project, issued.told(2017, "48"))
    issued.issue(project, web, address="hailing/2017")
    issued.published(project, web.with_name("second"))

    assert issued.content(web.with_name("second")) == issued.content(web)


def test_a_release_changed_by_hand_is_made_whole(project: Project, web: Path) -> None:
    issued.make(project)
    issued.issue(project, web)
    before = issued.content(web)
    (web / REPORT / "index.html").write_text("defaced")
    (web / REPORT / "added.html").write_text("added")
    issued.published(project, web)

    assert issued.content(web) == before


def test_what_readers_have_is_replaced_in_one_step(
    project: Project, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued.make(project)
    issued.issue(project, web)
    before = issued.content(web)
    issued.make(project, issued.told(pm25="44"))
    seen = []
    replace = Path.replace

    def looking(path: Path, target: Path) -> Path:
        if Path(target).name == "current":
            seen.append(issued.content(web))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", looking)
    issued.issue(project, web, why="a", now=issued.SUMMER)

    assert seen == [before]
    assert issued.content(web) != before


def test_a_place_with_issues_that_are_not_ours_is_left_alone(project: Project, web: Path) -> None:
    issued.make(project)
    issued.issue(project, web)
    before = issued.content(web)
    shutil.rmtree(project.issued)
    issued.make(project, issued.told(pm25="44"))
    with pytest.raises(InputError, match="hailing/2018/v1"):
        issued.issue(project, web)

    assert issued.content(web) == before


def test_the_project_is_no_place_to_publish(project: Project, tmp_path: Path) -> None:
    issued.make(project)
    issued.approved(project)
    inside = tmp_path / "link"
    inside.symlink_to(Project.here().root)

    for target in (inside / "reports/web", project.root / "web"):
        with pytest.raises(InputError, match="本项目"):
            issued.published(project, target)


def test_other_peoples_folders_are_left_alone(project: Project, web: Path) -> None:
    issued.make(project)
    issued.approved(project)
    web.mkdir()
    (web / "index.html").write_text("the bureau's home page")
    with pytest.raises(InputError, match="其他内容"):
        issued.published(project, web)

    assert [path.name for path in web.iterdir()] == ["index.html"]
    assert not list(project.issued.rglob("v1"))


def test_releases_that_lead_elsewhere_are_refused(
    project: Project, web: Path, tmp_path: Path
) -> None:
    issued.make(project)
    issued.approved(project)
    web.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (web / "releases").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(InputError, match="链接"):
        issued.published(project, web)


def test_where_links_cannot_be_made_the_opening_page_is_the_switch(
    project: Project, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued.make(project)

    def refused(*_given: object, **_options: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "symlink_to", refused)
    issued.issue(project, web)

    (release,) = (web / "releases").iterdir()
    assert f"url=releases/{release.name}/index.html" in (web / "index.html").read_text("utf-8")


def test_two_at_once_never_mix(project: Project, web: Path) -> None:
    issued.make(project)
    issued.approved(project)
    with module._alone(project), pytest.raises(BusyError):
        issued.published(project, web)
    issued.published(project, web)


def test_what_is_kept_of_an_issue_is_what_was_published(project: Project, web: Path) -> None:
    issued.make(project)
    issued.issue(project, web)
    folder = project.issued / "hailing/2018/v1"
    record = json.loads((folder / "publication.json").read_text("utf-8"))

    assert record["approval"]["released_by"] == "王五"
    for name in record["files"]:
        assert (folder / "files" / name).read_bytes() == (web / REPORT / name).read_bytes()
