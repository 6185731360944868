"""The same on another machine, by rsync: readable, whole, and never waiting for ever."""

import os
import shutil
import stat
import subprocess
from pathlib import Path

import issued_report as issued
import pytest
from lacking import lacking

from ecoreport import remote as module
from ecoreport.distribute import ArrivalUnknownError
from ecoreport.errors import EcoReportError, InputError
from ecoreport.project import Project

REPORT = "current/hailing/2018"
SSH = """#!/bin/sh
printf "%s\\n" "$*" >> {asked}
while [ "$1" = -l ] || [ "$1" = -o ]; do shift 2; done
shift
umask 077
{before}
exec "$@"
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


@pytest.fixture
def web(tmp_path: Path) -> Path:
    return tmp_path / "web"


class Ssh:
    """What rsync takes for ssh: it runs here what was to run there, readable to nobody else."""

    def __init__(self, folder: Path) -> None:
        self.path, self.asked = folder / "ssh", folder / "asked"
        self.does("")

    def does(self, before: str) -> None:
        """Let it do something before it runs what it was asked to."""
        self.path.write_text(SSH.format(asked=self.asked, before=before))
        self.path.chmod(0o755)


@pytest.fixture
def ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ssh:
    if shutil.which("rsync") is None:
        lacking("rsync not found: apt-get install rsync")
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv("RSYNC_RSH", raising=False)
    return Ssh(tmp_path / "bin")


def test_another_machine_gets_the_same_by_rsync(project: Project, web: Path, ssh: Ssh) -> None:
    target = f"publisher@web.example:{web}"
    issued.make(project)
    assert issued.issue(project, target).opening == f"{target}/index.html"
    first = issued.content(web)
    issued.make(project, issued.told(pm25="44"))
    issued.issue(project, target, why="a", now=issued.SUMMER)

    issued.published(project, web.with_name("local"))
    assert issued.content(web) == issued.content(web.with_name("local"))
    assert first.keys() < issued.content(web).keys()
    assert (web / "current").is_symlink()
    modes = {stat.S_IMODE(path.lstat().st_mode) for path in web.rglob("*") if not path.is_symlink()}
    assert modes == {0o755, 0o644}
    alike = [path for path in (web / REPORT).rglob("*.csv") if path.stat().st_nlink > 1]
    assert alike
    said = ssh.asked.read_text("utf-8")
    assert "-o BatchMode=yes -o ConnectTimeout=20 -l publisher web.example rsync --server" in said


def test_another_machine_keeps_what_it_has_when_it_cannot_be_reached(
    project: Project, web: Path, ssh: Ssh
) -> None:
    target = f"publisher@web.example:{web}"
    issued.make(project)
    issued.issue(project, target)
    before = issued.content(web)
    issued.make(project, issued.told(pm25="44"))
    ssh.does("echo no route to host >&2; exit 255")
    with pytest.raises(EcoReportError, match=r"no route to host.*未受影响"):
        issued.issue(project, target, why="a", now=issued.SUMMER)

    assert issued.content(web) == before


def test_other_peoples_folders_there_are_left_alone_too(
    project: Project, web: Path, ssh: Ssh
) -> None:
    web.mkdir()
    (web / "home page.html").write_text("theirs")
    issued.make(project)
    with pytest.raises(InputError, match="其他内容"):
        issued.issue(project, f"publisher@web.example:{web}")

    assert ssh.asked.exists()
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


def test_rsync_is_never_started_through_a_shell(
    project: Project, ssh: Ssh, monkeypatch: pytest.MonkeyPatch
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
    assert ssh.path.exists()
    assert not options.get("shell")
    assert words[-2:] == ["--", "a@b:/web/"]
    assert options["stdin"] == subprocess.DEVNULL


def test_a_machine_that_says_nothing_is_given_up(
    project: Project, ssh: Ssh, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SILENCE_SECONDS", 1)
    ssh.does("exec sleep 60")
    issued.make(project)
    with pytest.raises(EcoReportError, match="长时间没有应答"):
        issued.issue(project, f"publisher@web.example:{web}")

    assert list(project.issued.rglob("publication.json")) == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("a@b: Permission denied (publickey,password).", "密钥登录"),
        ("Host key verification failed.", "主机密钥"),
        ("ssh: connect to host b port 22: Connection timed out", "没有应答"),
    ],
)
def test_why_a_machine_cannot_be_reached_is_said_in_words(
    project: Project, ssh: Ssh, web: Path, said: str, words: str
) -> None:
    ssh.does(f"echo '{said}' >&2; exit 255")
    issued.make(project)
    with pytest.raises(EcoReportError, match=words):
        issued.issue(project, f"a@b:{web}")


def test_what_a_person_set_for_ssh_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RSYNC_RSH", "/opt/ssh -p 2222")
    assert module._shell() == "/opt/ssh -p 2222 -o BatchMode=yes -o ConnectTimeout=20"
    monkeypatch.setenv("RSYNC_RSH", "rsh -x")
    assert module._shell() == "rsh -x"


@pytest.mark.parametrize("how", ["before", "after"])
def test_a_switch_that_breaks_off_counts_only_if_readers_have_it(
    project: Project, web: Path, monkeypatch: pytest.MonkeyPatch, ssh: Ssh, how: str
) -> None:
    target = f"publisher@web.example:{web}"
    issued.make(project)
    lead = module._lead

    def breaking(*given: object) -> None:
        if how == "after":
            lead(*given)  # type: ignore[arg-type]
        raise EcoReportError("connection lost")

    with monkeypatch.context() as patched:
        patched.setattr(module, "_lead", breaking)
        if how == "after":
            assert issued.issue(project, target).publication.number == 1
        else:
            with pytest.raises(EcoReportError, match="connection lost"):
                issued.issue(project, target)

    issued.make(project, issued.told(pm25="44"))
    done = issued.issue(project, target, why="更正" if how == "after" else "")
    assert done.publication.number == (2 if how == "after" else 1)
    assert ssh.asked.exists()


def test_where_nobody_can_tell_it_is_found_out_at_the_next_publication(
    project: Project, web: Path, monkeypatch: pytest.MonkeyPatch, ssh: Ssh
) -> None:
    target = f"publisher@web.example:{web}"
    issued.make(project)
    lead = module._lead

    def breaking(*given: object) -> None:
        lead(*given)  # type: ignore[arg-type]
        ssh.does("echo no route to host >&2; exit 255")
        raise EcoReportError("connection lost")

    with monkeypatch.context() as patched:
        patched.setattr(module, "_lead", breaking)
        with pytest.raises(ArrivalUnknownError, match="无从知道"):
            issued.issue(project, target)
    with pytest.raises(InputError, match=r"无从知道.*\.bringing"):
        issued.issue(project, web.with_name("elsewhere"))

    ssh.does("")
    issued.make(project, issued.told(pm25="44"))
    with pytest.raises(InputError, match="WHY_REVISED"):
        issued.issue(project, target)
    assert issued.issue(project, target, why="更正").publication.number == 2
