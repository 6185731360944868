"""The copy of the project that is measured, and the environments; made once, then kept."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / "build" / "benchmarks"
COPIED = (
    "Makefile", "pyproject.toml", "requirements", "scripts", "src", "params", "notebooks",
    "templates", "expectations", "data/demonstration", "benchmarks/by_hand", "benchmarks/inside",
)  # fmt: skip
GIVEN_PACKAGES = (
    "jupyterlab", "papermill", "pandas", "seaborn", "nbconvert", "great-expectations", "pytest",
)  # fmt: skip
NAMED_PACKAGES = (
    "pandas",
    "matplotlib",
    "nbconvert",
    "papermill",
    "ploomber-engine",
    "jupyter-book",
)
PINS = ROOT / "requirements" / "run.txt"
# Whatever else steers Python, Jupyter, make or the report would make the sides unlike.
KEPT_VARIABLES = (
    "PATH", "HOME", "USER", "TMPDIR", "TEMP", "TMP", "LANG", "LC_", "SYSTEMROOT", "XDG_CACHE",
    "PIP_", "SSL_", "REQUESTS_CA_BUNDLE", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY",
)  # fmt: skip
STAMP = "made-with.json"


class BenchmarkError(Exception):
    """Nothing can be measured; the message says in both languages what to do."""


def environ(**more: str) -> dict[str, str]:
    """Return the environment variables that every measured command gets, on all sides alike."""
    kept = {name: value for name, value in os.environ.items() if is_kept(name)}
    return {**kept, **more}


def is_kept(name: str) -> bool:
    return name.upper().startswith(KEPT_VARIABLES) and name != "PIP_NO_COMPILE"


def copy_project(to: Path) -> Path:
    """Copy what a report needs, so that the checkout and its data stay as they are.

    Environments of an earlier copy are kept.
    """
    for name in COPIED:
        source, target = ROOT / name, to / name
        if source.is_dir():
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    return to


def lean_environment(project: Path) -> Path:
    """Return the Python of the copy's own ``.venv``, made as ``make report`` makes it."""
    command = [sys.executable, "-E", "-S", str(project / "scripts" / "bootstrap.py"), "run"]
    run(command, "无法建立项目自己的环境。", "The project's own environment cannot be made.")
    return interpreter(project / ".venv")


def plain_environment(cache: Path) -> Path:
    """Return the Python of an environment as a plain ``pip install`` makes it.

    The seven given packages in their newest versions; then whatever `ecoreport` imports that
    did not come with them.
    """
    return environment(cache / "plain", GIVEN_PACKAGES, imported())


def ploomber_environment(cache: Path) -> Path:
    """Return the Python of an environment with our own pins and the newest ploomber-engine."""
    return environment(cache / "ploomber", ("-r", str(PINS)), ("ploomber-engine",))


def book_environment(cache: Path) -> Path:
    """Return the Python of an environment with the Jupyter Book that executes with myst-nb.

    Its second edition is a program for Node.js that fetches its theme from the network.
    """
    return environment(cache / "book", ("jupyter-book>=1,<2", *imported()))


def imported() -> tuple[str, ...]:
    """Return what `ecoreport` imports, as ``pyproject.toml`` names it."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return tuple(pyproject["project"]["dependencies"])


def environment(folder: Path, *installed: Sequence[str]) -> Path:
    """Return the Python of an environment, made where it is not as it should be.

    Parameters
    ----------
    installed : sequences of str
        What ``pip install`` is given, one call after the other.

    Raises
    ------
    BenchmarkError
    """
    stamp = folder / STAMP
    wanted = {
        "installed": [list(one) for one in installed],
        "pins": hashlib.sha256(PINS.read_bytes()).hexdigest(),
        "python": sys.version,
    }
    if not stamp.exists() or json.loads(stamp.read_text(encoding="utf-8")) != wanted:
        name = folder.name
        tell(f"正在用 pip 建立对照环境 {name}，约两分钟", f"Making environment {name}, two minutes")
        chinese = "无法建立对照环境：检查网络和代理；有内部镜像的，先设置 PIP_INDEX_URL。"
        english = "No such environment: check the network, or set PIP_INDEX_URL to a mirror."
        run([sys.executable, "-m", "venv", "--clear", str(folder)], chinese, english)
        for one in installed:
            install = [str(interpreter(folder)), "-m", "pip", "install", "--quiet", "--compile"]
            run([*install, *one], chinese, english)
        stamp.write_text(json.dumps(wanted), encoding="utf-8")
    return interpreter(folder)


def interpreter(environment: Path) -> Path:
    """Return the Python of a virtual environment."""
    is_windows = os.name == "nt"
    return environment / ("Scripts/python.exe" if is_windows else "bin/python")


def compile_sources(python: Path, project: Path) -> None:
    """Write the bytecode of our own modules, as that of the packages is written."""
    sources = [str(project / "src"), str(project / "benchmarks")]
    run([str(python), "-m", "compileall", "-q", *sources], "无法编译。", "Cannot compile.")


def versions(python: Path) -> Mapping[str, str]:
    """Return the versions of Python and of the packages that matter most, ``—`` where absent."""
    code = (
        "import json, platform, sys; from importlib.metadata import distributions; "
        "found = {one.name.lower().replace('_', '-'): one.version for one in distributions()}; "
        "print(json.dumps({'python': platform.python_version()} "
        "| {name: found.get(name, '—') for name in sys.argv[1:]} "
        "| {'packages': str(len(found))}))"
    )
    said = run([str(python), "-c", code, *NAMED_PACKAGES], "缺少软件包。", "A package is missing.")
    found: dict[str, str] = json.loads(said)
    return found


def run(
    command: Sequence[str],
    chinese: str,
    english: str,
    folder: Path | None = None,
    **variables: str,
) -> str:
    """Run a command and return what it printed.

    Raises
    ------
    BenchmarkError
        If it failed: what it said last, then the message.
    """
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environ(**variables),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise BenchmarkError(f"{command[0]}: 没有找到。\n{command[0]}: not found.") from None
    if done.returncode:
        said = (done.stderr + done.stdout).decode(errors="replace").strip().splitlines()
        cause = "\n".join(f"    {line[:300]}" for line in said[-3:])
        raise BenchmarkError(f"{' '.join(command)[:200]}\n{cause}\n{chinese}\n{english}")
    return done.stdout.decode(errors="replace")


def tell(chinese: str, english: str) -> None:
    """Say what is going on."""
    print(f"{chinese} · {english}", file=sys.stderr, flush=True)
