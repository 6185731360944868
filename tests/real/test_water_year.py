"""A year of the national platform's readings, from their import to what is observed of sections."""

import pandas as pd
import pytest
from test_water_classes import COLUMNS, LAKES

from ecoreport.config.load import load_catalogue
from ecoreport.ingest.gather import ingest
from ecoreport.ingest.imports import import_source
from ecoreport.observe import observe
from ecoreport.project import Pair, Project
from ecoreport.standards.water import as_water_classes, section_class

PAIR = Pair("wuxi", 2020)
PROVINCE = "江苏省"
MONTHS = 8
"""May to December."""


@pytest.fixture(scope="module")
def year(shared, tmp_path_factory):
    """The project, with a list of the province's sections and their readings of 2020."""
    root = tmp_path_factory.mktemp("water").resolve()
    (root / "params").symlink_to(Project.here().params)
    project, catalogue = Project(root), load_catalogue(Project.here())
    archive = shared / "data" / "water" / "cnemc-auto-sections-2020-2021" / "daily_readings.csv.gz"
    known = pd.read_csv(archive, low_memory=False)
    own = known[known["province"] == PROVINCE]
    sections = own.groupby("section")["basin"].first().reset_index()
    lakes = {section for province, section in LAKES if province == PROVINCE}
    listed = pd.DataFrame(
        {
            "断面编码": [f"JS{number:03d}" for number in range(len(sections))],
            "断面名称": sections["section"],
            "所在水体": sections["basin"],
            "水体类型": sections["section"].map(lambda name: "湖库" if name in lakes else "河流"),
            "考核级别": "国考",
            "水质目标": "Ⅲ类",
        }
    )
    folder = project.raw(PAIR)
    folder.mkdir(parents=True)
    listed.to_csv(folder / "断面清单_2020.csv", index=False)
    import_source(project, PAIR, "cnemc-water", [str(archive)], catalogue)
    return own, catalogue, ingest(project, PAIR, catalogue)


def test_readings_keep_their_published_class_on_the_way(year):
    own, _catalogue, ingested = year
    frame = ingested.frames["water_automatic"]
    bodies = ingested.frames["water_sections"].set_index("section")["water_body"]
    items = list(COLUMNS.values())
    complete = frame.dropna(subset=[*items, "class_published"])
    ours = section_class(complete, complete["section"].map(bodies).astype("object"))
    official = as_water_classes(complete["class_published"])
    agreement = (ours == official).mean()
    print(f"{len(complete)} readings, {agreement:.4%} agree")  # noqa: T201
    assert agreement >= 0.999
    # Every complete reading of the archive has come through.
    raw = own[own["file_date"].str.startswith("2020")].replace("-", None)
    raw = raw.dropna(subset=[*COLUMNS, "official_class"])
    assert abs(len(complete) - len(raw)) <= 0.01 * len(raw)


def test_months_and_year_of_the_sections(year):
    own, catalogue, ingested = year
    observations, kept = observe(catalogue, PAIR, ingested.frames, [])
    months, years = kept["water_section_month"], kept["water_section_year"]
    assert len(years) == own["section"].nunique()
    assert set(months["month"]) <= set(range(5, 13))
    # The mean of a month is never worse than its worst reading.
    frame = ingested.frames["water_automatic"]
    classed = frame[frame["class_published"].notna() & (frame["status"] == "normal")]
    codes = as_water_classes(classed["class_published"]).cat.codes
    complete = classed[list(COLUMNS.values())].notna().all(axis=1)
    key = [classed["section"], classed["date"].dt.month.rename("month")]
    worst = codes.groupby(key).max()
    is_complete = complete.groupby(key).all()
    of_month = as_water_classes(months["class"]).cat.codes
    of_month.index = pd.MultiIndex.from_frame(months[["section", "month"]])
    both = worst[is_complete].index.intersection(of_month.index)
    assert len(both) > 20
    assert (of_month[both] <= worst[both]).all()
    found = {one.indicator: one for one in observations if one.period == "2020"}
    share = found["water.national_section_good_share"]
    enough = years[years["is_sufficient"]]
    good = enough["class"].isin(["I", "II", "III"]).sum()
    assert (share.trace.n_counted, share.trace.n_used) == (good, len(enough))
    # Sections that were seen on two days only have no year.
    assert not share.is_sufficient
    print(share.value, share.trace.substituted, years["class"].value_counts())  # noqa: T201
    assert set(enough["n_months"]) == {MONTHS}
    assert share.maturity == "real_time"
