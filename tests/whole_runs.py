"""Whole runs as the Makefile starts them, each in a project of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ecoreport.current import current_manifest, read_current
from ecoreport.render.assemble import Manifest

ROOT = Path(__file__).parents[1]
HOUSE = ("params", "notebooks", "templates", "expectations")
# What make hands on is what a person gave; nothing of this session's own may slip in.
GIVEN = {"DISTRICT", "YEAR", "DISTRICTS", "YEARS", "AS_OF", "LOCALE", "DRAFT", "ENGINE", "V", "Q",
         "SOURCE", "FROM", "TARGET", "PORT", "PERIOD", "EDITION", "COMPILED_BY", "CHECKED_BY",
         "RELEASED_BY", "WHY_REVISED", "AGAINST", "WHY", "RESUME", "SCHEDULER", "STORE", "WORKERS",
         "HOST"}  # fmt: skip
LONGEST_RUN_SECONDS = 240
SMALL_CHAPTERS = ("overview", "noise")
SMALL_TABLES = ("指标上报值", "声环境")


@dataclass(frozen=True)
class Run:
    """What a command answered."""

    exit_code: int
    said: str


def make_project(root: Path, *, has_demonstration: bool = True) -> Path:
    """Copy what a report is made with to a new root, and with it the demonstration data."""
    for name in HOUSE:
        shutil.copytree(ROOT / name, root / name)
    if has_demonstration:
        shutil.copytree(ROOT / "data" / "demonstration", root / "data" / "demonstration")
    return root


def make_small(root: Path) -> Path:
    """Copy what a report of two chapters is made with, and the few tables that they show."""
    make_project(root)
    limit_chapters(root, SMALL_CHAPTERS)
    for table in (root / "data" / "demonstration").rglob("演示数据_*"):
        if not any(word in table.name for word in SMALL_TABLES):
            table.unlink()
    return root


def limit_chapters(root: Path, chapters: Sequence[str]) -> None:
    """Leave a project some of its notebooks."""
    for notebook in (root / "notebooks").glob("*.ipynb"):
        if notebook.stem not in chapters:
            notebook.unlink()
    settings = root / "params" / "report.yml"
    text, n_lists = re.subn(
        r"^chapters: \[.*\]$",
        f"chapters: [{', '.join(chapters)}]",
        settings.read_text("utf-8"),
        flags=re.MULTILINE,
    )
    assert n_lists == 1
    settings.write_text(text, "utf-8")


def ecoreport(root: Path, verb: str, **given: str) -> Run:
    """Run a task to its end; `given` stands in the environment, where make leaves it."""
    process = start(root, verb, **given)
    said, _nothing = process.communicate(timeout=LONGEST_RUN_SECONDS)
    return Run(process.returncode, said)


def start(root: Path, verb: str, *before: str, **given: str) -> subprocess.Popen[str]:
    """Start a task; `before` is a command that starts it in turn."""
    kept = {name: value for name, value in os.environ.items() if name not in GIVEN}
    return subprocess.Popen(
        [*before, sys.executable, "-m", "ecoreport", verb],
        env=kept | {"ECOREPORT_ROOT": str(root)} | given,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def report(root: Path, **given: str) -> Run:
    """Make the report of Hailing 2018, or of whatever is given."""
    return ecoreport(root, "report", **{"DISTRICT": "hailing", "YEAR": "2018"} | given)


def folder(root: Path, below: str = "2018") -> Path:
    """Return where a report of Hailing stands."""
    return root / "reports" / "hailing" / below


def opened(root: Path, below: str = "2018") -> tuple[Manifest, dict[str, bytes]]:
    """Return what the report's index leads to, each file held against the manifest."""
    return read_current(folder(root, below))


def version(root: Path, below: str = "2018") -> Path:
    """Return the folder that the report's index leads to."""
    there = folder(root, below)
    return there / "versions" / current_manifest(there).version


def pages(root: Path, below: str = "2018") -> dict[str, str]:
    """Return the pages of the current report by file name."""
    _manifest, files = opened(root, below)
    return {name: text.decode() for name, text in files.items() if name.endswith(".html")}


def assert_told(run: Run, exit_code: int, *words: str) -> None:
    """Hold an answer against what a person needs: the code, plain Chinese, the words asked for."""
    assert run.exit_code == exit_code, run.said
    assert "Traceback" not in run.said, run.said
    assert any("\u4e00" <= character <= "\u9fff" for character in run.said), run.said
    for word in words:
        assert word in run.said, (word, run.said)
