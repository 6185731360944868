"""All that was approved goes out in one step; what stays is named, with the reason."""

import shutil
from pathlib import Path

import issued_report as issued
import pytest

from ecoreport import cli, distribute
from ecoreport.project import Project
from ecoreport.publications import issues

NAMES = ("DISTRICT", "YEAR", "DISTRICTS", "YEARS", "TARGET", "WHY_REVISED", "EDITION", "LOCALE")


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three years, of which two were approved."""
    project = Project(tmp_path_factory.mktemp("approved"))
    for year in (2016, 2017, 2018):
        issued.make(project, issued.told(year))
    for year in (2017, 2018):
        issued.approved(project, f"hailing/{year}")
    return project.root


@pytest.fixture
def project(approved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The same, with parameters and templates, as the project that commands are of."""
    project = Project(Path(shutil.copytree(approved, tmp_path / "project")))
    for name in ("params", "templates"):
        (project.root / name).symlink_to(Project.here().root / name)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ECOREPORT_ROOT", str(project.root))
    return project


@pytest.fixture
def web(tmp_path: Path) -> Path:
    return tmp_path / "web"


def publish(capsys: pytest.CaptureFixture[str], web: Path, *given: str) -> tuple[int, str]:
    exit_code = cli.main(["publish", *given, "--target", str(web)])
    said = capsys.readouterr()
    return exit_code, said.out + said.err


def test_all_that_was_approved_goes_out_in_one_switch_and_the_rest_is_named(
    project: Project,
    web: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trees = []
    write = distribute.write_tree
    monkeypatch.setattr(
        distribute, "write_tree", lambda tree, *rest: trees.append(tree) or write(tree, *rest)
    )
    exit_code, said = publish(capsys, web)

    assert exit_code == 0, said
    assert "已发布《海陵区2017年度评估》第1版" in said
    assert "已发布《海陵区2018年度评估》第1版" in said
    assert "hailing/2016" in said and "尚未签发" in said
    assert len(trees) == 1
    assert not (web / "current/hailing/2016").exists()
    assert {one.publication.name for found in issues(project).values() for one in found} == {
        "hailing/2017/v1",
        "hailing/2018/v1",
    }

    issued.make(project, issued.told(2017, "47"))
    issued.approved(project, "hailing/2017", issued.SUMMER)
    exit_code, said = publish(capsys, web)
    assert exit_code == 0, said
    assert "hailing/2017" in said and "WHY_REVISED" in said
    assert "《海陵区2018年度评估》内容未变，仍为第1版" in said
    assert len(trees) == 1

    exit_code, said = publish(capsys, web, "--why-revised", "更正", "--years", "2017")
    assert "已发布《海陵区2017年度评估》第2版" in said
    assert "2018" not in said.replace(str(web), "")


def test_where_nothing_is_approved_it_is_an_error_that_names_each(
    project: Project, web: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for approval in project.issued.rglob("approval.json"):
        approval.unlink()
    exit_code, said = publish(capsys, web)

    assert exit_code == 2
    assert said.startswith("没有可以发布的报告")
    assert [said.count(f"hailing/{year}") for year in (2016, 2017, 2018)] == [1, 1, 1]
    assert not web.exists()


def test_one_that_is_named_and_may_not_go_is_an_error(
    project: Project, web: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project
    exit_code, said = publish(capsys, web, "hailing", "2016")
    assert (exit_code, "尚未签发" in said) == (2, True)
    assert not web.exists()


def test_what_stands_is_approved_in_its_own_edition(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [f"--{role.replace('_', '-')}={name}" for role, name in issued.NAMES.items()]
    assert cli.main(["approve", "hailing", "2016", "--edition", "internal", *names]) == 2
    assert "为公开版，不是内部版" in capsys.readouterr().err
    assert not (project.issued / "hailing/2016").exists()

    assert cli.main(["approve", "hailing", "2016", *names]) == 0
    assert "（公开版）：张三 · 李四 · 王五" in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["--districts", "nowhere"], "nowhere"),
        (["--years", "2016-"], "YEARS"),
        (["--years", "2011"], "没有可以发布的报告"),
        (["hailing"], "YEAR"),
    ],
)
def test_what_is_asked_for_and_is_not_there_is_told(
    project: Project,
    web: Path,
    capsys: pytest.CaptureFixture[str],
    given: list[str],
    words: str,
) -> None:
    assert project
    exit_code, said = publish(capsys, web, *given)
    assert (exit_code, words in said) == (2, True), said
    assert not web.exists()


def test_what_is_published_is_shown_also_from_a_share_without_links(
    project: Project,
    web: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    served = []
    monkeypatch.setattr(
        "ecoreport.issuing.open_server", lambda folder, _port: served.append(folder)
    )
    monkeypatch.setattr("ecoreport.issuing.serve_pages", lambda *_given: None)
    assert cli.main(["serve", "--target", str(web)]) == 2
    assert "没有发布过的网站" in capsys.readouterr().err

    assert publish(capsys, web)[0] == 0
    assert cli.main(["serve", "--target", str(web)]) == 0
    (release,) = (web / "releases").iterdir()
    (web / "current").unlink()
    (web / "index.html").write_bytes(distribute.opening_page(f"releases/{release.name}/index.html"))
    assert cli.main(["serve", "--target", str(web)]) == 0
    assert served == [web / "current", release]
    assert project
