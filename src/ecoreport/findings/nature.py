"""What the chapter on nature finds of the ecological index: what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
from markupsafe import Markup

from ecoreport.findings.area import Chapter
from ecoreport.i18n import current_locale
from ecoreport.message import N_
from ecoreport.narrative import number, sentence
from ecoreport.numbers import plain_decimal
from ecoreport.standards.tables import select

INDEX = "greening.ecological_index"
CHECK = "ei_check"
"""Frame with the sub-indices, the official index and what they give."""
WHOLE = Decimal(100)


@dataclass(frozen=True)
class SubIndex:
    """One sub-index of the ecological index."""

    name: str
    value: Decimal
    last_year: Decimal | None
    weight: Decimal
    is_inverse: bool
    """Whether the index takes 100 less the value."""

    @property
    def points(self) -> Decimal:
        """Points that it brings to the index."""
        return self.weight * (WHOLE - self.value if self.is_inverse else self.value)


def sub_indices(chapter: Chapter) -> list[SubIndex]:
    """Return the five sub-indices; none where not all of them were reported."""
    now, before = (_row(chapter, chapter.report.year - back) for back in (0, 1))
    lines = select("ei_subindices")
    if now is None or any(_number(now, line["column"]) is None for line in lines):
        return []
    return [
        SubIndex(
            name=line[f"name_{current_locale()}"],
            value=value,
            last_year=_number(before, line["column"]) if before is not None else None,
            weight=Decimal(line["weight"]),
            is_inverse=line["sense"] == "inverse",
        )
        for line in lines
        if (value := _number(now, line["column"])) is not None
    ]


def heading(chapter: Chapter) -> Markup:
    """Say what the sub-indices give beside the official index, which alone is judged."""
    computed = number(chapter.report.fact("greening/ei_computed"))
    official = chapter.report.observation(INDEX)
    if official is None or official.value is None:
        text = N_("五个分指数核算的EI为{computed}，没有下达的EI，不作评价")
        return sentence(text, computed=computed)
    return sentence(
        N_("EI为{official}，由五个分指数核算为{computed}，核算值只作核对"),
        official=number(official),
        computed=computed,
    )


def note() -> Markup:
    """Say which index this is, and that another one is left open."""
    return sentence(
        N_(
            "生态环境状况指数（EI）按HJ 192-2015。2021年起全国公报改用区域生态质量指数（EQI），"
            "它的计算表未读到，这里不计算，两个指数不相比较。"
        )
    )


def _row(chapter: Chapter, year: int) -> pd.Series | None:
    frame = chapter.report.frame(CHECK, year)
    return None if frame is None or frame.empty else frame.iloc[0]


def _number(row: pd.Series, column: str) -> Decimal | None:
    return None if pd.isna(row[column]) else plain_decimal(row[column])
