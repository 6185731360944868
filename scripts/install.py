"""Install the pinned packages into an environment, with pip.

Standard library only, in syntax that Python 3.7 reads; see bootstrap.py.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys

from environment import CONDA_NAME, ROOT, Environment, digest, pin_file
from interpreter import SetupError, choose_python, is_supported, own_platform, probe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WHEELS = os.path.join(ROOT, "wheels")
LOG = os.path.join(ROOT, "logs", "setup.log")
# Settings of pip that would send the packages to another place than the environment.
ELSEWHERE = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIREMENT")


def adopt(environment: Environment, pins: dict[str, str]) -> None:
    """Use a conda environment as it is, if it holds what is pinned.

    Raises
    ------
    SetupError
        If a package is missing or of another version: conda's folder is not ours to change.
    """
    python = probe(environment.python)
    check = ["install", "--dry-run", "--no-index", "--no-deps", *requirement_options(list(pins))]
    if python is None or not is_supported(python) or not pip(environment, check):
        update = f"conda env update --name {CONDA_NAME} --file environment.yml"
        raise SetupError(
            f"conda 环境 {CONDA_NAME} 的 Python 或依赖与 requirements/ 中的版本不一致。请运行：\n"
            f"    {update}\n或者先运行 conda deactivate，改用 .venv。",
            f"The conda environment {CONDA_NAME} differs from the pins in requirements/. Run:\n"
            f"    {update}\nor run 'conda deactivate' first to use .venv.",
        )
    expose_package(environment)
    environment.record({**environment.recorded(), **pins})


def build(environment: Environment, pins: dict[str, str], asked: str | None) -> None:
    """Install the groups: into the environment that stands, or into a new one.

    Packages are fetched before anything is changed, and what is being changed has no stamp: a
    cut leaves either what was there before or something that the next run makes anew.
    """
    recorded = environment.recorded()
    is_stale = any(recorded.get(group, pins[group]) != pins[group] for group in pins)
    if not recorded or is_stale or not environment.is_of(asked):
        still_wanted = [group for group in recorded if os.path.exists(pin_file(group))]
        pins = {**{group: digest(group) for group in still_wanted}, **pins}
        recorded = {}
        create(environment, asked)
    install(environment, [group for group in pins if group not in recorded])
    expose_package(environment)
    environment.record({**recorded, **pins})


def create(environment: Environment, asked: str | None) -> None:
    """Make an empty virtual environment."""
    python = choose_python(asked)
    print(
        f"正在安装 Python 环境 .venv(Python {python.version_text})，约一分钟 · "
        "Making .venv, about a minute",
        file=sys.stderr,
    )
    environment.forget()
    if not logged([python.executable, "-I", "-m", "venv", "--clear", environment.prefix]):
        raise failure("无法建立 .venv。", "Cannot make .venv.")


def install(environment: Environment, groups: list[str]) -> None:
    """Fetch groups from ``wheels/`` where they are packed there, else from the index; install."""
    options = requirement_options(groups)
    fetched = os.path.join(environment.prefix, "fetched")
    fetch = ["download", "--no-deps", "--only-binary=:all:", f"--dest={fetched}", *options]
    folders = packed_wheels(environment)
    if folders:
        fetch += ["--no-index", *(f"--find-links={folder}" for folder in folders)]
    with progress("正在下载 Downloading", groups, count_collected) as show:
        is_fetched = pip(environment, fetch, show)
    if not is_fetched:
        raise not_to_be_had(environment)
    environment.forget()
    packages = site_packages(environment)
    with progress("正在安装 Installing", groups, lambda: count_installed(packages)) as show:
        from_fetched = ["--no-deps", "--no-index", f"--find-links={fetched}"]
        is_installed = pip(environment, ["install", "--compile", *from_fetched, *options], show)
    if not is_installed:
        raise failure("安装失败。", "Installing failed.")
    shutil.rmtree(fetched, ignore_errors=True)


def packed_wheels(environment: Environment) -> list[str]:
    """Return the folders under ``wheels/`` that hold wheels for this machine."""
    own = os.path.join(WHEELS, f"{own_platform()}-{version(environment)}")
    return [f for f in (own, WHEELS) if any(e.name.endswith(".whl") for e in entries(f))]


def version(environment: Environment) -> str:
    """Return the environment's Python version as ``3.12``."""
    python = probe(environment.python)
    return "{}.{}".format(*python.version) if python else "3.12"


def site_packages(environment: Environment) -> str:
    """Return the folder that the environment's packages stand in."""
    code = "import json, sysconfig; print(json.dumps(sysconfig.get_path('purelib')))"
    return str(json.loads(subprocess.check_output([environment.python, "-I", "-c", code])))


def expose_package(environment: Environment) -> None:
    """Let the environment import ``src/``, without building and without pip.

    The path stands escaped in a line of code, since a path file's encoding differs by version.
    """
    with open(os.path.join(site_packages(environment), "ecoreport.pth"), "w") as file:
        file.write(f"import sys; sys.path.append({os.path.join(ROOT, 'src')!a})\n")


def requirement_options(groups: list[str]) -> list[str]:
    """Return pip's options for the pins of these groups."""
    return ["--require-hashes", *(f"--requirement={pin_file(group)}" for group in groups)]


def pip(
    environment: Environment, arguments: list[str], show: Callable[[], None] | None = None
) -> bool:
    """Run pip in the environment; False if it failed. The user's mirror settings hold."""
    return logged([environment.python, "-I", "-u", "-m", "pip", *arguments], show)


def logged(command: list[str], show: Callable[[], None] | None = None) -> bool:
    """Run a command with its output in the log; False if it failed."""
    os.makedirs(os.path.dirname(LOG), exist_ok=True)
    environ = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    with open(LOG, "wb") as log:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, env=environ
        )
        while process.poll() is None:
            if show:
                show()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.2)
    return process.returncode == 0


@contextlib.contextmanager
def progress(
    label: str, groups: list[str], count: Callable[[], int]
) -> Iterator[Callable[[], None]]:
    """Give a function that counts on a terminal, and is silent elsewhere."""
    total = sum(count_pins(group) for group in groups)
    is_shown = sys.stderr.isatty()

    def show() -> None:
        if is_shown:
            print(f"\r{label} {min(count(), total)}/{total} ", end="", file=sys.stderr, flush=True)

    yield show
    if is_shown:
        print(file=sys.stderr)


def count_pins(group: str) -> int:
    """Count the pins of a group, those for other platforms among them."""
    with open(pin_file(group), encoding="utf-8") as file:
        return sum("==" in line and line[0].isalnum() for line in file)


def count_collected() -> int:
    """Count the packages that pip has looked up so far."""
    with open(LOG, encoding="utf-8", errors="replace") as file:
        return sum(line.startswith("Collecting ") for line in file)


def count_installed(packages: str) -> int:
    """Count the packages that stand in a site-packages folder."""
    return sum(entry.name.endswith(".dist-info") for entry in entries(packages))


def entries(folder: str) -> list[os.DirEntry[str]]:
    """List a folder; one that is not there is empty."""
    try:
        return list(os.scandir(folder))
    except FileNotFoundError:
        return []


def not_to_be_had(environment: Environment) -> SetupError:
    """Say how the packages come to a machine that does not get them."""
    command = f"make wheelhouse PLATFORM={own_platform()} PYTHON_VERSION={version(environment)}"
    return failure(
        "没有取得全部依赖。可以这样解决：\n"
        "  1. 能上网的：检查网络和代理；单位有内部镜像的，先设置环境变量 PIP_INDEX_URL。\n"
        f"  2. 不能上网的：在能上网的机器上运行 {command}\n"
        "     再把 wheels/ 文件夹复制到本项目下。"
        "wheels/ 不完整时，重新打包，或删除它改从网上下载。",
        "Not all packages could be had. Check the network, or set PIP_INDEX_URL to a mirror;\n"
        f"without network, run on a machine that has it: {command}\n"
        "and copy wheels/ here. An incomplete wheels/ must be packed again, or removed.",
    )


def failure(chinese: str, english: str) -> SetupError:
    """Put what the log says last before a message."""
    with open(LOG, encoding="utf-8", errors="replace") as file:
        lines = [line.strip() for line in file if line.strip()]
    causes = [line for line in lines if line.startswith("ERROR")] or lines
    cause = "\n".join("    " + line[:300] for line in causes[-2:])
    return SetupError(f"{cause}\n    (logs/setup.log)\n{chinese}", english)
