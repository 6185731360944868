"""Bringing public data into data/raw: one name a source."""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from ecoreport.config.catalogue import Catalogue
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.ingest.cnemc import import_cnemc
from ecoreport.ingest.cnemc_water import import_cnemc_water
from ecoreport.ingest.gather import ingest
from ecoreport.ingest.imported import Imported
from ecoreport.project import Pair, Project

AIR, WATER = "cnemc", "cnemc-water"
SOURCES = (AIR, WATER)
SECTIONS = "water_sections"
"""Dataset that lists the sections of a year."""


def import_source(
    project: Project,
    pair: Pair,
    source: str,
    paths: Sequence[str],
    catalogue: Catalogue,
    watch: Callable[[Sequence[Path]], Iterable[Path]] = iter,
) -> Imported:
    """Bring files of a public source into data/raw.

    Parameters
    ----------
    project : Project
    pair : Pair
    source : {"cnemc", "cnemc-water"}
        Hours of air stations; readings of automatic sections of the year's list.
    paths : sequence of str
        Files, folders or glob patterns.
    catalogue : Catalogue
    watch : callable
        Wraps the list of files to show progress.

    Raises
    ------
    InputError
        If the source is unknown, nothing matches a path, or the files cannot be used.
    """
    if source not in SOURCES:
        raise InputError(
            _("没有名为 {source!r} 的数据来源。可用的 SOURCE：{known}").format(
                source=source[:60], known=", ".join(SOURCES)
            )
        )
    if source == WATER:
        listed = ingest(project, pair, catalogue).frames.get(SECTIONS)
        if listed is None:
            raise InputError(
                _("请先把 {year} 年的断面清单放入 {folder}：只导入清单所列断面").format(
                    year=pair.year, folder=project.relative(project.raw(pair))
                )
            )
        automatic = catalogue.datasets["water_automatic"]
        return import_cnemc_water(project, pair, expanded(paths), automatic, listed, watch)
    codes = [one.code for one in catalogue.districts[pair.district].stations]
    if not codes:
        raise InputError(
            _("params/districts/{district}/district.yml 中没有站点，无法导入").format(
                district=pair.district
            )
        )
    return import_cnemc(
        project, pair, expanded(paths), catalogue.datasets["air_hourly"], codes, watch
    )


def expanded(paths: Sequence[str]) -> list[Path]:
    """Return the files and folders that paths and glob patterns name, each once.

    Raises
    ------
    InputError
        If one of them names nothing.
    """
    found: dict[Path, None] = {}
    for path in paths:
        matching = [path] if Path(path).exists() else sorted(glob.glob(path, recursive=True))  # noqa: PTH207
        if not matching:
            raise InputError(_("FROM 所指的 {path} 不存在").format(path=path))
        found |= dict.fromkeys(map(Path, matching))
    if not found:
        raise InputError(_("请用 FROM 指明要导入的文件或文件夹"))
    return list(found)
