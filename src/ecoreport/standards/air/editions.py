"""Which edition of the air standards judges a year, and the limits that it sets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.tables import Line, answered_once, in_force, select, single

FUNCTIONAL_CLASSES = (1, 2)
EDITION_NAMES = ("edition", "limits", "aqi", "assessment")


@dataclass(frozen=True)
class AirEdition:
    """The three documents that belong together, and the stage of their limits.

    Attributes
    ----------
    limits, aqi, assessment : str
        Document numbers of GB 3095, HJ 633 and HJ 663.
    stage : str
        ``transition`` or ``final`` of GB 3095-2026; empty for 2012.
    incomplete_aqi_shown_above : int or None
        With a pollutant missing the AQI is given only above this value; None gives it always.
    verified : str
        How well the dates were checked.
    """

    limits: str
    stage: str
    aqi: str
    assessment: str
    incomplete_aqi_shown_above: int | None
    verified: str


@dataclass(frozen=True)
class Limit:
    """A concentration limit of GB 3095, exact, with where it stands."""

    value: Fraction
    unit: str
    edition: str
    stage: str
    clause: str
    source: str
    verified: str


@answered_once
def air_edition(year: int, edition: str | None = None) -> AirEdition:
    """Return the edition that judges a calendar year.

    Parameters
    ----------
    year : int
    edition : str, optional
        ``"2012"``, ``"2026"`` or the number of one of its documents (``"GB 3095-2012"``,
        ``"HJ 633-2026"``). Asked of 2026, which two editions share; for any other year it
        recalculates by another edition. The stage is the one of the year, or the nearest.

    Returns
    -------
    AirEdition

    Raises
    ------
    InputError
        If the year has no edition or two, or `edition` is unknown.
    """
    lines = in_force("air_editions", date(year, 1, 1), date(year, 12, 31))
    if edition is None:
        return _only(lines, year)
    named = [
        line
        for line in select("air_editions")
        if edition in [line[column] for column in EDITION_NAMES]
    ]
    if not named:
        known = sorted(
            {line[column] for line in select("air_editions") for column in EDITION_NAMES}
        )
        raise InputError(
            _("没有名为 {edition!r} 的环境空气标准版本。可用的 edition：{known}").format(
                edition=edition, known=", ".join(known)
            )
        )
    of_year = [line for line in named if line in lines]
    is_earlier = named[0]["valid_from"] > f"{year}-12-31"
    return _edition(of_year[0] if of_year else named[0 if is_earlier else -1])


@answered_once
def limit(pollutant: str, averaging: str, edition: AirEdition, functional_class: int = 2) -> Limit:
    """Return one limit of GB 3095.

    Parameters
    ----------
    pollutant : str
        Key of ``air_pollutants.csv``, e.g. ``"PM2.5"``.
    averaging : {"annual", "24h", "8h", "1h", "quarterly"}
        ``8h`` is the daily maximum of the 8-hour means.
    edition : AirEdition
    functional_class : {1, 2}
        Functional class of the area (GB 3095, 4.1).

    Raises
    ------
    InputError
        If the class is neither 1 nor 2.
    ParameterError
        If the table has no such limit.
    """
    if functional_class not in FUNCTIONAL_CLASSES:
        raise InputError(
            _("环境空气功能区类别应为 1 或 2，收到的是 {value!r}。").format(value=functional_class)
        )
    line = single(
        "air_limits",
        edition=edition.limits,
        stage=edition.stage,
        pollutant=pollutant,
        averaging=averaging,
        functional_class=str(functional_class),
    )
    return Limit(
        value=Fraction(line["limit"]),
        unit=line["unit"],
        edition=line["edition"],
        stage=line["stage"],
        clause=line["clause"],
        source=line["source"],
        verified=line["verified"],
    )


def _only(lines: list[Line], year: int) -> AirEdition:
    if len(lines) == 1:
        return _edition(lines[0])
    if not lines:
        raise InputError(
            _("{year} 年没有现行的环境空气标准版本，请用 edition 指明按哪一版评价。").format(
                year=year
            )
        )
    raise InputError(
        _("{year} 年跨两版标准：{editions}。请用 edition 指明按哪一版评价。").format(
            year=year,
            editions=_("、").join(
                f"{line['limits']}({line['valid_from']}~{line['valid_to']})" for line in lines
            ),
        )
    )


def _edition(line: Line) -> AirEdition:
    above = line["incomplete_aqi_shown_above"]
    return AirEdition(
        limits=line["limits"],
        stage=line["stage"],
        aqi=line["aqi"],
        assessment=line["assessment"],
        incomplete_aqi_shown_above=int(above) if above else None,
        verified=line["verified"],
    )
