"""The Makefile hands on what people type, as it was typed, and runs nothing of it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from small_project import ROOT, clean_environ

from ecoreport import cli

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")

VERBS = [
    *("report", "reports", "check", "import", "templates", "demonstration"),
    *("verify", "word", "pdf", "approve", "publish", "diff", "serve", "ledger", "remind"),
]
TASKS = [
    *(
        "help",
        *VERBS,
        "archive",
        "cluster",
        "lab",
        "setup",
        "test",
        "lint",
        "bench",
        "lock",
        "catalogue",
        "plans",
        "methods",
        "wheelhouse",
        "clean",
    ),
]
HOSTILE = [
    "../../etc",
    "hai ling",
    "'; touch x; '",
    '"; touch x; "',
    "$(touch x)",
    "$(shell touch x)",
    "${shell touch x}",
    "$$(touch x)",
    "`touch x`",
    ";touch x",
    "|| touch x",
    "a\ntouch x",
    "a\n\ttouch x",
    "a # b",
    "$(error stop)",
    "$(eval report: ; touch x)",
    "海陵",
    "-n",
    "*.csv data/[a-z]*.csv.gz",
    "a\\",
]
# Stands in for the environment's Python: writes down what reached it.
STAND_IN = f"""#!{sys.executable}
import json, os, sys
with open("seen.json", "w") as file:
    json.dump({{"arguments": sys.argv[1:], "environ": dict(os.environ)}}, file)
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the Makefile and a stand-in for Python."""
    shutil.copy(ROOT / "Makefile", tmp_path / "Makefile")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(STAND_IN)
    python.chmod(0o755)
    return tmp_path


def make(checkout: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *arguments],
        cwd=checkout,
        env={**clean_environ(), **environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def seen(checkout: Path) -> dict:
    return dict(json.loads((checkout / "seen.json").read_text()))


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("is_environment", [False, True])
def test_hostile_value_arrives_as_typed(checkout: Path, value: str, is_environment: bool) -> None:
    own = {action.dest.upper() for action in cli._parser()._actions}
    names = {*own, "V", "Q", "PYTHON", "ANYTHING"}
    before = sorted(checkout.iterdir())
    if is_environment:
        result = make(checkout, "report", **dict.fromkeys(names, value))
    else:
        result = make(checkout, "report", *(f"{name}={value}" for name in names))
    assert result.returncode == 0, result.stderr
    assert {name: seen(checkout)["environ"].get(name) for name in names} == dict.fromkeys(
        names, value
    )
    assert sorted(checkout.iterdir()) == sorted([*before, checkout / "seen.json"])


@pytest.mark.parametrize("value", HOSTILE)
def test_dry_run_shows_nothing_of_what_was_typed(checkout: Path, value: str) -> None:
    plain = make(checkout, "-n", "report")
    hostile = make(checkout, "-n", "report", f"DISTRICT={value}", f"YEAR={value}")
    assert hostile.stdout == plain.stdout
    assert not (checkout / "x").exists()


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_calls_the_program(checkout: Path, verb: str) -> None:
    assert make(checkout, verb).returncode == 0
    assert seen(checkout)["arguments"] == [
        *("-E", "-S", "scripts/bootstrap.py", "run", "--", "-m", "ecoreport", verb)
    ]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_scheduler_asks_for_its_packages_and_runs_nothing(checkout: Path, value: str) -> None:
    assert make(checkout, "reports", f"SCHEDULER={value}").returncode == 0
    assert seen(checkout)["arguments"][3:6] == ["run", "cluster", "--"]
    assert seen(checkout)["environ"]["SCHEDULER"] == value
    assert not (checkout / "x").exists()


def test_failure_of_the_program_fails_make(checkout: Path) -> None:
    (checkout / ".venv" / "bin" / "python").write_text("#!/bin/sh\nexit 2\n")
    assert make(checkout, "report").returncode != 0


def test_arguments_of_pytest_are_words_and_not_commands(checkout: Path) -> None:
    value = '-k "air and not water"; touch x $(shell touch x)'
    assert make(checkout, "test", f"PYTEST_ARGS={value}").returncode == 0
    assert seen(checkout)["environ"]["PYTEST_ADDOPTS"].strip() == value
    assert not (checkout / "x").exists()


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_help_lists_every_task_on_one_line(checkout: Path, locale: str) -> None:
    lines = make(checkout, f"LOCALE={locale}").stdout.splitlines()
    assert sorted(line.split()[1] for line in lines) == sorted(TASKS)
    assert all(line.split(maxsplit=2)[2].isascii() == (locale == "en") for line in lines)


@pytest.mark.parametrize("spoilt", ["dangling", "folder", "not executable"])
def test_an_environment_without_its_python_gives_way_to_the_systems(
    checkout: Path, tmp_path: Path, spoilt: str
) -> None:
    python = checkout / ".venv" / "bin" / "python"
    system = tmp_path / "bin" / "python3"
    system.parent.mkdir()
    shutil.copy(python, system)
    python.unlink()
    if spoilt == "dangling":
        python.symlink_to("/nowhere/python3")
    elif spoilt == "folder":
        python.mkdir()
    else:
        python.touch(0o644)
    path = f"{system.parent}:{clean_environ()['PATH']}"
    result = make(checkout, "report", PATH=path)
    assert result.returncode == 0, result.stderr
    assert seen(checkout)["arguments"][2] == "scripts/bootstrap.py"


def test_python_is_asked_for_where_there_is_none(checkout: Path) -> None:
    shutil.rmtree(checkout / ".venv")
    (checkout / "bin").mkdir()
    (checkout / "bin" / "sh").symlink_to("/bin/sh")
    program = shutil.which("make") or "make"
    result = subprocess.run(
        [program, "report"],
        cwd=checkout,
        env={"PATH": str(checkout / "bin")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode != 0
    assert "请先安装 Python 3.11、3.12 或 3.13" in result.stderr


def test_clean_leaves_what_cannot_be_made_again(checkout: Path) -> None:
    kept = [
        "data/raw/hailing/2018/air.xlsx",
        "data/processed/README.md",
        "data/processed/hailing/2017/evidence.json",
        "reports/README.md",
        "params/indicators.csv",
    ]
    removed = [
        "data/processed/hailing/2018/air_daily.parquet",
        "reports/hailing/2018/index.html",
        "src/ecoreport/__pycache__/cli.pyc",
    ]
    for name in [*kept, *removed]:
        path = checkout / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert make(checkout, "clean").returncode == 0
    assert [name for name in kept if not (checkout / name).exists()] == []
    assert [name for name in removed if (checkout / name).exists()] == []


def test_clean_does_not_follow_links(checkout: Path) -> None:
    (checkout / "elsewhere").mkdir()
    (checkout / "elsewhere" / "kept.csv").touch()
    (checkout / "reports").symlink_to("elsewhere")
    (checkout / "data" / "processed").mkdir(parents=True)
    (checkout / "data" / "processed" / "link").symlink_to(checkout / "elsewhere")
    assert make(checkout, "clean").returncode == 0
    assert (checkout / "elsewhere" / "kept.csv").exists()


def test_clean_leaves_what_people_edited_in_word(checkout: Path) -> None:
    report = checkout / "reports" / "hailing" / "2018"
    kept = [
        checkout / "reports" / "README.md",
        checkout / "data" / "processed" / "README.md",
        report / "documents" / "通报 一.docx",
        report / "2018-09-30" / "en" / "documents" / "bulletin.docx",
    ]
    gone = [
        checkout / "reports" / "run.json",
        checkout / "data" / "processed" / "hailing" / "2018" / "state.json",
        report / "versions" / "1" / "index.html",
        checkout / "reports" / "hailing" / "2017" / "index.html",
    ]
    for path in (*kept, *gone):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    assert make(checkout, "clean").returncode == 0
    assert [path for path in (*kept, *gone) if path.exists()] == kept
    assert not (checkout / "reports" / "hailing" / "2017").exists()
    assert not (report / "versions").exists()


@pytest.mark.parametrize("name", ["foo", "reprot", *(one for one in HOSTILE if "=" not in one)])
def test_an_unknown_command_is_told_and_runs_nothing(checkout: Path, name: str) -> None:
    before = sorted(path for path in checkout.rglob("*"))
    result = make(checkout, "--", name)
    assert result.returncode == 2
    assert "没有这个命令" in result.stderr and "make help" in result.stderr
    assert sorted(path for path in checkout.rglob("*")) == before
