"""Which edition of GB 15618 judges a sample of farmland soil."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.tables import in_force, select


@dataclass(frozen=True)
class SoilEdition:
    """An edition of GB 15618.

    Attributes
    ----------
    name : str
        ``GB 15618-1995`` or ``GB 15618-2018``.
    reference_kind : str
        The kind of limit that farmland is held to: ``grade_2`` or ``screening``.
    has_three_classes : bool
        True: it sorts farmland into 优先保护, 安全利用 and 严格管控.
    verified : str
        How well the dates and the kind were checked.
    """

    name: str
    reference_kind: str
    has_three_classes: bool
    verified: str


def soil_edition(on: date) -> SoilEdition:
    """Return the edition in force on a day.

    Parameters
    ----------
    on : datetime.date
        When the samples were taken. Samples of a year that two editions share go in two calls.

    Raises
    ------
    InputError
        If no edition in force on that day is kept, naming the table that lacks it.
    """
    lines = in_force("soil_editions", on, on)
    if not lines:
        raise missing_table("soil_editions", "soil_farmland_limits", on)
    line = lines[0]
    return SoilEdition(
        name=line["edition"],
        reference_kind=line["reference_kind"],
        has_three_classes=line["has_three_classes"] == "true",
        verified=line["verified"],
    )


def missing_table(dated: str, lacking: str, on: date) -> InputError:
    """Return the error for a day before the first edition of a table."""
    first = min(select(dated), key=lambda line: line["valid_from"])
    return InputError(
        _(
            "标准表 {file} 没有 {date} 适用的限值，最早的是 {edition}（{start} 起）。"
            "请补充当时标准的限值表，或者不评价这一天的样品。"
        ).format(
            file=f"{lacking}.csv",
            date=on.isoformat(),
            edition=first["edition"],
            start=first["valid_from"],
        )
    )
