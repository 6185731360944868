"""Files that the parameters tell people to write in are named from the top of the project."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLACE = re.compile(r"[\w/]*districts/[\w<>]+")


def test_places_of_districts_are_named_from_the_top() -> None:
    tables = [*ROOT.glob("params/plans/*/*.csv"), ROOT / "params" / "kinds.csv"]
    named = {place for table in tables for place in PLACE.findall(table.read_text("utf-8-sig"))}
    assert "params/districts/hailing" in named
    for place in named:
        folder, _slash, district = place.rpartition("/")
        assert folder == "params/districts", place
        assert district == "<id>" or (ROOT / place).is_dir(), place
