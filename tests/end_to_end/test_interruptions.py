"""Two runs at once, and runs killed anywhere: a whole report opens, and the next run works."""

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest
import whole_runs
from whole_runs import assert_told, ecoreport, opened, start

PAIR = {"DISTRICT": "hailing", "YEAR": "2018"}
# About forty changes below data/ come before twenty below reports/.
KILLS = {"data": (2, 40), "reports": (6, 20)}
LONGEST_WAIT_SECONDS = 60
# Python runs this in the command's own process, and in no child of it: it ends the process when
# that is about to make its nth change of a file below a folder.
KILL_AT = """
import os, signal, sys

FOLDER, _, LAST = os.environ.pop("ECOREPORT_TEST_KILL_AT", "").rpartition(":")
CHANGES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
seen = 0

def count(event, arguments):
    global seen
    if event not in CHANGES and not (event == "open" and (arguments[2] or 0) & WRITING):
        return
    seen += str(arguments[0]).startswith(FOLDER)
    if seen == int(LAST):
        os.kill(os.getpid(), signal.SIGKILL)

if FOLDER:
    sys.addaudithook(count)
"""

needs_proc = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="processes are found through /proc"
)
pytestmark = pytest.mark.skipif(os.name != "posix", reason="no SIGKILL on this system")


def processes_of(root: Path) -> list[str]:
    """Commands of processes that work on a project, however they were started."""
    mark = f"ECOREPORT_ROOT={root}".encode()
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (place / "environ").read_bytes().split(b"\0"):
                found.append((place / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


def assert_none_left(root: Path) -> None:
    """Wait for the children of a killed run to notice."""
    until = time.monotonic() + LONGEST_WAIT_SECONDS
    while (left := processes_of(root)) and time.monotonic() < until:
        time.sleep(0.1)
    assert left == []


def test_of_two_runs_at_once_one_is_told_to_wait(small_hailing: Path) -> None:
    before, _files = opened(small_hailing)
    # With nothing to do neither would wait for the other.
    (small_hailing / "params" / "another.txt").write_text("")
    runs = [start(small_hailing, "report", **PAIR) for _number in range(2)]
    said = [run.communicate(timeout=whole_runs.LONGEST_RUN_SECONDS)[0] for run in runs]

    done, busy = sorted(
        (whole_runs.Run(run.returncode, words) for run, words in zip(runs, said, strict=True)),
        key=lambda run: run.exit_code,
    )
    assert_told(done, 0, "reports/hailing/2018/index.html")
    assert_told(busy, 5, "另一个任务正在处理 hailing/2018")
    # What was computed before is as good as what is computed anew.
    assert opened(small_hailing)[0] == before


def wait_for_stage(root: Path, title: str, run: subprocess.Popen[str]) -> None:
    """Return as soon as the log of a run says that a stage began."""
    until = time.monotonic() + whole_runs.LONGEST_RUN_SECONDS
    known = set((root / "logs").iterdir())
    while run.poll() is None and time.monotonic() < until:
        if any(title in log.read_text("utf-8") for log in set((root / "logs").iterdir()) - known):
            return
        time.sleep(0.02)
    pytest.fail(f"no stage {title}: {run.returncode}")


@needs_proc
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT], ids=lambda sent: sent.name)
def test_ended_while_notebooks_run_no_process_stays(small_hailing: Path, sent: int) -> None:
    before, _files = opened(small_hailing)
    notebook = small_hailing / "notebooks/noise.ipynb"
    code = notebook.read_text("utf-8")
    endless = "import subprocess; subprocess.run(['sleep', '600'])"
    notebook.write_text(
        code.replace("from ecoreport import show", f"{endless}; from ecoreport import show"),
        "utf-8",
    )
    run = start(small_hailing, "report", **PAIR)
    wait_for_stage(small_hailing, "运行笔记本", run)
    while not any("sleep 600" in one for one in processes_of(small_hailing)):
        assert run.poll() is None
        time.sleep(0.05)
    run.send_signal(sent)
    said, _nothing = run.communicate(timeout=LONGEST_WAIT_SECONDS)

    assert_none_left(small_hailing)
    assert opened(small_hailing)[0] == before
    if sent == signal.SIGINT:
        assert_told(whole_runs.Run(run.returncode, said), 130, "已中断")


@needs_proc
def test_killed_anywhere_a_whole_report_opens_and_the_next_run_works(
    small_hailing: Path, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(KILL_AT, "utf-8")
    paths = [str(tmp_path), os.environ.get("PYTHONPATH", "")]
    given = PAIR | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    notebook = small_hailing / "notebooks/noise.ipynb"
    source = notebook.read_text("utf-8")
    chance = random.Random(2018)  # noqa: S311 - points of time, no secret
    points = [
        f"{small_hailing / name}:{point}"
        for name, (many, most) in KILLS.items()
        for point in chance.sample(range(1, most), many)
    ]
    killed, versions = [], {opened(small_hailing)[0].version}
    for number, point in enumerate(points):
        # Another text, so that there is another version to write.
        notebook.write_text(source.replace("# 参数", f"# {number} 参数"), "utf-8")
        run = ecoreport(small_hailing, "report", **given, ECOREPORT_TEST_KILL_AT=point)
        assert run.exit_code in {0, -signal.SIGKILL}, run.said
        assert_none_left(small_hailing)
        versions.add(opened(small_hailing)[0].version)
        killed.append(run.exit_code != 0)

    assert sum(killed) > len(killed) / 2
    notebook.write_text(source.replace("# 参数", "# 最后 参数"), "utf-8")
    last = ecoreport(small_hailing, "report", **given)
    assert_told(last, 0, "reports/hailing/2018/index.html")
    assert_told(ecoreport(small_hailing, "verify", **PAIR), 0, "核对通过")
    manifest, files = opened(small_hailing)
    assert manifest.version not in versions
    assert "# 最后 参数" in files["noise.html"].decode()
    left = [path.name for path in (small_hailing / "reports").rglob(".writing-*")]
    assert left == []
