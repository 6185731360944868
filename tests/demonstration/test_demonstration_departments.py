"""Tables of waste, nature, soil, noise and surveys hang together, and only faults are warned of."""

import shutil
from collections.abc import Callable
from decimal import Decimal
from functools import cache, partial
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.vocabulary import Severity
from ecoreport.demonstration.courses import figures_of
from ecoreport.demonstration.departmental import DepartmentalFile
from ecoreport.demonstration.profiles import Fault, rows_of
from ecoreport.demonstration.reported import cases_of
from ecoreport.demonstration.seeds import SEED
from ecoreport.ingest.gather import Ingested, ingest
from ecoreport.observe import Observation, observe
from ecoreport.observed import references
from ecoreport.project import Pair, Project
from ecoreport.standards.ecology import ecological_index
from ecoreport.standards.mass_balance import mass_balance
from ecoreport.validate.examine import validate

PAIRS = [Pair(district, year) for district in ("hailing", "wuxi") for year in (2016, 2017, 2018)]
OURS = {
    "waste_flows", "waste_facilities", "sorting_coverage", "surveys", "green_space",
    "ei_subindices", "soil_points", "contaminated_plots", "farmland_safe_use", "soil_enterprises",
    "remediation", "risk_enterprises", "noise_points", "noise_regional", "noise_roads",
    "noise_complaints", "building_land_samples", "resource_accounts",
    "noise_hourly",
}  # fmt: skip
BALANCED = ["stock_start_t", "generated_t", "used_t", "disposed_t", "transferred_t", "stock_end_t"]
GAP = {(Pair("hailing", 2018), "hazardous"): Decimal("256.4")}
Read = Callable[[Pair], Ingested]


@pytest.fixture(scope="module")
def elsewhere(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Our demonstration files at a root of their own: raw data would take their place."""
    root: Path = tmp_path_factory.mktemp("project")
    for name in ("params", "expectations"):
        (root / name).symlink_to(project.root / name)
    for pair in PAIRS:
        folder = Project(root).demonstration(pair)
        folder.mkdir(parents=True)
        for file in rows_of(project, "departmental_files", DepartmentalFile, pair):
            own = folder / file.file
            if file.dataset in OURS and not own.exists():
                shutil.copyfile(project.demonstration(pair) / file.file, own)
    return Project(root)


@pytest.fixture(scope="module")
def read(elsewhere: Project, catalogue: Catalogue) -> Read:
    """Read the files of a pair, each pair once."""
    return cache(partial(ingest, elsewhere, catalogue=catalogue))


def observed(catalogue: Catalogue, pair: Pair, ingested: Ingested) -> list[Observation]:
    frames = {name: frame for name, frame in ingested.frames.items() if name in OURS}
    found, _kept = observe(catalogue, pair, frames, references(ingested))
    return found


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_every_table_passes_its_suite_but_for_what_the_faults_say(
    project: Project, elsewhere: Project, catalogue: Catalogue, read: Read, pair: Pair
) -> None:
    ingested = read(pair)
    expected = {
        file.dataset
        for file in rows_of(project, "departmental_files", DepartmentalFile, pair)
        if file.dataset in OURS
    }
    assert expected == OURS & set(ingested.frames)
    # The earliest years lack some.
    assert len(expected) >= len(OURS) - 3
    own = validate(elsewhere, pair, catalogue, ingested).findings
    assert not [one for one in own if one.severity is Severity.STOP]
    warned = warned_by_faults(project, pair)
    # What a fault made strange last year looks strange beside this year's as well.
    changed = {one.dataset for one in own if one.expectation.endswith("_like_last_year")}
    assert changed <= warned | warned_by_faults(project, Pair(pair.district, pair.year - 1))
    assert {one.dataset for one in own} - changed | changed & warned == warned


def warned_by_faults(project: Project, pair: Pair) -> set[str]:
    """Return the datasets of which a fault says that it gives a warning."""
    faults = [one for one in rows_of(project, "faults", Fault, pair) if one.dataset in OURS]
    return {one.dataset for one in faults if one.finding.startswith("警告")}


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_waste_comes_from_somewhere_and_goes_somewhere_but_for_one_gap(
    read: Read, pair: Pair
) -> None:
    flows = read(pair).frames["waste_flows"]
    gaps = mass_balance(flows[BALANCED])["gap_t"]
    for waste, gap in zip(flows["waste"], gaps, strict=True):
        assert gap == GAP.get((pair, waste), 0), waste
    if pair.year > 2016:
        before = read(Pair(pair.district, pair.year - 1)).frames["waste_flows"]
        key = ["waste", "coverage"]
        both = flows.merge(before, on=key, suffixes=("", "_before"))
        assert len(both) >= 12
        assert (both["stock_start_t"] == both["stock_end_t_before"]).all()


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_the_sub_indices_give_the_index_that_was_issued(read: Read, pair: Pair) -> None:
    frame = read(pair).frames["ei_subindices"]
    computed = ecological_index(frame).values["ei"]
    assert (computed - frame["ei_official"]).abs().max() < 0.005


@pytest.mark.parametrize("pair", PAIRS[:3], ids=str)
def test_what_tables_give_is_what_departments_report(
    project: Project, catalogue: Catalogue, read: Read, pair: Pair
) -> None:
    told = figures_of(project, pair, SEED)
    found = [one for one in observed(catalogue, pair, read(pair)) if one.indicator in told]
    assert len({one.indicator for one in found}) >= 9
    for one in found:
        if one.district == pair.district:
            assert one.value == told[one.indicator], one.indicator


def test_one_reported_figure_differs_on_purpose(project: Project) -> None:
    pair = Pair("hailing", 2018)
    cases = [one for one in cases_of(project, pair).found if one.case == "told_as"]
    assert [one.indicator for one in cases] == ["waste.industrial_solid_waste_disposal_use_rate"]
    assert Decimal(cases[0].argument) != figures_of(project, pair, SEED)[cases[0].indicator]


def test_the_survey_of_2018_cannot_tell_whether_its_target_is_met(
    catalogue: Catalogue, read: Read
) -> None:
    pair = Pair("hailing", 2018)
    found = {one.indicator: one for one in observed(catalogue, pair, read(pair))}
    one = found["institutional.public_awareness"]
    low, high = one.sensitivity["sampling"]
    assert one.value == Decimal("80.4")
    assert low < 80 < high
    assert round((high - low) / 2, 1) == Decimal("2.1")


def test_who_is_on_a_register_or_has_done_something_stays_so(read: Read) -> None:
    n_known = 0
    for district in ("hailing", "wuxi"):
        years = [read(Pair(district, year)).frames for year in (2016, 2017, 2018)]
        for dataset, key, column in (
            ("risk_enterprises", "enterprise", "registered_on"),
            ("risk_enterprises", "enterprise", "checked_on"),
            ("contaminated_plots", "plot", "treated_on"),
            ("waste_facilities", "facility", "commissioned"),
        ):
            tables = [one[dataset].drop_duplicates(key).set_index(key)[column] for one in years]
            for earlier, later in pairwise(tables):
                known = earlier.dropna()
                n_known += len(known)
                assert (later[known.index] == known).all(), (district, dataset, column)
    assert n_known > 400


def test_no_place_is_finer_than_a_village(read: Read) -> None:
    for pair in PAIRS:
        for dataset in {"soil_points", "contaminated_plots", "building_land_samples"} & set(
            read(pair).frames
        ):
            columns = pd.Index(read(pair).frames[dataset].columns)
            assert not columns.str.contains("longitude|latitude|village|address").any()
