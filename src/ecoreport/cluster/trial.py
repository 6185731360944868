"""A scheduler and workers on this machine, to try with: ``make cluster``."""

from __future__ import annotations

import logging
import os
import re
import signal
import tempfile
import threading
from dataclasses import dataclass

import dask
from distributed import Nanny, Scheduler, SpecCluster

from ecoreport.cluster.child import CORES
from ecoreport.cluster.quiet import silence
from ecoreport.errors import EcoReportError, InputError
from ecoreport.i18n import _
from ecoreport.progress import Progress
from ecoreport.project import Project

LOCAL = "127.0.0.1"
PORT = 8786
MOST_WORKERS = 256
LAST_PORT = 65534
HOST_NAME = re.compile(r"[A-Za-z0-9.:_-]{1,253}")
SETTINGS = {
    # A job more in hand would wait for its worker while another has nothing to do.
    "distributed.scheduler.worker-saturation": 1.0,
}


@dataclass(frozen=True)
class Trial:
    """What was asked for; the dashboard is at the port after the scheduler's."""

    n_workers: int
    host: str = LOCAL
    port: int = PORT

    @classmethod
    def asked(cls, workers: str, host: str, port: str) -> Trial:
        """Return what words of the command ask for.

        Raises
        ------
        InputError
        """
        if host and not HOST_NAME.fullmatch(host):
            raise InputError(
                _("HOST 应为本机的主机名或 IP 地址；收到的是 {host!r}").format(host=host[:60])
            )
        return cls(
            _number("WORKERS", workers, min(2, len(cores_of_this_machine())), MOST_WORKERS),
            host or LOCAL,
            _number("PORT", port, PORT, LAST_PORT),
        )


def cores_of_this_machine() -> list[int]:
    """Return the numbers of the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))


def run_trial(project: Project, trial: Trial, progress: Progress) -> None:
    """Run until Ctrl-C.

    Raises
    ------
    EcoReportError
        If the address is taken or cannot be used.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="ecoreport-") as scratch, dask.config.set(SETTINGS):
        silence(logging.ERROR)
        try:
            cluster = SpecCluster(  # type: ignore[no-untyped-call]
                **specification(trial, scratch), silence_logs=logging.ERROR
            )
        except (OSError, RuntimeError, ValueError) as error:
            raise EcoReportError(
                _("无法在 {host}:{port} 启动调度器：{reason}。请用 HOST、PORT 另选地址。").format(
                    host=trial.host, port=trial.port, reason=_innermost(error)
                )
            ) from error
        with cluster:
            for line in told(project, trial, cluster):
                progress.say(line)
            threading.Event().wait()


def specification(trial: Trial, scratch: str) -> dict[str, dict[object, object]]:
    """Return what the cluster consists of: each worker has its share of the cores."""
    scheduler = {
        "host": trial.host,
        "port": trial.port,
        "dashboard_address": f"{trial.host}:{trial.port + 1}",
    }
    return {
        "scheduler": {"cls": Scheduler, "options": scheduler},
        "workers": {
            number: {
                "cls": Nanny,
                "options": {
                    "nthreads": 1,
                    "host": trial.host,
                    "local_directory": scratch,
                    "dashboard": False,
                    "silence_logs": logging.ERROR,
                    "env": {CORES: share(number, trial.n_workers)},
                },
            }
            for number in range(trial.n_workers)
        },
    }


def share(number: int, n_workers: int) -> str:
    """Return the cores of one of several workers; with more workers than cores they share."""
    every = cores_of_this_machine()
    own = every[number::n_workers] or [every[number % len(every)]]
    return ",".join(map(str, own))


def told(project: Project, trial: Trial, cluster: SpecCluster) -> list[str]:
    """Return what people need to know."""
    address, store = cluster.scheduler_address, project.root / "build" / "store"
    return [
        _("调度器：{address}，工作进程 {n} 个").format(address=address, n=trial.n_workers),
        # Where the port was taken, it is another one.
        _("仪表板：{page}").format(page=cluster.dashboard_link),
        _(
            "另开一个终端运行："
            "make reports DISTRICTS=all YEARS=2018 SCHEDULER={address} STORE={store}"
        ).format(address=address, store=store),
        *(
            []
            if trial.host == LOCAL
            else [_("能连上此地址的人都能在本机运行程序，只可用于可信的网络。")]
        ),
        _("按 Ctrl-C 结束"),
    ]


def _number(name: str, text: str, default: int, most: int) -> int:
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= most):
        raise InputError(
            _("{name} 应为 1 到 {most} 的整数；收到的是 {text!r}").format(
                name=name, most=most, text=text[:40]
            )
        )
    return int(text)


def _innermost(error: BaseException) -> BaseException:
    while error.__cause__ is not None:
        error = error.__cause__
    return error
