"""The environment that the project runs in, and what is known to be installed in it.

Standard library only, in syntax that Python 3.7 reads; see bootstrap.py.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os

from interpreter import SetupError, choose_python

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
STAMP = "ecoreport-setup.json"
CONDA_NAME = "ecoreport"


class Environment:
    """A Python environment: the folder it stands in and its interpreter."""

    def __init__(self, prefix: str, is_conda: bool) -> None:
        self.prefix = prefix
        self.is_conda = is_conda
        self.stamp = os.path.join(prefix, STAMP)
        if os.name != "nt":
            self.python = os.path.join(prefix, "bin", "python")
        elif is_conda:
            self.python = os.path.join(prefix, "python.exe")
        else:
            self.python = os.path.join(prefix, "Scripts", "python.exe")

    def is_ready(self, pins: dict[str, str], asked: str | None) -> bool:
        """Tell whether every group is whole, with these pins and the Python asked for."""
        recorded = self.recorded()
        return all(recorded.get(group) == pins[group] for group in pins) and self.is_of(asked)

    def is_of(self, asked: str | None) -> bool:
        """Tell whether the environment was made with the Python that was asked for, if any."""
        if not asked or self.is_conda:
            return True
        with contextlib.suppress(OSError), open(os.path.join(self.prefix, "pyvenv.cfg")) as file:
            lines = (line.partition("=") for line in file)
            entries = {name.strip(): value.strip() for name, _, value in lines}
            base = os.path.realpath(choose_python(asked).executable)
            return base == os.path.realpath(entries.get("executable", ""))
        return False

    def identity(self) -> dict[str, str]:
        """Tell what the environment is made for: this checkout, and this very interpreter."""
        return {"project": ROOT, "interpreter": os.path.realpath(self.python)}

    def recorded(self) -> dict[str, str]:
        """Return the groups that were installed whole, with the digest of their pins."""
        try:
            with open(self.stamp, encoding="utf-8") as file:
                stamp = json.load(file)
            is_same = stamp["identity"] == self.identity() and os.path.exists(self.python)
            return dict(stamp["groups"]) if is_same else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def record(self, groups: dict[str, str]) -> None:
        """Write down that these groups are whole; the last thing that a set-up does."""
        unfinished = self.stamp + ".unfinished"
        with open(unfinished, "w", encoding="utf-8") as file:
            json.dump({"identity": self.identity(), "groups": groups}, file, indent=1)
        os.replace(unfinished, self.stamp)

    def forget(self) -> None:
        """Take the stamp away while the environment is being changed."""
        with contextlib.suppress(FileNotFoundError):
            os.remove(self.stamp)


def active_conda() -> Environment | None:
    """Return the conda environment of this project where it is active."""
    prefix = os.environ.get("CONDA_PREFIX")
    if prefix and os.environ.get("CONDA_DEFAULT_ENV") == CONDA_NAME:
        return Environment(prefix, is_conda=True)
    return None


def pin_file(group: str) -> str:
    """Return where the pins of a group stand."""
    return os.path.join(ROOT, "requirements", os.path.basename(group) + ".txt")


def digest(group: str) -> str:
    """Hash the pins of a group: their content counts, not the file's date."""
    try:
        with open(pin_file(group), "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    except FileNotFoundError:
        raise SetupError(
            f"没有依赖组 {group};requirements/ 中有 run、lab、archive、cluster、dev。",
            f"There is no group {group}; requirements/ holds run, lab, archive, cluster, dev.",
        ) from None
