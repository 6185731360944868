"""A small project with a finished report of invented figures that count as real ones."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import report_sample as sample

from ecoreport.approve import Approval, approve
from ecoreport.config.load import load_catalogue
from ecoreport.project import Project
from ecoreport.publications import Publication
from ecoreport.publish import publish
from ecoreport.render.assemble import assemble
from ecoreport.render.page import page

CATALOGUE = load_catalogue(Project.here())
NAMES = {"compiled_by": "张三", "checked_by": "李四", "released_by": "王五"}
ADDRESS = "hailing/2018"
SPRING = dt.datetime(2019, 3, 1, 9, tzinfo=dt.UTC)
SUMMER = dt.datetime(2019, 6, 1, 9, tzinfo=dt.UTC)


def observation(indicator: str, value: str, year: int = 2018, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"hailing/{year}/{indicator}/{year}/audited",
        "district": "hailing",
        "year": year,
        "period": str(year),
        "indicator": indicator,
        "value": value,
        "unit": "μg/m³",
        "maturity": "audited",
        "basis": {"state": "reference"},
        "trace": {"edition": "GB 3095-2012", "clause": "表1"},
    } | changes


def told(year: int = 2018, pm25: str = "45", **changes: Any) -> dict[str, Any]:
    """Return what a report carries as JSON."""
    return {
        "district": "hailing",
        "year": year,
        "period": str(year),
        "verdicts": [
            {"commitment": "hailing/15", "verdict": "not_met", "maturity": "audited",
             "target": "43", "operator": "<=", "unit": "μg/m³"},
        ],
        "observations": [observation("air.pm25_annual_mean", pm25, year)],
        "sources": [{"dataset": "air_daily", "sha256": "1"}],
    } | changes  # fmt: skip


def make(
    project: Project,
    known: dict[str, Any] | None = None,
    *,
    is_public: bool = True,
    **changes: Any,
) -> Path:
    """Make a report; `changes` are of its frame."""
    known = known or told()
    site = sample.site(**({"rests_on_demonstration": False, "year": known["year"]} | changes))
    files = {
        site.file_name(sample.OVERVIEW): page(sample.overview(), site).encode(),
        site.file_name(sample.AIR): page(sample.air(), site).encode(),
        "data/assessment.json": json.dumps(known).encode(),
        "data/chart-months.csv": b"a,b\n",
        "data/chart-stations.csv": b"a,b\n",
    }
    folder = project.root / "reports" / "hailing" / str(known["year"])
    folder = folder if site.locale == "zh" else folder / site.locale
    assemble(folder, files, site, "hailing", is_verified=True, is_public=is_public)
    return folder


def approved(project: Project, address: str = ADDRESS, now: dt.datetime = SPRING) -> Approval:
    return approve(project, address, NAMES, now)


@dataclass(frozen=True)
class Done:
    """What came of one report."""

    publication: Publication
    is_new: bool
    opening: str
    remarks: tuple[str, ...]


def published(
    project: Project,
    target: Path | str,
    address: str = ADDRESS,
    now: dt.datetime = SPRING,
    why: str = "",
) -> Done:
    done = publish(project, CATALOGUE, [address], str(target), now, why)
    (one,) = done.published
    return Done(one.publication, one.is_new, done.site.opening, done.site.remarks)


def issue(project: Project, target: Path | str, **how: Any) -> Done:
    """Approve the current version and publish it."""
    approved(project, how.get("address", ADDRESS), how.get("now", SPRING))
    return published(project, target, **how)


def content(web: Path) -> dict[str, bytes]:
    """What readers find, through the link."""
    current = web / "current"
    return {
        path.relative_to(current).as_posix(): path.read_bytes()
        for path in current.resolve().rglob("*")
        if path.is_file() and current.is_dir()
        for path in [current / path.relative_to(current.resolve())]
    }
