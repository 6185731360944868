"""One dataset of a district and year: read, or taken from an earlier run on the same input."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import pandas as pd
from pydantic import BaseModel

from ecoreport import store
from ecoreport.config.layouts import Dataset
from ecoreport.config.vocabulary import Maturity, Severity
from ecoreport.errors import InputError
from ecoreport.i18n import SOURCE_LOCALE, _, current_locale
from ecoreport.ingest.files import OTHER_TABLE_SUFFIXES
from ecoreport.ingest.find import FoundFile
from ecoreport.ingest.records import Aside, Entry, Place, Problem, Records, frame_of, gathered
from ecoreport.ingest.rules import Rules
from ecoreport.ingest.tables import read_tables


class Source(BaseModel):
    """A file found for a district and year, and what became of it."""

    dataset: str = ""
    path: str
    """Relative to the project."""
    sha256: str = ""
    sheets: tuple[str, ...] = ()
    """Sheets of which rows were taken."""
    rows: int = 0
    maturity: tuple[Maturity, ...] = ()
    """Of its rows, best first."""
    is_demonstration: bool = False
    header_units: dict[str, dict[str, str]] = {}
    """Units that headers state, other than the canonical ones: by sheet and column."""
    ignored_because: str = ""
    """Why nothing was read; empty where something was."""
    is_unfilled: bool = False
    """Whether it is a template that nobody filled in."""


@dataclass(frozen=True)
class Part:
    """What one dataset gives."""

    frame: pd.DataFrame
    cleaning: pd.DataFrame
    aside: pd.DataFrame
    sources: list[Source]
    problems: list[Problem]

    @property
    def is_silent(self) -> bool:
        """Whether the files hold no row at all: templates that nobody filled in."""
        return self.frame.empty and self.aside.empty and not self.problems


@dataclass(frozen=True)
class Task:
    """One dataset with the files that it rests on."""

    rules: Rules
    files: list[FoundFile]
    is_demonstration: bool
    maturity: Maturity
    """Of rows that do not say theirs."""

    @property
    def dataset(self) -> Dataset:
        """Layout of its tables."""
        return self.rules.dataset

    def key(self) -> str:
        """Return a hash of everything that the result depends on."""
        content = {
            "files": [(one.file, one.datasets, one.sha256()) for one in self.files],
            "dataset": self.dataset.model_dump(mode="json"),
            "names": self.rules.names.digest,
            "units": self.rules.units.content,
            "year": self.rules.year,
            "maturity": self.maturity,
            "is_demonstration": self.is_demonstration,
            "code": _code(),
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


@cache
def _code() -> tuple[str, ...]:
    """Return hashes of the code that reads; it does not change while it runs."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return tuple(hashlib.sha256(one.read_bytes()).hexdigest() for one in files)


def _paths(folder: Path, dataset: str) -> dict[str, Path]:
    """Return where a dataset is kept; sentences are kept in each language of their own."""
    locale = current_locale()
    told = dataset if locale == SOURCE_LOCALE else f"{dataset}.{locale}"
    return {
        "frame": folder / f"{dataset}.parquet",
        "cleaning": folder / f"{told}.cleaning.parquet",
        "aside": folder / f"{told}.aside.parquet",
        "about": folder / f"{told}.ingest.json",
    }


def forget(folder: Path, dataset: str) -> None:
    """Let everything that was kept of a dataset go."""
    for path in folder.glob(f"{dataset}.*"):
        path.unlink(missing_ok=True)


def _forget_others(folder: Path, dataset: str, key: str) -> None:
    """Let what was kept in any language go, unless it was read from the same input."""
    for path in folder.glob(f"{dataset}.*ingest.json"):
        if store.read_json(path)["key"] != key:
            path.unlink()


def cached(folder: Path, task: Task) -> Part:
    """Read a dataset, or take it from an earlier run on the same input."""
    paths, key = _paths(folder, task.dataset.id), task.key()
    if all(path.exists() for path in paths.values()):
        about = store.read_json(paths["about"])
        if about["key"] == key:
            return Part(
                store.read_frame(paths["frame"]),
                store.read_frame(paths["cleaning"]),
                store.read_frame(paths["aside"]),
                [Source.model_validate(one) for one in about["sources"]],
                [Problem(**one) for one in about["problems"]],
            )
    part = _read(task)
    # The file with the key goes away first and comes last: a kill between leaves no stale match.
    _forget_others(folder, task.dataset.id, key)
    store.write_frame(paths["frame"], part.frame)
    store.write_frame(paths["cleaning"], part.cleaning)
    store.write_frame(paths["aside"], part.aside)
    about = {
        "key": key,
        "sources": [one.model_dump(mode="json") for one in part.sources],
        "problems": [asdict(one) for one in part.problems],
    }
    store.write_json(paths["about"], about)
    return part


def _read(task: Task) -> Part:
    records = Records(task.dataset.id)
    frames, sources = [], []
    for found in task.files:
        _warn_if_doubtful(found, records)
        source = Source(
            dataset=task.dataset.id,
            path=found.file,
            sha256=found.sha256(),
            is_demonstration=task.is_demonstration,
        )
        try:
            frame = _with_maturity(_opened(found, task, records), task, found)
        except InputError as error:
            records.problem(Severity.STOP, Place(found.file), str(error))
            sources.append(source.model_copy(update={"ignored_because": str(error)}))
            continue
        frames.append(frame)
        units = records.header_units.get(found.file, {})
        sources.append(source.model_copy(update={**_about(frame), "header_units": units}))
    return Part(
        pd.concat(frames, ignore_index=True) if frames else _empty(task),
        frame_of(records.entries, Entry),
        frame_of(records.asides, Aside),
        sources,
        gathered(records.problems),
    )


def _opened(found: FoundFile, task: Task, records: Records) -> pd.DataFrame:
    if found.path.suffix.lower() in OTHER_TABLE_SUFFIXES:
        raise InputError(
            _("文件 {file} 的格式不读取。请用 Excel 或 WPS 另存为 xlsx（不含宏）").format(
                file=found.file
            )
        )
    return read_tables(found.path, found.file, task.rules, records)


def _with_maturity(frame: pd.DataFrame, task: Task, found: FoundFile) -> pd.DataFrame:
    """Say of each row how far it has been checked.

    Raises
    ------
    InputError
        If a file of data/raw holds demonstration data.
    """
    if task.is_demonstration:
        return frame.assign(maturity=pd.Series(Maturity.DEMONSTRATION.value, frame.index, "str"))
    if (frame["maturity"] == Maturity.DEMONSTRATION.value).any():
        raise InputError(
            _("文件 {file} 标明是演示数据，不能放在 data/raw。请换成实际数据").format(
                file=found.file
            )
        )
    return frame.assign(maturity=frame["maturity"].fillna(task.maturity.value).astype("str"))


def _about(frame: pd.DataFrame) -> dict[str, object]:
    said = set(frame["maturity"])
    return {
        "sheets": tuple(frame["source_sheet"].unique()),
        "rows": len(frame),
        "maturity": tuple(one for one in Maturity if one.value in said),
    }


def _empty(task: Task) -> pd.DataFrame:
    """Return the frame of a dataset none of whose files could be read."""
    names = [*(one.name for one in task.dataset.columns), *("source_file", "source_sheet")]
    frame = pd.DataFrame({name: pd.Series(dtype="str") for name in names})
    return frame.assign(source_row=pd.Series(dtype="int64"))


def _warn_if_doubtful(found: FoundFile, records: Records) -> None:
    if len(found.datasets) > 1:
        message = _("文件名同时符合几个数据集（{datasets}），按第一个读入").format(
            datasets=_("、").join(found.datasets)
        )
        records.problem(Severity.WARNING, Place(found.file), message)
