"""The public archive of 2019: what is taken in at once is what each station gives by itself."""

import pandas as pd
import pytest

from ecoreport.archive.take_in import DAYS, HOURS, STATISTICS, take_in
from ecoreport.project import Project
from ecoreport.standards.air import annual_statistics, daily_from_hourly


@pytest.fixture(scope="module")
def air(shared):
    return shared / "data" / "air" / "cnemc-station-hourly-2019"


@pytest.fixture(scope="module")
def of_ten_cities(air, tmp_path_factory, request):
    """The year of 37 stations, taken in."""
    root = tmp_path_factory.mktemp("project")
    (root / "params").symlink_to(request.config.rootpath / "params")
    wide = air / "sites_hourly_2019_target_cities_wide.csv.gz"
    return take_in(Project(root.resolve()), 2019, [wide], n_workers=1)


def test_all_days_and_years_of_37_stations(of_ten_cities):
    days = pd.read_parquet(of_ten_cities.folder / DAYS)
    hours = pd.read_parquet(of_ten_cities.folder / HOURS).astype({"station": str})
    hours["date"] = pd.to_datetime(hours["date"])
    expected = daily_from_hourly(hours, 2019)
    pd.testing.assert_frame_equal(days, expected, check_dtype=False, check_exact=True)
    assert len(days) > 12_500
    found = pd.read_csv(of_ten_cities.folder / STATISTICS, encoding="utf-8-sig")
    for station in ("1206A", "1189A", "2231A"):
        of_one = expected[expected["station"] == station].set_index("date")
        alone = annual_statistics(of_one.drop(columns="station"), 2019)
        together = found[found["station"] == station]
        assert together["value"].tolist() == pytest.approx(alone["value"].tolist(), nan_ok=True)
        assert together["verdict"].tolist() == alone["verdict"].tolist()


def test_the_hours_missing_are_those_of_the_provenance(of_ten_cities):
    about = of_ten_cities.about
    assert (about["stations"], about["hours_present"], about["hours_missing"]) == (36, 8466, 294)


def test_ten_days_of_the_country_hold_every_reading(air, tmp_path, request):
    """The derived table counts a day from hour 0 to 23; so are the hours counted here for once."""
    (tmp_path / "params").symlink_to(request.config.rootpath / "params")
    january = air / "raw-january-whole-country"
    archive = take_in(Project(tmp_path.resolve()), 2019, [january])
    hours = pd.read_parquet(archive.folder / HOURS).astype({"station": str})
    written = pd.to_datetime(hours["date"]) + pd.to_timedelta(hours["hour"].eq(24).astype(int), "D")
    columns = {"pm25_ug_m3": "PM2.5", "pm10_ug_m3": "PM10", "so2_ug_m3": "SO2", "co_mg_m3": "CO"}
    grouped = hours.assign(date=written).groupby(["station", "date"])[list(columns)]
    means = grouped.mean().where(grouped.count() >= 20).rename(columns=columns)
    derived = pd.read_csv(air / "DERIVED_station_daily_2019_whole_country.csv.gz")
    derived["date"] = pd.to_datetime(derived["date"].astype(str))
    derived = derived.rename(columns={"code": "station"}).set_index(["station", "date"])
    # The first day begins with hour 0, which belongs to 2018; the tenth's hours are all there.
    inside = derived[
        derived.index.get_level_values("date").isin(pd.date_range("2019-01-02", "2019-01-10"))
    ]
    both = inside.join(means, rsuffix="_here", how="left")
    for column in columns.values():
        difference = (both[column] - both[f"{column}_here"]).abs()
        assert difference.max() < 0.00051, column
        assert (both[column].isna() == both[f"{column}_here"].isna()).all(), column
    assert len(both) > 13_000
