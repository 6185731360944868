"""The installed packages that reports are made with, by version."""

from __future__ import annotations

import os
import platform
import re
import sys
from functools import cache

from ecoreport.project import Project

LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
INSTALLED = re.compile(r"(.+)-([^-]+)\.dist-info")
SEPARATORS = re.compile(r"[-_.]+")


@cache
def pins(project: Project) -> dict[str, str]:
    """Return the versions of Python and of each installed package that a report needs.

    These are the ones of ``requirements/run.txt``; without that file, all that are installed.
    """
    installed = {
        _normal(about[1]): about[2]
        for folder in reversed(sys.path)
        for name in _names(folder)
        if (about := INSTALLED.fullmatch(name))
    }
    needed = {_normal(name) for name in LOCKED.findall(_locked(project))} or set(installed)
    kept = {name: installed[name] for name in sorted(needed & installed.keys())}
    return {"python": platform.python_version()} | kept


def _normal(name: str) -> str:
    return SEPARATORS.sub("-", name).lower()


def _names(folder: str) -> list[str]:
    # Reading what each package says of itself would take a hundred times as long.
    try:
        return os.listdir(folder or ".")  # noqa: PTH208
    except OSError:
        return []


def _locked(project: Project) -> str:
    try:
        return (project.root / "requirements" / "run.txt").read_text("utf-8")
    except OSError:
        return ""
