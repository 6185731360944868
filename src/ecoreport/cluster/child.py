"""The process of one district-year on a worker: ``python -m ecoreport.cluster.child``.

It makes the report as ``make report`` does, once it has seen that this machine would make the same
one, and ends with its worker, however that ends.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading

from ecoreport import garbage

CORES = "ECOREPORT_CORES"
"""Variable that names the cores of a worker that has a share of its machine only."""
OTHER_MACHINERY = 10
"""Exit code of a worker that would make another report."""


def main() -> int:
    """Make the report; what is said goes to stderr."""
    garbage.put_off()
    threading.Thread(target=_end_with_worker, daemon=True, name="worker-watch").start()
    if (given := os.environ.get(CORES)) and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, map(int, given.split(",")))
    from ecoreport import cli  # noqa: PLC0415
    from ecoreport.i18n import _, use_locale  # noqa: PLC0415

    if names := _differing():
        use_locale(os.environ["LOCALE"])
        sys.stderr.write(
            _("这台工作机器上的软件与本机不同：{names}。请在各机器上安装同一版本。").format(
                names=_("、").join(names[:8])
            )
            + "\n"
        )
        return OTHER_MACHINERY
    return cli.main(["report"])


def _differing() -> list[str]:
    from ecoreport.cluster.bundle import MACHINERY, Machinery  # noqa: PLC0415
    from ecoreport.project import Project  # noqa: PLC0415

    project = Project.here()
    wanted = Machinery(**json.loads((project.root / MACHINERY).read_bytes()))
    return Machinery.here(project).differing(wanted)


def _end_with_worker() -> None:
    """Wait until the worker's end of the pipe closes; then end with all that was started."""
    # Not through `sys.stdin`, whose lock would be held when the interpreter ends.
    while os.read(0, 1):
        pass
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    exit_code = main()
    garbage.settle()
    sys.exit(exit_code)
