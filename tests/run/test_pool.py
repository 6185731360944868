"""Children: side by side, apart, and reported however they end."""

import os
import signal
import struct
import subprocess
import sys
import time
from multiprocessing import Pipe
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import cast

import nbformat
import pytest

from ecoreport.errors import InputError, NotebookFailedError
from ecoreport.i18n import use_locale
from ecoreport.run import NotebookJob, choose_engine, raise_if_failed, run_notebooks
from ecoreport.run.child import Task
from ecoreport.run.pool import Child

HANG = "import time\ntime.sleep(600)"


def texts(job: NotebookJob) -> list[str]:
    cells = nbformat.read(job.output, as_version=4).cells
    return [out.text for cell in cells for out in cell.get("outputs", []) if "text" in out]


def test_a_failing_cell_is_named_and_the_notebook_kept(make_job):
    good = make_job("good", "print(year)", year=2019)
    bad = make_job("bad", "print(1)", "frame = {}\nframe['pm25']")
    results = run_notebooks([bad, good])

    assert [result.status for result in results] == ["failed", "done"]
    assert texts(good) == ["2019\n"]
    assert len(results[1].cell_seconds) == 4
    assert results[1].peak_memory_mib > 10
    with pytest.raises(NotebookFailedError) as failed:
        raise_if_failed(results)
    message = str(failed.value)
    assert "bad.ipynb 在第 4 个单元格出错：没有这个列或键（KeyError: 'pm25'）" in message
    assert str(bad.output) in message
    assert "good" not in message
    assert texts(bad) == ["1\n"]


def test_exit_in_a_cell_is_a_failure_not_an_end(make_job):
    (result,) = run_notebooks([make_job("exit", "import sys\nsys.exit()", "print('never')")])

    assert (result.status, result.error.cell, result.error.name) == ("failed", 3, "SystemExit")


@pytest.mark.parametrize(
    ("source", "cause"),
    [
        ("import os\nos._exit(7)", "退出码 7"),
        ("import ctypes\nctypes.string_at(0)", "SIGSEGV"),
        ("import os\nos.kill(os.getpid(), 9)", "内存"),
    ],
)
def test_a_child_that_dies_is_reported(make_job, source, cause):
    job = make_job("dies", "print('before')", source)
    job.output.parent.mkdir()
    job.output.write_text("of an earlier run")
    (result,) = run_notebooks([job])

    assert (result.status, result.error.cell) == ("died", 4)
    assert cause in result.describe_failure()
    assert list(job.output.parent.iterdir()) == ([result.log] if result.log else [])


def test_a_crash_leaves_the_place_in_the_log(make_job):
    (result,) = run_notebooks([make_job("crash", "import ctypes\nctypes.string_at(0)")])

    assert "string_at" in result.log.read_text(encoding="utf-8")


def test_a_dead_ordinary_kernel_is_reported(make_job):
    job = make_job("dies", "import os\nos._exit(7)")
    (result,) = run_notebooks([job], engine="ordinary")

    assert (result.status, result.error.cell) == ("died", 3)


def test_a_hung_cell_is_ended_with_all_it_started(make_job, tmp_path):
    mark = tmp_path / "pid"
    job = make_job(
        "hangs",
        "import subprocess, pathlib\nchild = subprocess.Popen(['sleep', '600'])\n"
        f"pathlib.Path({str(mark)!r}).write_text(str(child.pid))",
        HANG,
    )
    (result,) = run_notebooks([job], timeout=5)

    assert (result.status, result.error.cell) == ("timed_out", 4)
    assert "超过 5 秒" in result.error.cause
    assert "line 2" in result.log.read_text(encoding="utf-8")
    assert has_gone(int(mark.read_text()))


def test_side_by_side_and_apart(make_job, tmp_path):
    """Each waits for the other's file, so both must run at once."""
    meet = """
import pathlib, time, builtins, numpy as np, pandas as pd, random
folder = pathlib.Path({folder!r})
assert not hasattr(builtins, "shared") and pd.get_option("display.max_rows") == 60
builtins.shared = {name!r}
pd.set_option("display.max_rows", 7)
(folder / {name!r}).touch()
while not (folder / {other!r}).exists():
    time.sleep(0.01)
print(np.random.random(), random.random())
"""
    jobs = [
        make_job(name, meet.format(folder=str(tmp_path), name=name, other=other))
        for name, other in (("a", "b"), ("b", "a"))
    ]
    results = run_notebooks(jobs, workers=2, timeout=60)

    raise_if_failed(results)
    drawn = [texts(job)[0].split() for job in jobs]
    assert drawn[0][0] != drawn[1][0]
    assert drawn[0][1] != drawn[1][1]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux for its threads")
def test_the_server_forks_with_one_thread(make_job):
    """With more, a child could inherit a lock that nobody will release."""
    job = make_job("threads", "import os\nprint(open(f'/proc/{os.getppid()}/status').read())")
    raise_if_failed(run_notebooks([job]))

    assert "Threads:\t1\n" in texts(job)[0]


def test_cells_run_in_the_folder_and_environment_of_the_caller(make_job, tmp_path, monkeypatch):
    monkeypatch.setenv("ECOREPORT_ROOT", "/somewhere")
    (tmp_path / "helper.py").write_text("name = '邻居'", encoding="utf-8")
    job = make_job("where", "import os, helper\nprint(os.environ['ECOREPORT_ROOT'], helper.name)")
    raise_if_failed(run_notebooks([job]))

    assert texts(job) == ["/somewhere 邻居\n"]


@pytest.mark.parametrize("engine", ["warm", "ordinary"])
def test_the_step_after_runs_in_the_same_child(make_job, engine):
    job = make_job("air", "print(1)")
    job = NotebookJob(job.notebook, job.output, options={"page": "air.html"})
    (result,) = run_notebooks([job], engine=engine, after="after_steps:count_outputs")

    assert result.after == {
        "outputs": 1,
        "page": "air.html",
        "is_in_place": True,
        "is_preloaded": engine == "warm",
    }


def test_a_failing_step_after_is_named(make_job):
    (result,) = run_notebooks([make_job("air", "1")], after="after_steps:refuse")

    assert result.status == "failed"
    assert "单元格之外出错：模板 report.html 不存在" in result.describe_failure()


def test_paths_with_braces_and_spaces(make_job, tmp_path):
    job = make_job("air", "print(year)", year=2017)
    odd = NotebookJob(job.notebook, tmp_path / "a {b} c" / "air.ipynb", job.parameters)
    raise_if_failed(run_notebooks([odd]))

    assert texts(odd) == ["2017\n"]


def test_nothing_starts_when_a_parameter_is_wrong(make_job):
    good, bad = make_job("good", "1"), make_job("bad", "1", yaer=2019)

    with pytest.raises(InputError, match="yaer"):
        run_notebooks([good, bad])
    assert not good.output.exists()


def test_engine_names():
    assert choose_engine() == choose_engine("warm") == "warm"
    assert choose_engine("ordinary") == "ordinary"
    with pytest.raises(InputError, match="ENGINE"):
        choose_engine("fast")


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_no_child_outlives_its_parent(make_job, tmp_path, end):
    mark = tmp_path / "pids"
    source = f"import os\nopen({str(mark)!r}, 'w').write(f'{{os.getpid()}} {{os.getppid()}}')"
    job = make_job("orphan", source, HANG)
    script = tmp_path / "parent.py"
    script.write_text(
        "from pathlib import Path\nfrom ecoreport.run import NotebookJob, run_notebooks\n"
        "if __name__ == '__main__':\n"
        f"    run_notebooks([NotebookJob(Path({str(job.notebook)!r}), Path({str(job.output)!r}))])"
    )
    parent = subprocess.Popen([sys.executable, script], stderr=subprocess.DEVNULL)
    wait_until(lambda: mark.exists() and mark.read_text().count(" ") == 1)
    parent.send_signal(end)
    parent.wait(20)

    child, server = map(int, mark.read_text().split())
    assert has_gone(child)
    assert has_gone(server)


def has_gone(pid: int) -> bool:
    def is_gone() -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        # A process whose parent has not asked for it yet.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"

    return wait_until(is_gone)


def wait_until(condition, seconds: float = 30) -> bool:
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            return False
        time.sleep(0.02)
    return True


def test_messages_are_in_the_readers_language_or_chinese(make_job):
    use_locale("zh")
    (result,) = run_notebooks([make_job("name", "nmae")])

    assert "名称未定义" in result.error.cause


@pytest.mark.parametrize("engine", ["warm", "ordinary"])
def test_a_child_that_cannot_write_its_log_says_why(make_job, engine):
    job = make_job("a", "print(1)")
    job.log.mkdir(parents=True)
    (result,) = run_notebooks([job], engine=engine)

    assert result.status == "failed"
    assert str(job.log) in result.error.cause
    assert "无法读写" in result.error.cause


def test_a_child_that_ends_while_it_sends_has_ended() -> None:
    receiver, sender = Pipe(duplex=False)
    child = Child(cast("Task", None), cast("BaseProcess", None), receiver, 0.0, 0.0)
    os.write(sender.fileno(), struct.pack("!i", 1000) + b"the beginning of an answer")
    sender.close()
    child._receive()
    assert child.has_closed
    assert child.outcome is None
