"""Words and numbers as charts print them."""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd

from ecoreport.charts.appearance import appearance
from ecoreport.i18n import _, current_locale
from ecoreport.numbers import format_number, plain_decimal
from ecoreport.standards.rounding import round_half_even
from ecoreport.standards.tables import single, table
from ecoreport.symbols import appearances, symbol

ELLIPSIS = "…"
NOT_AT_START = " ,，、"


@dataclass(frozen=True)
class Category:
    """A category of the AQI as charts show it."""

    name: str
    """Chinese name, as in the column ``category``."""
    label: str
    colour: str
    is_good: bool
    """优 and 良, the days that count as good."""


def aqi_categories() -> list[Category]:
    """Return the six categories, best first, in the reader's language."""
    rows = table("aqi_categories").to_dict("records")
    return [
        Category(
            name=str(row["category_zh"]),
            label=str(row[f"category_{current_locale()}"]),
            colour=str(row["rgb_hex"]),
            is_good=row["is_good"] == "true",
        )
        for row in rows
    ]


def least_to_most(counts: pd.Series) -> str:
    """Return the range of counts, 340–365, or the one count where all are alike."""
    least, most = int(counts.min()), int(counts.max())
    return str(least) if least == most else f"{least}–{most}"


def fill(pollutant: str) -> str:
    """Return the colour of a pollutant where several are stacked."""
    known = appearances().get(pollutant)
    return known["fill"] if known else appearance().faint


def column_symbol(column: str, frame: str = "day") -> str:
    """Return the formula of a canonical column: ``o3_8h_ug_m3`` -> O₃."""
    return symbol(single("air_columns", frame=frame, column=column)["pollutant"])


def column_unit(column: str, frame: str = "day") -> str:
    """Return the unit of a canonical column as it is printed: ``pm25_ug_m3`` -> μg/m³."""
    return unit(single("air_columns", frame=frame, column=column)["unit"])


def column_decimals(column: str, frame: str = "day") -> int:
    """Return the decimals with which readings of a canonical column are printed."""
    known = appearances().get(single("air_columns", frame=frame, column=column)["pollutant"])
    return int(known["decimals"]) if known else 0


def unit(written: str) -> str:
    """Return a unit as it is printed."""
    return appearance().units.get(written, written)


def number(value: Decimal | float | None, decimals: int) -> str:
    """Return a number rounded half to even, with thin spaces and a true minus.

    Parameters
    ----------
    value : Decimal or float or None
        NaN and None become a dash.
    decimals : int
    """
    if value is None or math.isnan(value):
        return "—"
    return format_number(plain_decimal(round_half_even(value, decimals), decimals))


def percent(part: float, whole: float) -> str:
    """Return a share with one decimal, or a dash where there is no whole."""
    return f"{number(100 * part / whole, 1)}%" if whole else "—"


def months() -> list[str]:
    """Return the names of the months, short."""
    return [
        _("1月"), _("2月"), _("3月"), _("4月"), _("5月"), _("6月"),
        _("7月"), _("8月"), _("9月"), _("10月"), _("11月"), _("12月"),
    ]  # fmt: skip


def weekdays() -> list[str]:
    """Return the names of the weekdays from Monday, short."""
    return [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]


def day(date: dt.date) -> str:
    """Return month and day; languages that name months find the name as ``month_name``."""
    name = months()[date.month - 1]
    return _("{month}月{day}日").format(month=date.month, day=date.day, month_name=name)


def text_width(text: str, size: float | None = None) -> float:
    """Return the width of a text in pixels."""
    # Findings name their months and numbers here and draw nothing: they need no matplotlib.
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415
    from matplotlib.textpath import text_to_path  # noqa: PLC0415

    from ecoreport.charts.style import font_families  # noqa: PLC0415

    properties = FontProperties(family=list(font_families()), size=size or appearance().text_size)
    width, _height, _descent = text_to_path.get_text_width_height_descent(text, properties, False)
    return float(width)


def clean(text: object) -> str:
    """Return a text from a table on one line, without control characters."""
    words = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in str(text))
    return " ".join(words.split())


def shortened(text: object, width: float, size: float | None = None) -> str:
    """Return a text from a table, cut with an ellipsis where it is wider than `width` pixels."""
    words = clean(text)
    if text_width(words, size) <= width:
        return words
    ends = range(len(words), 0, -1)
    fitting = (words[:end].rstrip() + ELLIPSIS for end in ends)
    return next((cut for cut in fitting if text_width(cut, size) <= width), ELLIPSIS)


def wrapped(text: object, width: float, lines: int) -> list[str]:
    """Return a text from a table in at most `lines` lines of `width` pixels, the last one cut.

    Breaks between words, and between any two characters of a script without blanks.
    """
    rest = clean(text)
    broken: list[str] = []
    while rest and len(broken) < lines - 1:
        fitting = [end for end in range(1, len(rest) + 1) if text_width(rest[:end]) <= width]
        end = fitting[-1] if fitting else 1
        if end < len(rest) and rest[end].isascii() and " " in rest[:end]:
            end = rest[:end].rindex(" ")
        broken.append(rest[:end].rstrip())
        rest = rest[end:].lstrip(NOT_AT_START)
    return [*broken, shortened(rest, width)] if rest else broken


def spread(positions: list[float], gap: float) -> list[float]:
    """Move labels apart along one direction so that none is nearer to the next than `gap`.

    Parameters
    ----------
    positions : list of float
        Where each label would stand best.
    gap : float
        Least distance.

    Returns
    -------
    list of float
        In the given order; groups that had to move keep their middle.
    """
    order = np.argsort(positions, kind="stable")
    groups: list[tuple[list[int], float]] = []
    for index in order:
        members, middle = [int(index)], float(positions[index])
        while groups:
            before, centre = groups[-1]
            if middle - centre >= gap * (len(before) + len(members)) / 2:
                break
            weight = len(before) + len(members)
            middle = (centre * len(before) + middle * len(members)) / weight
            members = [*before, *members]
            groups.pop()
        groups.append((members, middle))
    moved = [0.0] * len(positions)
    for members, middle in groups:
        for rank, index in enumerate(members):
            moved[index] = middle + (rank - (len(members) - 1) / 2) * gap
    return moved
