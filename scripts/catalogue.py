"""Bring the message catalogues up to date: extract, keep what is translated, compile.

Run twice it writes the same bytes: no dates, no line numbers, no names of machines or people.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "src" / "ecoreport" / "locale"
LANGUAGES = ("en",)
IS_CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
"""Characters and punctuation."""
KEYWORDS: dict[str, Any] = {"_": None, "N_": None}
HEADER = "English for the Chinese texts of the program. Written by `make catalogue`."

Extracted = Iterator[tuple[Any, ...]]
"""Line, keyword, message and comments, as Babel expects them of a method."""


def extract_notebook(
    file: IO[bytes], keywords: dict[str, Any], comment_tags: Iterable[str], options: Any
) -> Extracted:
    """Yield what the code cells of a notebook mark."""
    for cell in json.load(file)["cells"]:
        if cell["cell_type"] == "code":
            code = io.BytesIO("".join(cell["source"]).encode())
            yield from extract_python(code, keywords, list(comment_tags), options)


def extract_expectations(file: IO[bytes], *_marks: object, **_options: object) -> Extracted:
    """Yield what the expectations of a dataset say to people."""
    for expectation in json.load(file)["expectations"]:
        about = expectation["meta"]["ecoreport"]
        for name in ("description", "reason", "advice"):
            if about.get(name):
                yield 1, "_", about[name], []


def columns_of(*names: str) -> Callable[..., Extracted]:
    """Return a method that yields the Chinese cells of a table's columns."""

    def extract(file: IO[bytes], *_marks: object, **_options: object) -> Extracted:
        for row in csv.DictReader(io.TextIOWrapper(file, "utf-8-sig")):
            for name in names:
                if IS_CHINESE.search(row[name]):
                    yield 1, "_", row[name], []

    return extract


Method = str | Callable[..., Extracted]
SOURCES: tuple[tuple[str, str, Method], ...] = (
    ("src/ecoreport", "**.py", "python"),
    ("templates", "**.j2", "jinja2"),
    ("notebooks", "*.ipynb", extract_notebook),
    ("expectations", "*.json", extract_expectations),
    ("params", "units.csv", columns_of("unit")),
    ("params", "indicators.csv", columns_of("unit", "formula")),
    ("params", "public_minimums.csv", columns_of("what")),
    ("params", "standards/noise_grades.csv", columns_of("name_zh", "word_zh")),
    ("params", "standards/survey_designs.csv", columns_of("name_zh")),
)


class StableCatalog(Catalog):
    """A catalogue whose header says only what a reader of the file needs."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Language and encoding."""
        return [
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def template() -> Catalog:
    """Return all marked messages of the source, with the files that they stand in."""
    found = Catalog()
    for folder, pattern, method in SOURCES:
        messages = extract_from_dir(
            ROOT / folder,
            method_map=[(pattern, method)],  # type: ignore[list-item]
            keywords=KEYWORDS,
            strip_comment_tags=True,
        )
        for file, _line, message, _comments, _context in messages:
            # A key in `_(WORDS["key"])` looks like a text; texts have Chinese or places for values.
            if IS_CHINESE.search(str(message)) or "{" in message:
                found.add(message, locations=[(f"{folder}/{file}", 1)])
    return found


def path_of(language: str, suffix: str) -> Path:
    """Return where the catalogue of a language lies: ``.po`` for people, ``.mo`` for programs."""
    return CATALOGUES / language / "LC_MESSAGES" / f"ecoreport.{suffix}"


def updated(language: str) -> Catalog:
    """Return the catalogue of a language with the messages of the source, no more and no fewer.

    A message that was reworded keeps the translation of the nearest old one, marked fuzzy: it is
    not used until somebody has read it and removed the mark.
    """
    known = Catalog(language)
    path = path_of(language, "po")
    if path.exists():
        with path.open("rb") as file:
            known = read_po(file, locale=language)
    known.update(template())
    catalogue = StableCatalog(language, header_comment=f"# {HEADER}", fuzzy=False)
    for one in known:
        if one.id:
            catalogue.add(one.id, one.string, sorted(set(one.locations)), one.flags)
    return catalogue


def po_bytes(catalogue: Catalog) -> bytes:
    """Return a catalogue as people edit it."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, sort_by_file=True, include_lineno=False)
    return buffer.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """Return a catalogue as programs read it."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the messages that a reader of the language would still see in Chinese."""
    return [str(one.id) for one in catalogue if one.id and (not one.string or one.fuzzy)]


def main() -> int:
    """Write all catalogues; say what still has to be translated."""
    is_complete = True
    for language in LANGUAGES:
        catalogue = updated(language)
        path_of(language, "po").parent.mkdir(parents=True, exist_ok=True)
        path_of(language, "po").write_bytes(po_bytes(catalogue))
        path_of(language, "mo").write_bytes(mo_bytes(catalogue))
        left = untranslated(catalogue)
        is_complete = is_complete and not left
        print(f"{path_of(language, 'po').relative_to(ROOT)}: {len(catalogue)} messages")
        for message in left:
            print(f"  not translated: {message}", file=sys.stderr)
    return 0 if is_complete else 1


if __name__ == "__main__":
    sys.exit(main())
