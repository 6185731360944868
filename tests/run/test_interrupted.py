"""Ctrl+C while modules are imported, here and in the process that children are forked from."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="no process groups here")
INTERRUPT = "import os, signal; os.kill(os.getpid(), signal.SIGINT)"
"""A module that is found before the one of the package: it is interrupted while it is imported."""
SERVER = """
import os, signal, sys, time
from multiprocessing import forkserver
from ecoreport.run.pool import start_warm_server
start_warm_server(["slow"])
server = forkserver._forkserver._forkserver_pid
for _ in range(int(sys.argv[1])):
    while not os.path.exists("importing"):
        time.sleep(0.01)
os.kill(server, signal.SIGINT)
_, status = os.waitpid(server, 0)
assert os.WTERMSIG(status) == signal.SIGINT, status
"""


def ran(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(folder), *filter(None, sys.path)])},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_a_task_ended_while_its_modules_load_says_so_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "argparse.py").write_text(INTERRUPT)
    run = ran(tmp_path, "-m", "ecoreport", "report")
    assert (run.returncode, run.stdout) == (130, "")
    assert run.stderr.startswith("已中断。") and "Traceback" not in run.stderr


@pytest.mark.parametrize("waits", [0, 1], ids=["at once", "while it imports"])
def test_the_server_of_children_ends_in_silence(tmp_path: Path, waits: int) -> None:
    (tmp_path / "slow.py").write_text("import time; open('importing', 'w'); time.sleep(30)")
    run = ran(tmp_path, "-c", SERVER, str(waits))
    assert (run.returncode, run.stderr) == (0, "")


def test_the_starter_of_the_server_still_hears_it(tmp_path: Path) -> None:
    run = ran(
        tmp_path,
        "-c",
        "import signal; from ecoreport.run.pool import start_warm_server; start_warm_server();"
        f"assert not signal.pthread_sigmask(signal.SIG_BLOCK, ()) ; {INTERRUPT}",
    )
    assert run.returncode == -signal.SIGINT
