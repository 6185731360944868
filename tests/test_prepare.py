"""What may stand together in one report, and what a run leaves in place of the one before."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ecoreport.assessment import Assessment, read_assessment
from ecoreport.comparable import comparable
from ecoreport.config.load import load_catalogue
from ecoreport.ingest.gather import ingest
from ecoreport.ingest.parts import Source
from ecoreport.prepare import Prepared, keep, prepare
from ecoreport.progress import QUIET, Progress
from ecoreport.project import Pair, Project
from ecoreport.report import Report
from ecoreport.validate.finding import Validation

ROOT = Path(__file__).parents[1]
YEAR, LAST_YEAR = Pair("hailing", 2018), Pair("hailing", 2017)
DAYS = "日期,点位,PM2.5,PM10,SO2,NO2,CO,O3_8h\n"
HOURS = "日期,小时,点位,PM2.5,PM10,SO2,NO2,CO,O3,O3_8h\n"
VALUES = {"公园路": "41,70,12,30,0.8,90", "莲花": "43,72,12,30,0.8,94"}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project without data."""
    for name in ("params", "expectations", "templates"):
        (tmp_path / name).symlink_to(ROOT / name)
    return Project(tmp_path.resolve())


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def days(folder: Path, pm25: str = "41", name: str = "空气日均值.csv") -> Path:
    year = folder.name
    rows = [
        f"{year}-{month:02}-{day:02},{station},{pm25}{values[2:]}\n"
        for station, values in VALUES.items()
        for month in range(1, 13)
        for day in range(1, 29)
    ]
    return write(folder, name, DAYS + "".join(rows))


def hours(folder: Path, name: str = "空气小时值.csv") -> Path:
    rows = [
        f"{folder.name}-01-{day:02},{hour},{station},{values},90\n"
        for station, values in VALUES.items()
        for day in range(1, 29)
        for hour in range(1, 25)
    ]
    return write(folder, name, HOURS + "".join(rows))


def made(project: Project, pair: Pair = YEAR, as_of: dt.date | None = None) -> Prepared:
    return prepare(project, load_catalogue(project), pair, as_of, Progress(QUIET))


def opened(project: Project, assessment: Assessment) -> Report:
    return Report(project, assessment.pair, load_catalogue(project), assessment)


def air_days(assessment: Assessment, year: int = 2018) -> list[str]:
    return [
        one.id
        for one in assessment.observations
        if one.indicator == "air.valid_days" and one.year == year and one.value
    ]


def test_a_draft_lets_no_hours_stand_in_for_days_that_were_stopped(project: Project) -> None:
    days(project.raw(YEAR), pm25="-5")
    hours(project.raw(YEAR))
    prepared = made(project)

    assert prepared.assessment.is_draft
    assert prepared.assessment.validation.stopped_datasets == {"air_daily"}
    assert air_days(prepared.assessment) == []
    assert "air_hourly_valid" not in prepared.frames[YEAR]
    assert "rejected" in {one.reason for one in prepared.assessment.judgements}


def test_days_stand_where_only_hours_were_stopped(project: Project) -> None:
    days(project.raw(YEAR))
    path = hours(project.raw(YEAR))
    path.write_text(path.read_text("utf-8").replace(",41,", ",-5,"), "utf-8")
    assessment = made(project).assessment

    assert assessment.validation.stopped_datasets == {"air_hourly"}
    assert air_days(assessment)


@pytest.mark.parametrize("is_real", [True, False])
def test_years_are_compared_only_where_both_are_real_or_neither_is(
    project: Project, is_real: bool
) -> None:
    own, other = (project.raw, project.demonstration)[:: 1 if is_real else -1]
    days(own(YEAR))
    days(other(LAST_YEAR))
    mixed = made(project).assessment
    assert air_days(mixed)
    assert air_days(mixed, 2017) == []
    (left_out,) = mixed.compared_sources
    assert "不作比较" in left_out.ignored_because
    assert mixed.rests_on_demonstration is not is_real

    days(own(LAST_YEAR))
    other(LAST_YEAR).joinpath("空气日均值.csv").unlink()
    assert air_days(made(project).assessment, 2017)


def test_real_days_are_not_compared_with_days_of_demonstration_hours(project: Project) -> None:
    days(project.raw(YEAR))
    hours(project.demonstration(LAST_YEAR))
    catalogue = load_catalogue(project)
    judged, earlier = (ingest(project, one, catalogue) for one in (YEAR, LAST_YEAR))
    assert set(earlier.frames) == {"air_hourly"}
    assert comparable(catalogue, earlier, judged).frames == {}


def test_what_a_run_computes_is_in_place_only_when_it_goes_on(project: Project) -> None:
    path = days(project.raw(YEAR))
    keep(project, made(project))
    before = read_assessment(project, YEAR, None)
    assert before is not None
    frame = opened(project, before).frame("air_station_daily")

    path.unlink()
    days(project.raw(YEAR), pm25="-5")
    stopped = made(project)
    assert stopped.assessment.validation.stopped_datasets
    assert read_assessment(project, YEAR, None) == before
    kept = opened(project, before).frame("air_station_daily")
    assert frame is not None
    assert kept is not None
    assert kept.equals(frame)


def test_frames_of_other_years_are_this_reports_own(project: Project) -> None:
    days(project.raw(YEAR))
    path = days(project.raw(LAST_YEAR))
    for as_of in (None, dt.date(2018, 9, 30)):
        keep(project, made(project, as_of=as_of))
    keep(project, made(project, LAST_YEAR))

    path.unlink()
    days(project.raw(LAST_YEAR), pm25="99")
    keep(project, made(project, LAST_YEAR))
    for as_of in (None, dt.date(2018, 9, 30)):
        assessment = read_assessment(project, YEAR, as_of)
        assert assessment is not None
        frame = opened(project, assessment).frame("air_station_daily", 2017)
        assert frame is not None
        assert set(frame["pm25_ug_m3"]) == {41}
        assert frame["date"].max().month == 12
    last = read_assessment(project, LAST_YEAR, None)
    assert last is not None
    own = opened(project, last).frame("air_station_daily")
    assert own is not None
    assert set(own["pm25_ug_m3"]) == {99}


def test_frames_that_are_no_longer_there_go(project: Project) -> None:
    days(project.raw(YEAR))
    path = days(project.raw(LAST_YEAR))
    keep(project, made(project))
    path.unlink()
    prepared = made(project)
    keep(project, prepared)
    assert opened(project, prepared.assessment).frame("air_station_daily", 2017) is None


def test_any_change_of_what_was_read_is_seen(project: Project) -> None:
    own = days(project.raw(YEAR))
    below = days(project.raw(YEAR) / "补报" / "2018", name="补报空气日均值.csv")
    other = days(project.raw(LAST_YEAR))
    (project.root / "params").unlink()
    (project.root / "params").mkdir()
    for one in (ROOT / "params").iterdir():
        if one.name != "report.yml":
            (project.params / one.name).symlink_to(one)
    settings = write(project.params, "report.yml", (ROOT / "params/report.yml").read_text("utf-8"))
    report = opened(project, made(project).assessment)
    assert not report.is_changed()

    write(project.raw(YEAR), "~$空气日均值.xlsx", "open in Excel")
    assert not report.is_changed()
    for path in (own, below, other, settings):
        text = path.read_text("utf-8")
        path.write_text(text + "\n", "utf-8")
        assert report.is_changed(), path
        path.write_text(text, "utf-8")
        assert not report.is_changed()
    days(project.raw(Pair("hailing", 2016)))
    assert report.is_changed()


def test_a_demonstration_file_that_was_read_marks_the_report() -> None:
    source = Source(dataset="nil_returns", path="data/demonstration/x.xlsx", is_demonstration=True)
    empty = Assessment(
        district="hailing",
        year=2018,
        period="2018",
        observations=(),
        judgements=(),
        facts=(),
        sources=(),
        validation=Validation(),
    )
    assert not empty.rests_on_demonstration
    for name in ("sources", "compared_sources"):
        assert empty.model_copy(update={name: (source,)}).rests_on_demonstration
        unused = source.model_copy(update={"ignored_because": "x"})
        assert not empty.model_copy(update={name: (unused,)}).rests_on_demonstration


def test_what_was_computed_from_a_demonstration_file_is_marked(project: Project) -> None:
    days(project.raw(YEAR))
    assessment = made(project).assessment
    mean = next(one for one in assessment.observations if one.indicator == "air.valid_days")
    assert not opened(project, assessment).provenance([mean]).is_demonstration

    sources = tuple(one.model_copy(update={"is_demonstration": True}) for one in assessment.sources)
    marked = assessment.model_copy(update={"sources": sources})
    assert opened(project, marked).provenance([mean]).is_demonstration
