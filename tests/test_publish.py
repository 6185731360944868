"""Only what was verified and approved leaves the house; it arrives whole, and nothing is lost."""

import json
import os
import shutil
import stat
import subprocess
from pathlib import Path

import issued_report as issued
import pytest

from ecoreport import publish as module
from ecoreport.current import current_manifest
from ecoreport.errors import BusyError, EcoReportError, InputError
from ecoreport.project import Project

REPORT = "current/hailing/2018"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


@pytest.fixture
def web(tmp_path: Path) -> Path:
    return tmp_path / "web"


def content(web: Path) -> dict[str, bytes]:
    """What readers find, through the link."""
    current = web / "current"
    return {
        path.relative_to(current).as_posix(): path.read_bytes()
        for path in current.resolve().rglob("*")
        if path.is_file() and current.is_dir()
        for path in [current / path.relative_to(current.resolve())]
    }


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

    below = {name for name in content(web) if name.startswith("hailing/2018/")}
    assert below == {f"hailing/2018/{name}" for name in current_manifest(folder).files}
    assert not any(b"private" in one for one in content(web).values())


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
    with pytest.raises(InputError, match="临界"):
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
    first = content(web)
    issued.make(project, issued.told(pm25="44"))
    with pytest.raises(InputError, match="WHY_REVISED"):
        issued.issue(project, web, now=issued.SUMMER)
    assert content(web) == first
    done = issued.issue(project, web, now=issued.SUMMER, why="更正三月<错处>")

    second = content(web)
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
    before = content(web)
    done = issued.published(project, web, now=issued.SUMMER)

    assert not done.is_new
    assert content(web) == before
    assert len(list((web / "releases").iterdir())) == 1


def test_a_second_place_gets_all_that_was_published(project: Project, web: Path) -> None:
    issued.make(project)
    issued.issue(project, web)
    issued.make(project, issued.told(2017, "48"))
    issued.issue(project, web, address="hailing/2017")
    issued.published(project, web.with_name("second"))

    assert content(web.with_name("second")) == content(web)


def test_a_publication_that_fails_leaves_what_stood_and_takes_no_number(
    project: Project, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued.make(project)
    issued.issue(project, web)
    before = content(web)
    issued.make(project, issued.told(pm25="44"))

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("shutil.copyfile", full)
        with pytest.raises(EcoReportError, match="No space left"):
            issued.issue(project, web, why="a", now=issued.SUMMER)
    assert content(web) == before
    assert not (project.issued / "hailing/2018/v2").exists()

    done = issued.issue(project, web, why="a", now=issued.SUMMER)
    assert done.publication.number == 2
    assert not [one for one in (web / "releases").iterdir() if one.name.startswith(".")]


def test_a_release_changed_by_hand_is_made_whole(project: Project, web: Path) -> None:
    issued.make(project)
    issued.issue(project, web)
    before = content(web)
    (web / REPORT / "index.html").write_text("defaced")
    (web / REPORT / "added.html").write_text("added")
    issued.published(project, web)

    assert content(web) == before


def test_what_readers_have_is_replaced_in_one_step(
    project: Project, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued.make(project)
    issued.issue(project, web)
    before = content(web)
    issued.make(project, issued.told(pm25="44"))
    seen = []
    replace = Path.replace

    def looking(path: Path, target: Path) -> Path:
        if Path(target).name == "current":
            seen.append(content(web))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", looking)
    issued.issue(project, web, why="a", now=issued.SUMMER)

    assert seen == [before]
    assert content(web) != before


def test_a_place_with_issues_that_are_not_ours_is_left_alone(project: Project, web: Path) -> None:
    issued.make(project)
    issued.issue(project, web)
    before = content(web)
    shutil.rmtree(project.issued)
    issued.make(project, issued.told(pm25="44"))
    with pytest.raises(InputError, match="hailing/2018/v1"):
        issued.issue(project, web)

    assert content(web) == before


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


@pytest.fixture
def remote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What rsync takes for ssh: it runs here what was to run there."""
    if shutil.which("rsync") is None:
        pytest.skip("rsync not found: apt-get install rsync")
    shell = tmp_path / "shell"
    asked = tmp_path / "asked"
    shell.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >> {asked}\n'
                     'while [ "$1" = -l ]; do shift 2; done\nshift\nexec "$@"\n')  # fmt: skip
    shell.chmod(0o755)
    monkeypatch.setenv("RSYNC_RSH", str(shell))
    return asked


def test_another_machine_gets_the_same_by_rsync(project: Project, web: Path, remote: Path) -> None:
    target = f"publisher@web.example:{web}"
    issued.make(project)
    assert issued.issue(project, target).opening == f"{target}/index.html"
    first = content(web)
    issued.make(project, issued.told(pm25="44"))
    issued.issue(project, target, why="a", now=issued.SUMMER)

    issued.published(project, web.with_name("local"))
    assert content(web) == content(web.with_name("local"))
    assert first.keys() < content(web).keys()
    assert (web / "current").is_symlink()
    modes = {stat.S_IMODE(path.lstat().st_mode) for path in web.rglob("*") if not path.is_symlink()}
    assert modes == {0o755, 0o644}
    alike = [path for path in (web / REPORT).rglob("*.csv") if path.stat().st_nlink > 1]
    assert alike
    assert "-l publisher web.example rsync --server" in remote.read_text("utf-8")


def test_another_machine_keeps_what_it_has_when_it_cannot_be_reached(
    project: Project, web: Path, remote: Path
) -> None:
    target = f"publisher@web.example:{web}"
    issued.make(project)
    issued.issue(project, target)
    before = content(web)
    issued.make(project, issued.told(pm25="44"))
    remote.with_name("shell").write_text("#!/bin/sh\necho no route to host >&2\nexit 255\n")
    with pytest.raises(EcoReportError, match=r"no route to host.*未受影响"):
        issued.issue(project, target, why="a", now=issued.SUMMER)

    assert content(web) == before


def test_other_peoples_folders_there_are_left_alone_too(
    project: Project, web: Path, remote: Path
) -> None:
    web.mkdir()
    (web / "home page.html").write_text("theirs")
    issued.make(project)
    with pytest.raises(InputError, match="其他内容"):
        issued.issue(project, f"publisher@web.example:{web}")

    assert remote.exists()
    assert [path.name for path in web.iterdir()] == ["home page.html"]


@pytest.mark.parametrize(
    "target",
    ["a@b:/web; touch x", "a@b:$(touch x)", "a@b:`touch x`", "a@-oProxyCommand=x:/web",
     "-e@b:/web", "a@b:../web", "a@b:/web/../../etc", "a@b:-rf", "a@b:/web\nx", "a b@c:/web",
     "a@b:", "a@b:/x y"],
)  # fmt: skip
def test_targets_that_a_shell_could_take_for_more_are_refused(
    project: Project, target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued.make(project)
    issued.approved(project)
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    with pytest.raises(InputError, match="TARGET"):
        issued.published(project, target)

    assert set(tmp_path.iterdir()) == before


def test_without_rsync_it_says_so(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    issued.make(project)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match="rsync"):
        issued.issue(project, "a@b:/web")
    assert not list(project.issued.rglob("v1"))


def test_what_is_kept_of_an_issue_is_what_was_published(project: Project, web: Path) -> None:
    issued.make(project)
    issued.issue(project, web)
    folder = project.issued / "hailing/2018/v1"
    record = json.loads((folder / "publication.json").read_text("utf-8"))

    assert record["approval"]["released_by"] == "王五"
    for name in record["files"]:
        assert (folder / "files" / name).read_bytes() == (web / REPORT / name).read_bytes()


def test_rsync_is_never_started_through_a_shell(
    project: Project, remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def noted(words: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        calls.append((words, options))
        return subprocess.CompletedProcess(words, 255, "", "refused")

    monkeypatch.setattr("subprocess.run", noted)
    issued.make(project)
    with pytest.raises(EcoReportError, match="refused"):
        issued.issue(project, "a@b:/web")

    ((words, options),) = calls
    assert remote.parent.exists()
    assert not options.get("shell")
    assert words[-2:] == ["--", "a@b:/web/"]
