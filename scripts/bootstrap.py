r"""Make the Python environment of this project, and run a command in it.

    python scripts/bootstrap.py [GROUP ...] [-- ARGUMENT ...]

``GROUP`` is one of requirements/*.txt: run (the default), lab, archive, cluster, dev. Whatever
stands behind ``--`` is handed to the environment's Python. The Makefile's tasks go through here;
on Windows::

    py -3.12 scripts/bootstrap.py
    .venv\Scripts\python -m ecoreport report hailing 2018

It runs before anything is installed, so it needs the standard library only, and keeps to syntax
that Python 3.7 reads: an old Python must come far enough to say what is wrong. The environment
variable PYTHON names the Python that the environment is made with.
"""

from __future__ import annotations

import contextlib
import os
import sys

from environment import ROOT, Environment, active_conda, digest
from interpreter import SetupError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK = os.path.join(ROOT, "build", "setup.lock")


def main(arguments: list[str]) -> int:
    """Make the environment ready and run the command in it."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    at = arguments.index("--") if "--" in arguments else len(arguments)
    groups, command = arguments[:at] or ["run"], arguments[at + 1 :]
    try:
        environment = prepare(groups, os.environ.get("PYTHON"))
    except SetupError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"无法安装 Python 环境：{error}\n磁盘是否已满？文件夹是否可写？", file=sys.stderr)
        print(f"The environment cannot be made: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\n已中断；再次运行即重新安装 · Interrupted; run it again", file=sys.stderr)
        return 130
    return run(environment.python, command) if command else 0


def run(python: str, command: list[str]) -> int:
    """Run the command in this process's place, where the system can do that."""
    if os.name != "nt":
        os.execv(python, [python, *command])
    import subprocess

    return subprocess.call([python, *command])


def prepare(groups: list[str], asked: str | None) -> Environment:
    """Return an environment in which the groups are installed as pinned."""
    pins = {group: digest(group) for group in groups}
    environment = active_conda() or Environment(os.path.join(ROOT, ".venv"), is_conda=False)
    if environment.is_ready(pins, asked):
        return environment
    # Only now, since a run that installs nothing should not wait for these imports.
    from install import adopt, build

    with locked():
        # Another set-up may have done it while this one waited.
        if not environment.is_ready(pins, asked):
            if environment.is_conda:
                adopt(environment, pins)
            else:
                build(environment, pins, asked)
    return environment


@contextlib.contextmanager
def locked() -> Iterator[None]:
    """Let one set-up at a time in. The system frees the lock however the process ends."""
    os.makedirs(os.path.dirname(LOCK), exist_ok=True)
    with open(LOCK, "a") as file:
        if not try_lock(file.fileno()):
            print("另一个安装正在进行，请稍候 · Waiting for another set-up", file=sys.stderr)
            import time

            while not try_lock(file.fileno()):
                time.sleep(0.2)
        yield


def try_lock(descriptor: int) -> bool:
    """Take the lock if it is free."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
