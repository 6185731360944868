"""Counts too small to be told, and marks that stay in the house."""

from __future__ import annotations

import pandas as pd
import pytest

from ecoreport.config.disclosure import PublicMinimum
from ecoreport.config.load import load_catalogue
from ecoreport.config.vocabulary import Maturity
from ecoreport.message import message
from ecoreport.observe.observation import Observation, SourceReference, Trace
from ecoreport.project import Project
from ecoreport.public import SMALL_COUNT, frames_for_the_public, observations_for_the_public

TEN = PublicMinimum(
    dataset="surveys", minimum=10, what="有效回答",
    frame="survey_shares", whole="n_asked", parts="n_persons|n_yes",
)  # fmt: skip
MINIMUMS = {"surveys": TEN}


def share(n_yes: int | None, n_asked: int, dataset: str = "surveys") -> Observation:
    source = SourceReference(
        dataset=dataset, file="a.csv", sha256="0" * 64, rows=(7,), n_rows=1, maturity="provisional"
    )
    return Observation(
        id="hailing/2018/institutional.public_satisfaction/2018/provisional",
        district="hailing",
        year=2018,
        period="2018",
        indicator="institutional.public_satisfaction",
        value="77.8",
        unrounded="77.777",
        unit="%",
        maturity=Maturity.PROVISIONAL,
        sensitivity={"sampling": ("40", "94")},
        trace=Trace(
            formula=message("肯定回答数 ÷ 有效回答数 × 100"),
            substituted=f"{n_yes} ÷ {n_asked} × 100",
            n_used=n_asked,
            n_counted=n_yes,
            notes=(message("调查：座谈会"),),
            sources=(source,),
        ),
    )


@pytest.mark.parametrize(
    ("n_yes", "n_asked", "is_told"),
    [(7, 9, False), (4, 400, False), (396, 400, False), (None, 9, False),
     (10, 20, True), (320, 400, True), (400, 400, True), (None, 10, True)],
)  # fmt: skip
def test_a_count_of_few_whichever_side_it_is_on_is_not_told(
    n_yes: int | None, n_asked: int, is_told: bool
) -> None:
    (one,) = observations_for_the_public([share(n_yes, n_asked)], MINIMUMS)
    assert one.sensitivity == {}
    if is_told:
        assert (str(one.value), one.reason) == ("77.8", "")
        return
    assert (one.value, one.unrounded, one.reason) == (None, "", SMALL_COUNT)
    assert not one.is_sufficient
    told = one.model_dump_json()
    assert "77.7" not in told and "座谈会" not in told and f"÷ {n_asked}" not in told
    assert "不足10个" in str(one.trace.notes[0])
    assert one.trace.sources[0].rows == ()


def test_what_no_minimum_is_declared_for_is_told() -> None:
    (one,) = observations_for_the_public([share(1, 2, dataset="green_space")], MINIMUMS)
    assert one.value is not None


def test_rows_of_charts_go_with_them() -> None:
    frame = pd.DataFrame(
        {"survey": ["a", "b"], "n_yes": [7, 300], "n_asked": [9, 400], "n_persons": [9, 400]}
    )
    kept = frames_for_the_public({"survey_shares": frame, "other": frame}, MINIMUMS)
    assert kept["survey_shares"]["survey"].tolist() == ["b"]
    assert kept["other"] is frame
    assert "survey_shares" not in frames_for_the_public({"survey_shares": frame[:1]}, MINIMUMS)


def test_every_minimum_is_of_columns_that_are_kept() -> None:
    catalogue = load_catalogue(Project.here())
    assert {"surveys", "contaminated_plots"} <= set(catalogue.public_minimums)
    for name, one in catalogue.public_minimums.items():
        columns = {column.name for column in catalogue.datasets[name].columns}
        assert one.note
        assert {one.people, *one.whose, *one.names} - {""} <= columns
        assert bool(one.names) == bool(one.whose) == bool(one.people)
        # No letter corrects what was monitored, so none tells a name.
        assert not one.names or catalogue.datasets[name].origin == "monitored"
