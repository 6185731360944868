"""Names of sections and items of water as tables write them, and what they stand for."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from ecoreport.ingest.words import spoken
from ecoreport.standards.tables import select
from ecoreport.standards.water.limits import section_columns

BETWEEN_NAMES: Final = re.compile(r"[、，,;；/\s]+")


def section_codes(names: pd.Series[str], listed: pd.DataFrame) -> pd.Series[str]:
    """Return the code that each code or name of a table stands for; missing where none does.

    A section of the list without a name is known by its code alone: that it lacks one stops the
    list, and its tables are still checked.
    """
    listed = listed.dropna(subset="section")
    by_name = listed.groupby(listed["name"].map(spoken, na_action="ignore"))["section"].agg(list)
    known = {name: codes[0] for name, codes in by_name.items() if len(codes) == 1}
    known |= {spoken(str(code)): str(code) for code in listed["section"]}
    said = names.map(lambda text: known.get(spoken(str(text))), na_action="ignore")
    return said.astype("str")


def items_named(text: object) -> dict[str, str | None]:
    """Return the item column that each name in a text stands for; None for what is no item."""
    if not isinstance(text, str):
        return {}
    known = {
        spoken(name): line["column"]
        for line in reversed(select("water_items"))
        for name in (line["name_zh"], line["parameter"])
        if line["column"] in section_columns()
    }
    return {name: known.get(spoken(name)) for name in BETWEEN_NAMES.split(text) if name}
