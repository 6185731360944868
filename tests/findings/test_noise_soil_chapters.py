"""Charts of noise and soil answer their titles, and show no point and no plot."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from ecoreport.assessment import frames_folder
from ecoreport.config.load import load_catalogue
from ecoreport.drawings import noise as noise_drawings
from ecoreport.drawings import soil as soil_drawings
from ecoreport.findings import noise, soil
from ecoreport.judging import judge_pair
from ecoreport.observe import observe
from ecoreport.observed import Observed
from ecoreport.project import Pair, Project
from ecoreport.report import Report
from ecoreport.store import write_frame
from ecoreport.validate.finding import Validation

PAIR = Pair("wuxi", 2018)
FRAMES = {
    "noise_points": pd.DataFrame(
        {
            "point": ["甲"] * 4,
            "functional_area": ["1"] * 4,
            "period": [f"2018-Q{quarter}" for quarter in range(1, 5)],
            "day_db": [53.0, 56.0, 53.0, 53.0],
            "night_db": [44.0, 44.0, 46.0, 46.0],
        }
    ),
    "noise_roads": pd.DataFrame(
        {"road": ["甲路", "乙路"], "length_km": [3.0, 1.0], "day_db": [66.0, 70.0]}
    ),
    "noise_complaints": pd.DataFrame(
        {
            "month": ["2018-01", "2018-01", "2018-03", "2018-03"],
            "source": ["construction", "social"] * 2,
            "complaints": [3.0, 2.0, 6.0, 1.0],
        }
    ),
    "farmland_safe_use": pd.DataFrame(
        {
            "town": ["甲镇"],
            "period": ["2018"],
            "priority_area_mu": [12000.0],
            "safe_use_area_mu": [80.0],
            "strict_area_mu": [20.0],
            "polluted_area_mu": [100.0],
            "safely_used_area_mu": [92.0],
        }
    ),
    "contaminated_plots": pd.DataFrame(
        {
            "plot": ["PLOT-1", "PLOT-2"],
            "area_m2": [12000.0, 8000.0],
            "is_safely_used": ["yes", "no"],
            **{
                f"{step}_on": pd.to_datetime(["2018-03-01", None])
                for step in ("listed", "surveyed", "assessed", "treated", "accepted", "removed")
            },
        }
    ),
    "soil_points": pd.DataFrame(
        {
            "point": ["POINT-1", "POINT-2", "POINT-3"],
            "date": pd.to_datetime(["2018-10-01"] * 3),
            "land_use": ["paddy"] * 3,
            "ph": [6.0] * 3,
            "cd_mg_kg": [0.1, 0.41, 2.1],
            "hg_mg_kg": [0.1] * 3,
        }
    ),
    "building_land_samples": pd.DataFrame(
        {
            "sample": ["SAMPLE-1", "SAMPLE-2"],
            "plot": ["PLOT-1"] * 2,
            "date": pd.to_datetime(["2018-10-01"] * 2),
            "land_class": ["second"] * 2,
            "purpose": ["plot_survey"] * 2,
            "as_mg_kg": [61.0, 10.0],
            "pb_mg_kg": [20.0, 30.0],
        }
    ),
}


def report_of(root: Path, frames: dict[str, pd.DataFrame]) -> Report:
    catalogue = load_catalogue(Project.here())
    placed = {
        name: frame.assign(maturity="audited", source_file="表.xlsx", source_sheet="", source_row=2)
        for name, frame in frames.items()
    }
    observations, kept = observe(catalogue, PAIR, placed, [])
    observed = Observed(tuple(observations), (), Validation(), frozenset(), kept)
    assessment = judge_pair(catalogue, PAIR, None, {PAIR: observed}, "")
    project = Project(root)
    for name, frame in kept.items():
        write_frame(frames_folder(project, PAIR, None, PAIR.year) / f"{name}.parquet", frame)
    return Report(project, PAIR, catalogue, assessment)


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return report_of(tmp_path, FRAMES)


def test_attainment_is_drawn_by_area_and_period(report: Report) -> None:
    chart = noise_drawings.attainment(report)
    assert chart.title == "功能区声环境昼间点次达标率75.0%，夜间50.0%，最低的是1类夜间"
    assert chart.data["label"].tolist() == ["1类 昼间", "1类 夜间"]
    assert chart.data["said"].tolist() == ["75.0%（3/4）", "50.0%（2/4）"]
    assert "1类 夜间 50.0%（2/4）" in chart.alt


def test_levels_stand_on_the_scale_of_their_own_grades(report: Report) -> None:
    chart = noise_drawings.levels(report)
    assert chart.title == "道路交通昼间平均67.0 dB(A)，为一级"
    assert chart.data["bounds"].tolist() == [(68.0, 70.0, 72.0, 74.0)]


def test_complaints_are_drawn_by_month_and_source(report: Report) -> None:
    chart = noise_drawings.complaints(report)
    assert chart.title == "噪声投诉12 件（参考），3月最多（7 件），最多的来源是建筑施工（75.0%）"
    assert chart.data["month"].tolist() == [1, 3]
    assert chart.data["建筑施工"].tolist() == [3, 6]
    assert "共 2 个月有数" in chart.note and "斜纹为当月没有报送" in chart.note


def test_farmland_is_drawn_by_class(report: Report) -> None:
    chart = soil_drawings.areas(report)
    assert "受污染耕地安全利用率92" in chart.title
    assert chart.data["value"].tolist() == [12000, 80, 20]


def test_plots_are_drawn_by_step_and_none_is_named(report: Report) -> None:
    chart = soil_drawings.plots(report)
    assert chart.title.startswith("污染地块名录列过2个地块，1个通过了效果评估")
    assert chart.data["value"].tolist() == [2, 1, 1, 1, 1, 1]
    assert "PLOT" not in chart.svg("a") + chart.alt + chart.data.to_csv()


def test_samples_are_drawn_by_item_and_none_is_named(report: Report) -> None:
    chart = soil_drawings.samples(report)
    assert chart.title.startswith(
        "3个可评价的农用地样品中2个超过限值（镉）；2个可评价的建设用地样品中1个高于筛选值（砷）"
    )
    shown = chart.data.set_index("item")
    assert shown["n_judged"].to_dict() == {"镉": 3, "汞": 3, "砷": 2}
    assert shown["n_above_intervention"].to_dict() == {"镉": 1, "汞": 0, "砷": 0}
    assert "其余1项均不高于筛选值" in chart.alt
    told = chart.svg("a") + chart.alt + chart.data.to_csv()
    assert not any(name in told for name in ("POINT", "SAMPLE", "PLOT"))


def test_without_tables_nothing_is_claimed(tmp_path: Path) -> None:
    empty = report_of(tmp_path, {})
    has = (
        noise.has_points, noise.has_levels, noise.has_complaints,
        soil.has_areas, soil.has_plots, soil.has_samples,
    )  # fmt: skip
    assert not any(one(empty) for one in has)


def test_a_class_without_its_area_is_not_drawn(tmp_path: Path) -> None:
    farmland = FRAMES["farmland_safe_use"].assign(strict_area_mu=float("nan"))
    assert not soil.has_areas(report_of(tmp_path, {"farmland_safe_use": farmland}))
