"""Observations of a district and year, computed once for the same tables, parameters and code."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import cast

import pandas as pd
from pydantic import TypeAdapter

from ecoreport import opened
from ecoreport.config.catalogue import Catalogue
from ecoreport.i18n import _
from ecoreport.keys import Key, frame_digest, reasons, told
from ecoreport.observe import observe
from ecoreport.observe.observation import Observation, SourceReference
from ecoreport.project import Pair, Project
from ecoreport.store import read_frame, write_aside
from ecoreport.traced import Answers, Question, Traced, digest

Seen = tuple[tuple[Observation, ...], dict[str, pd.DataFrame]]

ROOTS = ("ecoreport.observing", "ecoreport.observe")
FOLDER = "observed"
KEY, OBSERVATIONS, FRAMES = "key.json", "observations.json", "frames/"
KEPT = 8
UNREADABLE = (OSError, KeyError, ValueError, zipfile.BadZipFile)

_observations = TypeAdapter(tuple[Observation, ...])


def observe_once(
    project: Project,
    catalogue: Catalogue,
    pair: Pair,
    frames: Mapping[str, pd.DataFrame],
    sources: Sequence[SourceReference],
    last_days: Sequence[dt.date | None],
) -> Seen:
    """Observe a pair, or take what was observed before of the same content.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        Canonical frames by dataset.
    sources : sequence of SourceReference
        The files that they came from.
    last_days : sequence of date or None
        Observed up to each of them; None is the whole year, and counts once. Charts are drawn
        from the first.

    Returns
    -------
    observations : tuple of Observation
    kept : dict of DataFrame
        What charts are drawn from.
    """
    days = list(dict.fromkeys(last_days))
    given = _given(pair, frames, sources, days)
    # What stands in one file is replaced; another selection of tables has a file of its own.
    slot = digest([sorted(frames), [str(day) for day in days]])[:12]
    path = project.processed(pair) / FOLDER / f"{slot}.zip"
    before = _key(path)
    answers = Answers({"catalogue": catalogue})
    now = before and before.now(project, ROOTS, given, answers)
    if before is not None and before == now:
        with suppress(*UNREADABLE), zipfile.ZipFile(path) as archive:
            # Another run may have put its own in the place meanwhile.
            if _key_in(archive) == now:
                return _read(archive)
        now = None
    told(_("观测 {pair}").format(pair=pair), reasons(before, now))
    asked: set[Question] = set()
    traced = cast("Catalogue", Traced(catalogue, "catalogue", asked))
    seen = _observed(traced, pair, frames, sources, days)
    tables = opened.seen(project.params / "standards")
    return _write(path, Key.of(project, ROOTS, given, answers, asked, tables), seen)


def _given(
    pair: Pair,
    frames: Mapping[str, pd.DataFrame],
    sources: Sequence[SourceReference],
    days: Sequence[dt.date | None],
) -> dict[str, str]:
    return {
        **{one.file: digest(one) for one in sources},
        **{_("数据集 {name}").format(name=name): frame_digest(one) for name, one in frames.items()},
        _("截至日期"): digest([str(pair), [str(day) for day in days]]),
    }


def _observed(
    catalogue: Catalogue,
    pair: Pair,
    frames: Mapping[str, pd.DataFrame],
    sources: Sequence[SourceReference],
    days: Sequence[dt.date | None],
) -> Seen:
    found: dict[str, Observation] = {}
    kept: list[dict[str, pd.DataFrame]] = []
    for last_day in days:
        observations, of_charts = observe(catalogue, pair, dict(frames), sources, last_day)
        found |= {one.id: one for one in observations}
        kept.append(of_charts)
    return tuple(found.values()), kept[0]


def _key(path: Path) -> Key | None:
    with suppress(*UNREADABLE), zipfile.ZipFile(path) as archive:
        return _key_in(archive)
    return None


def _key_in(archive: zipfile.ZipFile) -> Key | None:
    return Key.read(json.loads(archive.read(KEY)))


def _read(archive: zipfile.ZipFile) -> Seen:
    frames = {
        name.removeprefix(FRAMES).removesuffix(".parquet"): read_frame(
            io.BytesIO(archive.read(name))
        )
        for name in archive.namelist()
        if name.startswith(FRAMES)
    }
    return _observations.validate_json(archive.read(OBSERVATIONS)), frames


def _write(path: Path, key: Key, seen: Seen) -> Seen:
    """Keep what was seen; return it as whoever finds it there will have it."""
    observations, frames = seen

    def fill(aside: Path) -> Seen:
        with zipfile.ZipFile(aside, "w") as archive:
            archive.writestr(KEY, json.dumps(asdict(key), ensure_ascii=False))
            archive.writestr(
                OBSERVATIONS, _observations.dump_json(observations, exclude_defaults=True)
            )
            for name, frame in frames.items():
                archive.writestr(f"{FRAMES}{name}.parquet", frame.to_parquet())
        with zipfile.ZipFile(aside) as archive:
            return _read(archive)

    kept = write_aside(path, fill)
    # Another run may be removing the same.
    with suppress(FileNotFoundError):
        others = sorted(path.parent.glob("*.zip"), key=lambda one: one.stat().st_mtime_ns)
        for old in others[:-KEPT]:
            old.unlink()
    return kept
