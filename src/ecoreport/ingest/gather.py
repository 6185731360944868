"""From the files of a district and year to one canonical frame a dataset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pandas as pd
from filelock import FileLock

from ecoreport import store
from ecoreport.config.catalogue import Catalogue
from ecoreport.config.corrections import FiledCorrection
from ecoreport.config.vocabulary import Secrecy, Severity
from ecoreport.i18n import _, current_locale
from ecoreport.ingest.apart import one_reader
from ecoreport.ingest.find import FoundFile, find_files, refuse_forbidden
from ecoreport.ingest.names import Names
from ecoreport.ingest.parts import Part, Source, Task, cached, forget
from ecoreport.ingest.records import Problem, frame_of
from ecoreport.ingest.rules import Rules
from ecoreport.ingest.units import Units
from ecoreport.project import Pair, Project

SOURCES_FILE: Final = "sources.json"


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
    path = project.locks / f"{pair.district}-{pair.year}.reading"
    path.parent.mkdir(parents=True, exist_ok=True)
    # Reports of later years read this one as well, under their own year's lock.
    with FileLock(path), one_reader():
        read = _ingested(
            project,
            pair,
            catalogue,
            [one for one in raw if one.dataset not in withheld],
            [one for one in demonstration if one.dataset not in withheld],
        )
    found = {one.dataset for one in (*raw, *demonstration)}
    return replace(read, withheld=withheld & found)


def read_raw(
    project: Project, pair: Pair, catalogue: Catalogue, dataset: str
) -> pd.DataFrame | None:
    """Return the rows of one dataset as its raw files have them; None where there are none."""
    files = find_files(project.raw(pair), project.root, list(catalogue.datasets.values()))
    own = [one for one in files if one.dataset == dataset]
    tasks = _Tasks(project, pair, catalogue).of(own, is_demonstration=False)
    path = project.locks / f"{pair.district}-{pair.year}.reading"
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path), one_reader():
        found = _filled(project.processed(pair), tasks)
    return found[dataset].frame if dataset in found else None


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
        forget(folder, name)
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


class _Tasks:
    """What to read of a district and year."""

    def __init__(self, project: Project, pair: Pair, catalogue: Catalogue) -> None:
        self._names, self._units = Names.of(catalogue, pair), Units(project.params / "units.csv")
        self._given = catalogue.district_year(pair).maturity
        self._datasets, self._year = tuple(catalogue.datasets.values()), pair.year

    def of(self, files: Iterable[FoundFile], *, is_demonstration: bool) -> list[Task]:
        """Return one task for each dataset that takes some of `files`."""
        taken: dict[str, list[FoundFile]] = {}
        for one in files:
            taken.setdefault(one.dataset, []).append(one)
        return [
            Task(
                Rules(dataset, self._names, self._units, self._year),
                taken[dataset.id],
                is_demonstration,
                self._given.get(dataset.id, dataset.maturity),
            )
            for dataset in self._datasets
            if dataset.id in taken
        ]


def _filled(folder: Path, tasks: Iterable[Task]) -> dict[str, Part]:
    """Read datasets; those whose files say nothing at all are not there."""
    parts = {task.dataset.id: cached(folder, task) for task in tasks}
    return {name: part for name, part in parts.items() if not part.is_silent}


def _left_alone(
    raw: Iterable[FoundFile],
    demonstration: Iterable[FoundFile],
    read: Iterable[Source],
    why_unused: Mapping[str, str],
) -> list[Source]:
    """Name the files of which nothing was read."""
    known = {source.path for source in read}
    sources = []
    for is_demonstration, files in ((False, raw), (True, demonstration)):
        for one in files:
            if one.file in known:
                continue
            why = one.ignored_because
            why = why or (why_unused.get(one.dataset, "") if is_demonstration else "")
            sources.append(
                Source(
                    dataset=one.dataset,
                    path=one.file,
                    sha256=one.sha256() if one.dataset else "",
                    is_demonstration=is_demonstration,
                    ignored_because=why or _("没有填写任何数据"),
                    is_unfilled=not why,
                )
            )
    return sources


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
