"""``params/public_minimums.csv``: counts so small that they tell of a person or a plot."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ecoreport.config.models import Strict, Words


class PublicMinimum(Strict):
    """How many of something a public edition tells at least. No standard says it: it is ours."""

    dataset: str
    minimum: Annotated[int, Field(ge=2)]
    what: str
    """What is counted; the catalogues translate it."""
    frame: str = ""
    """Frame of charts that holds the same counts, where there is one."""
    whole: str = ""
    """Its column with all of them."""
    parts: Words = ()
    """Its columns with parts of them; ``|`` between them."""
    people: str = ""
    """Column of the dataset that says how many people a row is of, where rows have names."""
    whose: Words = ()
    """Columns that say whose rows belong together, the narrowest last: of what their rows say, the
    most counts."""
    names: Words = ()
    """Columns by which a row of fewer people would be known: numbers take their place."""
    note: str = ""
    """For people; never parsed."""

    def is_small(self, whole: int, parts: tuple[int, ...]) -> bool:
        """Whether all, some or the others of them are too few to be told."""
        told = (whole, *parts, *(whole - part for part in parts))
        return any(0 < count < self.minimum for count in told)
