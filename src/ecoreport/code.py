"""The code that a step runs, by content: the modules that its own import, and theirs."""

from __future__ import annotations

import ast
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Lock

from ecoreport.store import write_json

PACKAGE = Path(__file__).parent
CHECKING = "TYPE_CHECKING"
BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
"""Where statements hold other statements; expressions import nothing."""
KNOWN = PACKAGE / "__pycache__" / "imports.json"
"""Keeps what each content imports: beside the bytecode, which comes of the source alone too."""

_reading = Lock()


class Code:
    """The modules of the package, each with its SHA-256 and what it imports.

    Parameters
    ----------
    package : Path
        Folder of the package.
    known : Path or None
        File that keeps what each content imports: reading it saves parsing. It may be deleted.

    Notes
    -----
    Imports inside functions count as well. ``from package.module import name`` does not make a
    module depend on what the package's ``__init__`` imports beside it: no ``__init__`` here
    changes what lies below it.
    """

    def __init__(self, package: Path = PACKAGE, known: Path | None = None) -> None:
        self._files = dict(_modules(package))
        self._digests = {name: digest_of(path) for name, path in self._files.items()}
        self._known = known
        kept = _kept(known)
        self._imports = {
            digest: kept[digest] if digest in kept else _imported(self._files[name])
            for name, digest in self._digests.items()
        }
        if known is not None and self._imports.keys() != kept.keys():
            # An installed package may be read-only: then it is parsed each time.
            with suppress(OSError):
                write_json(known, self._imports)

    @property
    def modules(self) -> Mapping[str, str]:
        """SHA-256 of every module, by name."""
        return self._digests

    def closure(self, roots: Iterable[str]) -> dict[str, str]:
        """Return the SHA-256 of modules and of all that they import, by name.

        Parameters
        ----------
        roots : iterable of str
            As in an import statement; what is not of the package is passed over.
        """
        found: set[str] = set()
        waiting = [name for root in roots for name in self._named(root)]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                names = self._imports[self._digests[name]]
                waiting += [module for one in names for module in self._named(one)]
        return {name: self._digests[name] for name in sorted(found)}

    def _named(self, name: str) -> tuple[str, ...]:
        """Return the module of a dotted name: itself, or the one that it is a name of."""
        while name and name not in self._files:
            name = name.rpartition(".")[0]
        # All of a package's business: who imports the root itself takes its version.
        return (name,) if name else ()


def imports_of(source: str) -> list[str]:
    """Return the dotted names that Python code imports, those for type checking left out."""
    return sorted(set(_imported_by(ast.parse(source).body)))


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's content."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def here() -> Code:
    """Return the code of this process, read once."""
    # Two threads that parse at once are more than Python 3.11 can bear.
    with _reading:
        return _here()


@cache
def _here() -> Code:
    return Code(known=None if sys.dont_write_bytecode else KNOWN)


def _modules(package: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(package.rglob("*.py")):
        parts = (package.name, *path.relative_to(package).with_suffix("").parts)
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def _kept(known: Path | None) -> dict[str, list[str]]:
    try:
        return dict(json.loads(known.read_text("utf-8"))) if known else {}
    except (OSError, ValueError):
        return {}


def _imported(path: Path) -> list[str]:
    return imports_of(path.read_text("utf-8"))


def _imported_by(statements: Iterable[ast.AST]) -> Iterator[str]:
    for one in statements:
        if isinstance(one, ast.If) and _is_for_checking(one.test):
            continue
        if isinstance(one, ast.Import):
            yield from (alias.name for alias in one.names)
        elif isinstance(one, ast.ImportFrom) and one.module and not one.level:
            yield from (f"{one.module}.{alias.name}" for alias in one.names)
        for block in BLOCKS:
            yield from _imported_by(getattr(one, block, ()))


def _is_for_checking(test: ast.expr) -> bool:
    return isinstance(test, ast.Name) and test.id == CHECKING
