"""Find a Python interpreter that fits, or say what cures its absence.

Standard library only, in syntax that Python 3.7 reads; see bootstrap.py.
"""

from __future__ import annotations

import json
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

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
    own = getattr(sys, "_base_executable", None) or sys.executable
    found = search([asked] if asked else [own, *SEARCHED])
    fitting = [python for python in found.values() if is_supported(python)]
    for python in fitting:
        if python.has_venv:
            return python
    if fitting:
        raise no_venv(fitting[0])
    raise no_version(asked, found)


def search(names: Sequence[str]) -> dict[str, Interpreter]:
    """Return the Pythons of these names, each once, under the name that it was found by."""
    import shutil

    found: dict[str, Interpreter] = {}
    for name in names:
        python = probe(shutil.which(name) or name)
        if python and python.executable not in [known.executable for known in found.values()]:
            found[name] = python
    return found


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
        f"{python.executable}(Python {python.version_text})没有 venv 模块。请运行：\n"
        f"    {command}\n然后再运行一次刚才的命令。",
        f"{python.executable} has no venv module. Run:\n    {command}\nand try again.",
    )


def no_version(asked: str | None, found: dict[str, Interpreter]) -> SetupError:
    """Say which versions fit, and how one is installed and named."""
    seen = ", ".join(f"{name} = {python.version_text}" for name, python in found.items())
    seen = seen or (f"PYTHON={asked} ?" if asked else "-")
    others = search(SEARCHED) if asked else {}
    fitting = [name for name, python in others.items() if is_supported(python)]
    is_older = any(python.version < SUPPORTED[0] for python in found.values())
    cures = [naming(fitting[0])] if fitting else installing("3.11" if is_older else "3.13")
    commands = "".join(f"\n    {command}" for command in cures)
    conda = "conda env create --file environment.yml && conda activate ecoreport"
    return SetupError(
        f"需要 Python 3.11、3.12 或 3.13，本机找到：{seen}。请运行：{commands}\n"
        f"或者使用 conda:\n    {conda}",
        f"Python 3.11, 3.12 or 3.13 is needed; this machine has: {seen}. Run:{commands}\n"
        f"or use conda:\n    {conda}",
    )


def installing(version: str) -> list[str]:
    """Return the commands that install a Python and set up with it."""
    name = f"python{version}"
    install = {"win32": f"py install {version}", "darwin": f"brew install python@{version}"}
    apt = f"sudo apt install {name} {name}-venv"
    return [install.get(sys.platform, apt), naming(name)]


def naming(name: str) -> str:
    """Return the command that sets up with a Python of this name."""
    if os.name == "nt":
        return f"py -{name.replace('python', '')} scripts/bootstrap.py"
    return f"make report DISTRICT=hailing YEAR=2018 PYTHON={name}"
