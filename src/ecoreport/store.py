"""State between steps: JSON of models and Parquet of frames, written aside and switched in."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

if TYPE_CHECKING:
    import pandas as pd
    from pydantic import BaseModel

Model = TypeVar("Model", bound="BaseModel")
Answer = TypeVar("Answer")
ASIDE = ".aside"
"""How the names of files end that :func:`write_aside` is filling."""


def write_aside(path: Path, write: Callable[[Path], Answer]) -> Answer:
    """Let `write` fill a new file beside `path`, then put it in its place in one step.

    A reader sees the old file or the new one; a kill leaves the old one. What `write` returns is
    returned.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=ASIDE)
    os.close(handle)
    aside = Path(name)
    try:
        answer = write(aside)
        aside.chmod(0o644)
        aside.replace(path)
        return answer
    finally:
        aside.unlink(missing_ok=True)


def clear_asides(folder: Path) -> None:
    """Remove what killed runs were filling below a folder that nobody else writes to now."""
    for left in folder.rglob(f".*{ASIDE}"):
        left.unlink(missing_ok=True)


def write_json(path: Path, content: Any) -> None:
    """Write `content` as readable JSON."""
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    # Half characters, as of a file's name in another encoding, are written as JSON escapes them.
    encoded = text.encode("utf-8", "backslashreplace")
    write_aside(path, lambda aside: aside.write_bytes(encoded))


def read_json(path: Path) -> Any:
    """Read what :func:`write_json` wrote."""
    return json.loads(path.read_text(encoding="utf-8"))


def write_models(path: Path, models: Iterable[BaseModel]) -> None:
    """Write models as a JSON list."""
    write_json(path, [model.model_dump(mode="json", exclude_defaults=True) for model in models])


def read_models(path: Path, model: type[Model]) -> list[Model]:
    """Read a JSON list of models of one type."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - what is not of models needs none

    return TypeAdapter(list[model]).validate_json(path.read_bytes())  # type: ignore[valid-type]


def write_frame(path: Path, frame: pd.DataFrame) -> None:
    """Write a frame as Parquet, index and all."""
    # Given a path, the writer first looks for the file system that it may be on.
    write_aside(path, lambda aside: aside.write_bytes(frame.to_parquet()))


def read_frame(source: Path | BinaryIO) -> pd.DataFrame:
    """Read what :func:`write_frame` wrote."""
    from pyarrow.parquet import ParquetFile  # noqa: PLC0415 - reading JSON alone should not load it

    # pandas itself would first look for a data set of many files, and start threads.
    with ParquetFile(source) as file:
        frame: pd.DataFrame = file.read(use_threads=False).to_pandas(use_threads=False)
    return frame
