"""Publications that fail or are ended in the middle: readers and the project agree on what is."""

import json
from pathlib import Path
from typing import Any

import issued_report as issued
import pytest

from ecoreport import distribute, publish
from ecoreport.errors import EcoReportError, InputError
from ecoreport.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


@pytest.fixture
def web(tmp_path: Path) -> Path:
    return tmp_path / "web"


def full(*_given: object, **_options: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_publication_that_fails_leaves_what_stood_and_takes_no_number(
    project: Project, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued.make(project)
    issued.issue(project, web)
    before = issued.content(web)
    issued.make(project, issued.told(pm25="44"))

    with monkeypatch.context() as patched:
        patched.setattr("shutil.copyfile", full)
        with pytest.raises(EcoReportError, match="No space left"):
            issued.issue(project, web, why="a", now=issued.SUMMER)
    assert issued.content(web) == before
    assert not (project.issued / "hailing/2018/v2").exists()

    done = issued.issue(project, web, why="a", now=issued.SUMMER)
    assert done.publication.number == 2
    assert not [one for one in (web / "releases").iterdir() if one.name.startswith(".")]


@pytest.mark.parametrize("step", ["_stage", "_put", "_lead"])
def test_a_first_publication_that_fails_leaves_an_empty_place_and_a_free_number(
    project: Project, web: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    issued.make(project)
    with monkeypatch.context() as patched:
        patched.setattr(distribute, step, full)
        if step == "_lead":
            # A place that takes no link; the opening page is refused too.
            patched.setattr(distribute, "_put", full)
        with pytest.raises(EcoReportError, match=r"No space left.*未受影响"):
            issued.issue(project, web)
    assert not (web / "current").exists()
    assert list(project.issued.rglob("publication.json")) == []

    issued.make(project, issued.told(pm25="44"))
    assert issued.issue(project, web).publication.number == 1
    assert issued.content(web)


def test_what_fails_once_readers_have_it_is_a_remark(
    project: Project, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued.make(project)
    with monkeypatch.context() as patched:
        patched.setattr(distribute, "_prune", full)
        done = issued.issue(project, web)
    assert "No space left" in done.remarks[0]
    assert done.publication.number == 1

    issued.make(project, issued.told(pm25="44"))
    assert issued.issue(project, web, why="更正").publication.number == 2


def test_the_opening_page_stands_before_the_switch(
    project: Project, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued.make(project)
    seen = []
    replace = Path.replace

    def looking(path: Path, target: Path) -> Path:
        if Path(target).name == "current":
            seen.append((web / "index.html").read_text("utf-8"))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", looking)
    issued.issue(project, web)

    assert "url=current/index.html" in seen[0]


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("is_shown", [False, True])
def test_an_issue_ended_on_its_way_counts_only_if_readers_have_it(
    project: Project,
    web: Path,
    monkeypatch: pytest.MonkeyPatch,
    end: type[BaseException],
    is_shown: bool,
) -> None:
    bring = publish._bring

    def ended(*given: Any) -> None:
        if is_shown:
            bring(*given)
        raise end

    issued.make(project)
    with monkeypatch.context() as patched:
        patched.setattr(publish, "_bring", ended)
        with pytest.raises(end):
            issued.issue(project, web)

    issued.make(project, issued.told(pm25="44"))
    if is_shown:
        with pytest.raises(InputError, match="WHY_REVISED"):
            issued.issue(project, web)
        assert issued.issue(project, web, why="更正").publication.number == 2
        first = json.loads((web / "current/hailing/2018-v1/data/assessment.json").read_bytes())
        assert first["observations"][0]["value"] == "45"
    else:
        assert issued.issue(project, web).publication.number == 1
        assert "2018-v1" not in " ".join(issued.content(web))


def test_what_is_on_its_way_elsewhere_is_looked_for_there(
    project: Project, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring = publish._bring

    def ended(*given: Any) -> None:
        bring(*given)
        raise KeyboardInterrupt

    issued.make(project)
    with monkeypatch.context() as patched:
        patched.setattr(publish, "_bring", ended)
        with pytest.raises(KeyboardInterrupt):
            issued.issue(project, web)

    done = issued.issue(project, web.with_name("second"))
    assert (done.publication.number, done.is_new) == (1, False)


@pytest.mark.parametrize("damage", ["{", "[1]", '{"hailing/2018/v1": {}}', "null", "\udcff"])
def test_a_damaged_list_of_what_is_there_is_told(project: Project, web: Path, damage: str) -> None:
    issued.make(project)
    issued.issue(project, web)
    (web / "current/site.json").write_bytes(damage.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match=r"site\.json 已损坏"):
        issued.published(project, web)


def test_a_share_that_gets_links_later_never_leads_nowhere(
    project: Project, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued.make(project)

    def refused(*_given: object, **_options: object) -> None:
        raise OSError(1, "Operation not permitted")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "symlink_to", refused)
        issued.issue(project, web)
        issued.make(project, issued.told(pm25="44"))
        issued.issue(project, web, why="更正")
    (before,) = {distribute.shown(web)}
    issued.make(project, issued.told(pm25="43"))
    with monkeypatch.context() as patched:
        patched.setattr(distribute, "write_whole", full)
        with pytest.raises(EcoReportError):
            issued.issue(project, web, why="再更正")
    assert distribute.shown(web) == before

    assert issued.issue(project, web, why="再更正").publication.number == 3
    assert "url=current/index.html" in (web / "index.html").read_text("utf-8")
