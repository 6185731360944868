"""The package as a worker has it: installed, with no project beside it."""

import subprocess
import sys
from pathlib import Path

EVERY = """
import importlib, pkgutil, ecoreport
for one in pkgutil.walk_packages(ecoreport.__path__, "ecoreport."):
    if not one.name.endswith(("__main__", ".preload", ".rendered", ".settle")):
        importlib.import_module(one.name)
"""


def test_nothing_reads_parameters_while_it_is_imported(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", EVERY],
        env={"ECOREPORT_ROOT": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
