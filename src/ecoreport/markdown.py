"""Markdown of the generated documentation: texts that cannot break a page, tables, links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ecoreport.i18n import current_locale

INDEX = "README"
SUFFIXES = {"zh": ".zh-CN.md", "en": ".md"}
SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#])")

Cells = Sequence[str]


def plain(given: str) -> str:
    """Return a text that Markdown shows as it stands, on one line."""
    return SPECIAL.sub(r"\\\1", " ".join(given.split()))


def table(head: Cells, lines: Iterable[Cells], n_numbers: int = 0) -> str:
    """Write a table whose last `n_numbers` columns are numbers."""
    rule = ["---"] * (len(head) - n_numbers) + ["---:"] * n_numbers
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, rule, *lines])


def write_pages(folder: Path, pages: Mapping[str, str]) -> None:
    """Write pages into a folder, and take away those that are no longer made."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def joined(*blocks: str) -> str:
    """Set blocks below each other; empty ones are left out."""
    return "\n\n".join(block for block in blocks if block) + "\n"


def file_of(page: str) -> str:
    """Return the file of a page in the reader's language."""
    return page + SUFFIXES[current_locale()]


def other_language(page: str) -> str:
    """Return a link to the same page in the other language."""
    if current_locale() == "zh":
        return f"[English]({page}{SUFFIXES['en']})"
    return f"[中文]({page}{SUFFIXES['zh']})"
