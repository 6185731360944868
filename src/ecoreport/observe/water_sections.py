"""Sections of a year's list with what was measured in them: by month, and over the year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, cast

import pandas as pd

from ecoreport.config.vocabulary import Maturity
from ecoreport.ingest.sections import items_named
from ecoreport.observe.computed import weakest
from ecoreport.observe.precedence import best_checked_rows
from ecoreport.observe.registry import Inputs
from ecoreport.observe.water_readings import MANUAL_WORD, Readings, section_readings
from ecoreport.standards.tables import select
from ecoreport.standards.water import (
    assessment_rule,
    attains_target,
    coliform_class,
    main_indicators,
    missing_items,
    nitrogen_class,
    period_means,
    section_class,
    section_grade,
)
from ecoreport.standards.water.limits import section_columns
from ecoreport.standards.water.means import COUNT_SUFFIX
from ecoreport.standards.water.readings import column_of
from ecoreport.standards.water.words import (
    BETWEEN,
    exceeded_in_words,
    name_of,
    name_of_column,
)

LIST = "water_sections"
MONTHS_A_YEAR: Final = 12
ABOUT: Final = ["section", "name", "river", "basin", "water_body", "level", "course"]
"""What the list says of a section, in the order of the frames kept."""
DECLARED: Final = ["status", "is_counted", "status_document", "background_document",
                   "months_planned"]  # fmt: skip
"""What the list declares to be left out, by which document, and how often a year it is sampled."""

APART: Final = {"nitrogen": "TN", "coliform": "FC"}
"""Items graded apart: a year has ``<name>_class`` and ``<name>_months``, the months behind it."""


@dataclass(frozen=True)
class WaterSections:
    """What is known of the sections of one district and year.

    Attributes
    ----------
    listed : pandas.DataFrame
        One row a section: the columns of the list, ``is_counted``, ``background`` (a tuple of item
        columns left out of its class).
    months : pandas.DataFrame
        One row a section and month that has ended, sections of the list only.
    years : pandas.DataFrame
        One row a section of the list, measured or not. An item graded apart has a class only
        where as many months were measured as the year needs.
    datasets : tuple of str
        What all this was read from.
    unlisted : tuple of str
        Sections that were measured and stand in no list.
    short : pandas.DataFrame
        ``section, name, month``: months of automatic stations with too few days, not used.
    """

    listed: pd.DataFrame
    months: pd.DataFrame
    years: pd.DataFrame
    datasets: tuple[str, ...]
    maturity: Maturity
    unlisted: tuple[str, ...]
    short: pd.DataFrame

    def frames(self) -> dict[str, pd.DataFrame]:
        """Return what charts are drawn from."""
        return {"water_section_month": self.months, "water_section_year": self.years}


def water_sections(inputs: Inputs) -> WaterSections | None:
    """Return the sections with their classes, computed once; None without a list or readings."""
    if LIST not in inputs.computed:
        inputs.computed[LIST] = _water_sections(inputs)
    return cast("WaterSections | None", inputs.computed[LIST])


def _water_sections(inputs: Inputs) -> WaterSections | None:
    if LIST not in inputs.frames:
        return None
    listed = listed_sections(inputs.frames[LIST])
    found = None if listed.empty else section_readings(inputs, listed)
    if found is None:
        return None
    months = _months(found, listed)
    names = listed.drop_duplicates("section").set_index("section")["name"]
    return WaterSections(
        listed=listed,
        months=months,
        years=_years(months, listed, inputs),
        datasets=(LIST, *found.datasets),
        maturity=weakest([*found.maturities, *listed["maturity"]]),
        unlisted=found.unlisted,
        short=found.short.assign(name=found.short["section"].map(names)),
    )


def listed_sections(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row a section of the list, with what its empty cells stand for.

    Parameters
    ----------
    frame : pandas.DataFrame
        Canonical ``water_sections``.

    Returns
    -------
    pandas.DataFrame
        On an index from 0, in the order of the list; ``course`` is filled from that order where the
        list does not say it, ``is_counted`` is false for dry and stopped sections.
    """
    rows = best_checked_rows(frame, ["section"]).drop_duplicates("section", ignore_index=True)
    status = rows["status"].fillna("normal")
    counted = {line["status"]: line["is_counted"] == "true" for line in _statuses()}
    order = pd.Series(range(1, len(rows) + 1), index=rows.index)
    return rows.assign(
        status=status,
        is_counted=status.map(counted).astype(bool),
        course=rows["course"].fillna(order).astype("int64"),
        months_planned=rows["months_planned"].fillna(MONTHS_A_YEAR).astype("int64"),
        background=pd.Series(
            [_columns_named(text) for text in rows["background_items"]], rows.index, dtype=object
        ),
    )


def _columns_named(text: object) -> tuple[str, ...]:
    return tuple(column for column in items_named(text).values() if column)


def _statuses() -> list[Any]:
    return list(select("water_section_statuses"))


def _months(found: Readings, listed: pd.DataFrame) -> pd.DataFrame:
    """Return one row a section and month: means of the month's readings and their class."""
    means = found.means.reset_index()
    about = listed[[*ABOUT, "target_class", "background"]]
    joined = about.merge(means, on="section", how="inner")
    # The left frame leads the order of the merge; what belongs to a row goes by its key.
    own = pd.MultiIndex.from_frame(joined[["section", "month"]])
    judged = _judged(joined)
    columns = [*ABOUT, "target_class", "month", "readings", *_items(joined)]
    kept = joined[columns].assign(
        **judged,
        is_dry=found.is_dry.reindex(own).to_numpy(bool),
        unresolved_items=[
            BETWEEN.join(map(name_of_column, columns)) for columns in found.unresolved.reindex(own)
        ],
    )
    return kept.sort_values(["river", "course", "month"], ignore_index=True)


def _years(months: pd.DataFrame, listed: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    """Return one row a section of the list: means of its months, their class, its target.

    Rivers stand in the order of the list, the sections of each in its course.
    """
    measured = months[months["class"].notna()]
    means = _means(measured, ["section"], inputs.period.year).reset_index()
    about = listed[[*ABOUT, "target_class", "county", *DECLARED, "background"]]
    joined = about.merge(means, on="section", how="left")
    judged = _judged(joined)
    n_months = joined["section"].map(measured.groupby("section").size()).fillna(0).astype("int64")
    n_dry = joined["section"].map(months.groupby("section")["is_dry"].sum()).fillna(0)
    is_automatic = measured["readings"] != MANUAL_WORD
    n_automatic = joined["section"].map(is_automatic.groupby(measured["section"]).sum())
    unresolved = months.groupby("section")["unresolved_items"].agg(_together)
    needed = months_needed(joined["months_planned"], n_dry, inputs.period.n_whole_months)
    classes, targets = pd.Series(judged["class"]), joined["target_class"]
    attains = attains_target(classes, targets)
    columns = [*ABOUT, "target_class", "county", *DECLARED]
    kept = joined[columns].assign(
        n_months=n_months,
        n_months_needed=needed,
        is_sufficient=(n_months >= needed) & classes.notna(),
        attains=attains,
        n_months_automatic=n_automatic.fillna(0).astype("int64"),
        unresolved_items=joined["section"].map(unresolved).fillna(""),
        grade=_grades(classes),
        **(judged | _apart_of_year(joined, judged, needed)),
        **{name: joined[name] for name in _items(joined)},
        background=[BETWEEN.join(map(name_of_column, ones)) for ones in joined["background"]],
    )
    rivers = {river: place for place, river in enumerate(listed["river"].drop_duplicates())}
    order = kept[["river", "course"]].assign(river=kept["river"].map(rivers))
    return kept.loc[order.sort_values(["river", "course"]).index].reset_index(drop=True)


def _grades(classes: pd.Series[Any]) -> pd.Series[str]:
    """Return how good the water of each class is, by the key of its word."""
    grades = section_grade(classes).astype("object")
    return grades.where(grades.notna(), None).astype("str")


def _together(texts: pd.Series[str]) -> str:
    """Return the names of several lists, each once."""
    names = dict.fromkeys(name for text in texts if text for name in text.split(BETWEEN))
    return BETWEEN.join(names)


def months_needed(planned: pd.Series[int], n_dry: pd.Series[Any], n_ended: int) -> pd.Series[int]:
    """Return how many months a section needs: the rule's, or all that were to be had if fewer.

    Parameters
    ----------
    planned : pandas.Series
        Samplings a year that the list declares.
    n_dry : pandas.Series
        Months declared dry.
    n_ended : int
        Months of the year that have ended.
    """
    rule = int(assessment_rule("months_in_year_at_least").number)
    possible = planned * n_ended // MONTHS_A_YEAR - n_dry.astype("int64")
    return possible.clip(lower=1, upper=rule).astype("int64")


def _means(rows: pd.DataFrame, by: list[str], year: int) -> pd.DataFrame:
    means = period_means(rows, by, year)
    counts = {f"{column}{COUNT_SUFFIX}" for column in map(column_of, APART.values())}
    kept = [one for one in means.columns if not one.endswith(COUNT_SUFFIX) or one in counts]
    return means[kept]


def _items(frame: pd.DataFrame) -> list[str]:
    known = {line["column"] for line in select("water_items")}
    return [str(name) for name in frame.columns if name in known]


def judged_values(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the items of the section class, without those that the list leaves out of it."""
    values = rows[[name for name in _items(rows) if name in section_columns()]].copy()
    for column in values.columns.intersection(sorted(set().union(*rows["background"]))):
        is_background = rows["background"].map(lambda ones, column=column: column in ones)
        values[column] = values[column].mask(is_background.astype(bool))
    return values


def _judged(rows: pd.DataFrame) -> dict[str, Any]:
    """Return class, missing items and main indicators of rows, without items of background.

    Beside them, apart, the classes of total nitrogen (lakes only) and of faecal coliforms.
    """
    values = judged_values(rows)
    bodies = rows["water_body"].astype("object")
    text = _as_text(section_class(values, bodies))
    # What the list leaves out of the class was measured: it does not lack.
    missing = [BETWEEN.join(map(name_of, names)) for names in missing_items(rows)]
    found = main_indicators(values, bodies)
    main = {place: exceeded_in_words(ones) for place, ones in found.groupby("position")}
    return {
        "class": text,
        "missing_items": pd.Series(missing, rows.index, "str"),
        "main_indicators": pd.Series(
            [main.get(place, "") for place in range(len(rows))], rows.index, "str"
        ),
        **_apart(rows, bodies),
    }


def _apart(rows: pd.DataFrame, bodies: pd.Series[Any]) -> dict[str, pd.Series[str]]:
    """Return the classes of total nitrogen and coliforms, which are no part of the section's."""
    unknown = pd.Series(None, rows.index, "str")
    has_nitrogen, has_coliforms = (column_of(name) in rows.columns for name in ("TN", "FC"))
    return {
        "nitrogen_class": _as_text(nitrogen_class(rows, bodies)) if has_nitrogen else unknown,
        "coliform_class": _as_text(coliform_class(rows)) if has_coliforms else unknown,
    }


def _apart_of_year(
    rows: pd.DataFrame, judged: dict[str, Any], needed: pd.Series[int]
) -> dict[str, pd.Series[Any]]:
    """Return the months behind what is graded apart, and its classes where they are enough."""
    found = {}
    for name, parameter in APART.items():
        known = rows.get(f"{column_of(parameter)}{COUNT_SUFFIX}", pd.Series(0, rows.index))
        n_months = known.fillna(0).astype("int64")
        found[f"{name}_months"] = n_months
        found[f"{name}_class"] = judged[f"{name}_class"].where(n_months >= needed, None)
    return found


def _as_text(classes: pd.Series[Any]) -> pd.Series[str]:
    return classes.astype("object").where(classes.notna(), None).astype("str")
