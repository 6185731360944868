"""From the files of a district and year to one canonical frame a dataset."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

import pandas as pd
from filelock import FileLock
from pydantic import BaseModel

from ecoreport import store
from ecoreport.config.catalogue import Catalogue
from ecoreport.config.corrections import FiledCorrection
from ecoreport.config.layouts import Dataset
from ecoreport.config.vocabulary import Maturity, Secrecy, Severity
from ecoreport.errors import InputError
from ecoreport.i18n import SOURCE_LOCALE, _, current_locale
from ecoreport.ingest.files import OTHER_TABLE_SUFFIXES
from ecoreport.ingest.find import FoundFile, find_files, refuse_forbidden
from ecoreport.ingest.names import Names
from ecoreport.ingest.records import Aside, Entry, Place, Problem, Records, frame_of, gathered
from ecoreport.ingest.rules import Rules
from ecoreport.ingest.tables import read_tables
from ecoreport.ingest.units import Units
from ecoreport.project import Pair, Project

SOURCES_FILE: Final = "sources.json"


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


@dataclass(frozen=True)
class Ingested:
    """Everything read for one district and year.

    Attributes
    ----------
    frames : dict of str to pandas.DataFrame
        Canonical frame by dataset; a dataset without files is absent.
    cleaning : dict of str to pandas.DataFrame
        Cells that are not simply what they look like: the fields of `Entry`.
    aside : dict of str to pandas.DataFrame
        Rows without a readable key, which no frame holds: the fields of `Aside`.
    sources : list of Source
    problems : pandas.DataFrame
        ``dataset, severity (stop, warning), file, sheet, row, column, value, message, rows``.
    corrections : tuple of FiledCorrection
        What letters changed in the frames, and what could not be applied.
    withheld : frozenset of str
        Internal datasets that have files, which a public edition does not read.
    """

    frames: dict[str, pd.DataFrame]
    cleaning: dict[str, pd.DataFrame]
    aside: dict[str, pd.DataFrame]
    sources: list[Source]
    problems: pd.DataFrame
    corrections: tuple[FiledCorrection, ...] = ()
    withheld: frozenset[str] = frozenset()

    def is_demonstration(self, dataset: str) -> bool:
        """Return whether the rows of `dataset` are demonstration data."""
        return any(
            one.is_demonstration
            for one in self.sources
            if one.dataset == dataset and not one.ignored_because
        )


@dataclass(frozen=True)
class _Part:
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


def ingest(
    project: Project, pair: Pair, catalogue: Catalogue, *, is_public: bool = False
) -> Ingested:
    """Read the raw or else the demonstration files of a district and year.

    A dataset rests on files of data/raw or on files of data/demonstration, never on both; so does
    a family of datasets of which one stands in for another. What was read is written to
    ``project.processed(pair)``; a dataset whose files, definition and code did not change is taken
    from there. A file that cannot be used is a problem of severity ``stop`` and does not keep the
    others from being read.

    Parameters
    ----------
    project : Project
    pair : Pair
    catalogue : Catalogue
    is_public : bool
        Whether internal datasets are left alone, as if they had no files.

    Returns
    -------
    Ingested

    Raises
    ------
    InputError
        If there is a file that must not be stored here.
    """
    datasets = list(catalogue.datasets.values())
    raw = find_files(project.raw(pair), project.root, datasets)
    demonstration = find_files(project.demonstration(pair), project.root, datasets)
    refuse_forbidden([*raw, *demonstration], catalogue.datasets)
    withheld = catalogue.datasets_that_are(Secrecy.INTERNAL) if is_public else frozenset()
    path = project.root / "data" / "processed" / ".locks" / f"{pair.district}-{pair.year}.reading"
    path.parent.mkdir(parents=True, exist_ok=True)
    # Reports of later years read this one as well, under their own year's lock.
    with FileLock(path):
        read = _ingested(
            project,
            pair,
            catalogue,
            [one for one in raw if one.dataset not in withheld],
            [one for one in demonstration if one.dataset not in withheld],
        )
    found = {one.dataset for one in (*raw, *demonstration)}
    return replace(read, withheld=withheld & found)


def _ingested(
    project: Project,
    pair: Pair,
    catalogue: Catalogue,
    raw: list[FoundFile],
    demonstration: list[FoundFile],
) -> Ingested:
    tasks = _Tasks(project, pair, catalogue)
    folder = project.processed(pair)
    found = _filled(folder, tasks.of(raw, is_demonstration=False))
    real = {name: catalogue.family(name) & set(found) for name in catalogue.datasets}
    unreal = [
        one for one in tasks.of(demonstration, is_demonstration=True) if not real[one.dataset.id]
    ]
    found |= _filled(folder, unreal)
    for name in set(catalogue.datasets) - set(found):
        _forget(folder, name)
    parts = {name: found[name] for name in catalogue.datasets if name in found}
    sources = [source for part in parts.values() for source in part.sources]
    sources += _left_alone(raw, demonstration, sources, _why_unused(catalogue, real))
    store.write_models(folder / SOURCES_FILE, sources)
    problems = [one for part in parts.values() for one in part.problems]
    problems += [_unmatched(one) for one in raw if one.is_table and not one.datasets]
    return Ingested(
        {name: part.frame for name, part in parts.items()},
        {name: part.cleaning for name, part in parts.items()},
        {name: part.aside for name, part in parts.items()},
        sources,
        frame_of(problems, Problem),
    )


@dataclass(frozen=True)
class _Task:
    """One dataset with the files that it rests on."""

    rules: Rules
    files: list[FoundFile]
    is_demonstration: bool
    maturity: Maturity
    """Of rows that do not say theirs."""

    @property
    def dataset(self) -> Dataset:
        return self.rules.dataset

    def key(self) -> str:
        """Return a hash of everything that the result depends on."""
        code = sorted(Path(__file__).parent.glob("*.py"))
        content = {
            "files": [(one.file, one.datasets, one.sha256()) for one in self.files],
            "dataset": self.dataset.model_dump(mode="json"),
            "names": asdict(self.rules.names),
            "units": self.rules.units.content,
            "year": self.rules.year,
            "maturity": self.maturity,
            "is_demonstration": self.is_demonstration,
            "code": [hashlib.sha256(one.read_bytes()).hexdigest() for one in code],
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


class _Tasks:
    """What to read of a district and year."""

    def __init__(self, project: Project, pair: Pair, catalogue: Catalogue) -> None:
        self._names, self._units = Names.of(catalogue, pair), Units(project.params / "units.csv")
        self._given = catalogue.district_year(pair).maturity
        self._datasets, self._year = tuple(catalogue.datasets.values()), pair.year

    def of(self, files: Iterable[FoundFile], *, is_demonstration: bool) -> list[_Task]:
        """Return one task for each dataset that takes some of `files`."""
        taken: dict[str, list[FoundFile]] = {}
        for one in files:
            taken.setdefault(one.dataset, []).append(one)
        return [
            _Task(
                Rules(dataset, self._names, self._units, self._year),
                taken[dataset.id],
                is_demonstration,
                self._given.get(dataset.id, dataset.maturity),
            )
            for dataset in self._datasets
            if dataset.id in taken
        ]


def _filled(folder: Path, tasks: Iterable[_Task]) -> dict[str, _Part]:
    """Read datasets; those whose files say nothing at all are not there."""
    parts = {task.dataset.id: _cached(folder, task) for task in tasks}
    return {name: part for name, part in parts.items() if not part.is_silent}


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


def _forget(folder: Path, dataset: str) -> None:
    for path in folder.glob(f"{dataset}.*"):
        path.unlink(missing_ok=True)


def _forget_others(folder: Path, dataset: str, key: str) -> None:
    """Let what was kept in any language go, unless it was read from the same input."""
    for path in folder.glob(f"{dataset}.*ingest.json"):
        if store.read_json(path)["key"] != key:
            path.unlink()


def _cached(folder: Path, task: _Task) -> _Part:
    """Read a dataset, or take it from an earlier run on the same input."""
    paths, key = _paths(folder, task.dataset.id), task.key()
    if all(path.exists() for path in paths.values()):
        about = store.read_json(paths["about"])
        if about["key"] == key:
            return _Part(
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


def _read(task: _Task) -> _Part:
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
    return _Part(
        pd.concat(frames, ignore_index=True) if frames else _empty(task),
        frame_of(records.entries, Entry),
        frame_of(records.asides, Aside),
        sources,
        gathered(records.problems),
    )


def _opened(found: FoundFile, task: _Task, records: Records) -> pd.DataFrame:
    if found.path.suffix.lower() in OTHER_TABLE_SUFFIXES:
        raise InputError(
            _("文件 {file} 的格式不读取。请用 Excel 或 WPS 另存为 xlsx（不含宏）").format(
                file=found.file
            )
        )
    return read_tables(found.path, found.file, task.rules, records)


def _with_maturity(frame: pd.DataFrame, task: _Task, found: FoundFile) -> pd.DataFrame:
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


def _empty(task: _Task) -> pd.DataFrame:
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


def _left_alone(
    raw: Iterable[FoundFile],
    demonstration: Iterable[FoundFile],
    read: Iterable[Source],
    why_unused: Mapping[str, str],
) -> list[Source]:
    """Name the files of which nothing was read."""
    known = {source.path for source in read}
    return [
        Source(
            dataset=one.dataset,
            path=one.file,
            sha256=one.sha256() if one.dataset else "",
            is_demonstration=is_demonstration,
            ignored_because=one.ignored_because
            or (is_demonstration and why_unused.get(one.dataset))
            or _("没有填写任何数据"),
        )
        for is_demonstration, files in ((False, raw), (True, demonstration))
        for one in files
        if one.file not in known
    ]


def _why_unused(catalogue: Catalogue, real: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Say of each dataset why its demonstration data are not used, where real ones are there."""
    because = {}
    for name, taken in real.items():
        if name in taken:
            because[name] = _("data/raw 中已有这个数据集的文件，演示数据不用")
        elif taken:
            names = _("、").join(
                str(getattr(catalogue.datasets[one], current_locale())) for one in sorted(taken)
            )
            because[name] = _("data/raw 中已有{names}，演示数据不与实际数据并用").format(
                names=names
            )
    return because


def _unmatched(found: FoundFile) -> Problem:
    message = _("文件名不属于任何数据集，未读入。请按 docs/data-in.zh-CN.md 中的写法命名")
    return Problem("", Severity.WARNING.value, found.file, "", 0, "", "", message)
