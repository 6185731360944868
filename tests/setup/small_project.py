"""A project as small as set-up allows: two packages, packed as wheels, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ("bootstrap.py", "environment.py", "install.py", "interpreter.py")


class SmallProject:
    """A checkout with the real set-up scripts and pins of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.venv = root / ".venv"
        self.stamp = self.venv / "ecoreport-setup.json"
        (root / "scripts").mkdir(parents=True)
        for name in SCRIPTS:
            shutil.copy(ROOT / "scripts" / name, root / "scripts" / name)
        (root / "src" / "ecoreport").mkdir(parents=True)
        (root / "src" / "ecoreport" / "__init__.py").write_text("WORD = 'here'\n")
        (root / "requirements").mkdir()

    def pin(self, group: str, name: str, version: str) -> None:
        """Make a group of one package, and pack its wheel."""
        (self.root / "wheels").mkdir(exist_ok=True)
        wheel = write_wheel(self.root / "wheels", name, version)
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        self.pin_file(group).write_text(f"{name}=={version} \\\n    --hash=sha256:{digest}\n")

    def pin_file(self, group: str) -> Path:
        return self.root / "requirements" / f"{group}.txt"

    def start(self, *arguments: str, **environ: str) -> subprocess.Popen[str]:
        """Start bootstrap.py as the Makefile does, in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, "-E", "-S", self.root / "scripts" / "bootstrap.py", *arguments],
            env={**clean_environ(), **environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    def bootstrap(self, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        process = self.start(*arguments, **environ)
        out, err = process.communicate(timeout=300)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def installed(self) -> dict[str, int]:
        """Every file of the environment with the time it was written."""
        return {
            str(path.relative_to(self.venv)): path.lstat().st_mtime_ns
            for path in self.venv.rglob("*")
        }


def clean_environ() -> dict[str, str]:
    """The environment variables without those that steer Python, pip, conda and make."""
    steering = ("PYTHON", "PIP_", "CONDA_", "MAKE", "MFLAGS", "VIRTUAL_ENV", "PYTEST_")
    return {k: v for k, v in os.environ.items() if not k.startswith(steering)}


def write_wheel(folder: Path, name: str, version: str) -> Path:
    """Write a wheel with one module that holds its version."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": f"VERSION = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = [f"{path},sha256={urlsafe_digest(text)},{len(text)}" for path, text in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,"]) + "\n"
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return wheel


def urlsafe_digest(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
