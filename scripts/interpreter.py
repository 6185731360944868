"""Find a Python interpreter that fits, or say what cures its absence.

Standard library only, in syntax that Python 3.7 reads; see bootstrap.py.
"""

from __future__ import annotations

import json
import os
import sys

SUPPORTED = ((3, 11), (3, 12), (3, 13))
SEARCHED = ("python3", "python3.13", "python3.12", "python3.11", "python")

# What an interpreter is asked to print about itself.
PROBE = """
import importlib.util, json, sys
print(json.dumps([
    getattr(sys, "_base_executable", sys.executable),
    sys.version_info[:3],
    all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")),
]))
"""


class SetupError(Exception):
    """The environment cannot be made; the message says what cures it, in both languages."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese}\n\n{english}")


class Interpreter:
    """A Python that runs on this machine.

    ``executable`` is the one that it was installed with, also when asked inside an environment.
    """

    def __init__(self, executable: str, version: list[int], has_venv: bool) -> None:
        self.executable = executable
        self.version = tuple(version)
        self.has_venv = has_venv

    @property
    def version_text(self) -> str:
        """The version as ``3.12.1``."""
        return ".".join(str(part) for part in self.version)


def is_supported(python: Interpreter) -> bool:
    """Tell whether the pins are made for this version."""
    return python.version[:2] in SUPPORTED


def own_platform() -> str:
    """Name this machine as ``make wheelhouse PLATFORM=`` does: ``linux-x86_64``."""
    import platform

    system = platform.system().lower()
    return {"darwin": "macos"}.get(system, system) + "-" + platform.machine().lower()


def choose_python(asked: str | None) -> Interpreter:
    """Return the Python that was asked for, else the running one, else one on the path.

    Raises
    ------
    SetupError
        If none fits; the message gives the command that cures it.
    """
    import shutil

    own = getattr(sys, "_base_executable", None) or sys.executable
    found = {}
    for name in [asked] if asked else [own, *SEARCHED]:
        python = probe(shutil.which(name) or name)
        if python and python.has_venv and is_supported(python):
            return python
        if python:
            found[name] = python
    without_venv = [python for python in found.values() if is_supported(python)]
    if without_venv:
        raise no_venv(without_venv[0])
    raise no_version(found, asked)


def probe(executable: str) -> Interpreter | None:
    """Ask an interpreter about itself; None if it does not run."""
    import subprocess

    try:
        command = [executable, "-I", "-c", PROBE]
        result = subprocess.run(command, capture_output=True, check=True, timeout=60)
        return Interpreter(*json.loads(result.stdout.decode()))
    except (OSError, ValueError, TypeError, subprocess.SubprocessError):
        return None


def no_venv(python: Interpreter) -> SetupError:
    """Say how venv comes to a Python without it, as Debian's is."""
    command = "sudo apt install python{}.{}-venv".format(*python.version)
    return SetupError(
        f"{python.executable}(Python {python.version_text})没有 venv 模块。请运行:\n"
        f"    {command}\n然后再运行一次刚才的命令。",
        f"{python.executable} has no venv module. Run:\n    {command}\nand try again.",
    )


def no_version(found: dict[str, Interpreter], asked: str | None) -> SetupError:
    """Say which versions fit, and how one is installed and named."""
    seen = ", ".join(f"{name} = {python.version_text}" for name, python in found.items())
    seen = seen or (f"PYTHON={asked} ?" if asked else "-")
    install = {
        "win32": "py install 3.12",
        "darwin": "brew install python@3.12",
    }.get(sys.platform, "sudo apt install python3 python3-venv")
    again = "make report DISTRICT=hailing YEAR=2018 PYTHON=python3.12"
    if os.name == "nt":
        again = "py -3.12 scripts/bootstrap.py"
    return SetupError(
        f"需要 Python 3.11、3.12 或 3.13,本机找到:{seen}\n"
        f"请安装其中一个版本,例如:\n    {install}\n"
        f"    conda create --name ecoreport python=3.12\n"
        f"装好后指明用哪一个:\n    {again}",
        f"Python 3.11, 3.12 or 3.13 is needed; this machine has: {seen}\n"
        f"Install one of them as above, then name it:\n    {again}",
    )
