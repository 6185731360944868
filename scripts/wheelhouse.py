"""Pack the wheels that another machine needs to be set up without network.

``make wheelhouse`` packs for this machine's platform and Python, ``PLATFORM=windows-amd64`` and
``PYTHON_VERSION=3.12`` for another. The wheels stand in wheels/<platform>-<python>/; set-up there
uses them instead of the package index.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from interpreter import SUPPORTED, own_platform
from packaging.markers import Marker

ROOT = Path(__file__).resolve().parent.parent
GROUPS = ("run", "lab", "archive", "cluster", "dev")

# What a package index calls each platform. Linux: those of glibc 2.28 and older, which Kylin V10
# and every supported Debian, Ubuntu and RHEL can load.
TAGS = {
    "linux-x86_64": [f"manylinux_2_{n}_x86_64" for n in range(28, 4, -1)]
    + ["manylinux2014_x86_64"],
    "linux-aarch64": [f"manylinux_2_{n}_aarch64" for n in range(28, 16, -1)]
    + ["manylinux2014_aarch64"],
    "windows-amd64": ["win_amd64"],
    "macos-arm64": [
        f"macosx_{n}_0_{kind}" for n in range(14, 10, -1) for kind in ("arm64", "universal2")
    ],
}
# What the markers of the pins ask about each platform.
SYSTEMS = {
    "linux": {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux"},
    "windows": {"os_name": "nt", "sys_platform": "win32", "platform_system": "Windows"},
    "macos": {"os_name": "posix", "sys_platform": "darwin", "platform_system": "Darwin"},
}
MACHINES = {"amd64": "AMD64"}


def main() -> int:
    """Pack the wheels; return pip's exit code."""
    platform = os.environ.get("PLATFORM") or own_platform()
    python = os.environ.get("PYTHON_VERSION") or f"{sys.version_info[0]}.{sys.version_info[1]}"
    versions = [f"{major}.{minor}" for major, minor in SUPPORTED]
    if platform not in TAGS or python not in versions:
        print(
            f"PLATFORM 可选：{'、'.join(TAGS)};PYTHON_VERSION 可选：{'、'.join(versions)}。\n"
            "These are the platforms and versions that can be packed for.",
            file=sys.stderr,
        )
        return 2
    target = ROOT / "wheels" / f"{platform}-{python}"
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".unfinished-") as folder:
        # A pin may depend on the patch release, which is not known of the other machine.
        for release in (f"{python}.0", f"{python}.99"):
            code = download(platform, release, Path(folder))
            if code:
                return code
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(folder, target)
    wheels = list(target.glob("*.whl"))
    size = sum(wheel.stat().st_size for wheel in wheels) / 1e6
    print(f"{target.relative_to(ROOT)}: {len(wheels)} wheels, {size:.0f} MB")
    return 0


def download(platform: str, release: str, folder: Path) -> int:
    """Download the wheels for one platform and Python release; return pip's exit code."""
    environment = marker_environment(platform, release)
    pins: set[str] = set()
    for group in GROUPS:
        text = (ROOT / "requirements" / f"{group}.txt").read_text(encoding="utf-8")
        pins.update(select(text, environment))
    requirements = folder / "requirements.txt"
    requirements.write_text("\n".join(sorted(pins)) + "\n", encoding="utf-8")
    command = [
        *(sys.executable, "-I", "-m", "pip", "download", "--quiet", "--no-deps"),
        *("--require-hashes", "--only-binary=:all:", f"--dest={folder}"),
        *(f"--platform={tag}" for tag in TAGS[platform]),
        *(f"--python-version={release}", "--implementation=cp"),
        f"--requirement={requirements}",
    ]
    code = subprocess.call(command)
    requirements.unlink()
    return code


def marker_environment(platform: str, release: str) -> dict[str, str]:
    """Return what the target machine would answer to a pin's marker."""
    system, _, machine = platform.partition("-")
    return {
        **SYSTEMS[system],
        "platform_machine": MACHINES.get(machine, machine),
        "python_version": release.rpartition(".")[0],
        "python_full_version": release,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }


def select(requirements: str, environment: dict[str, str]) -> list[str]:
    """Return the pins with their hashes, without markers, that hold in an environment.

    pip itself asks markers of the machine that it runs on, also when it packs for another.
    """
    joined = requirements.replace("\\\n", " ")
    lines = [line.strip() for line in joined.splitlines()]
    selected = []
    for line in lines:
        if not line or line.startswith("#"):
            continue
        pin, *hashes = re.split(r"\s+(?=--hash=)", line)
        name, _, marker = pin.partition(";")
        if not marker.strip() or Marker(marker.strip()).evaluate(environment):
            selected.append(" ".join([name.strip(), *(part.strip() for part in hashes)]))
    return selected


if __name__ == "__main__":
    sys.exit(main())
