"""``params/rectification_states.csv``: how far a problem has come, what proves it (整改销号)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator

from ecoreport.config.explain import Found, place, unknown
from ecoreport.config.layouts import Dataset
from ecoreport.config.models import Strict, split_words
from ecoreport.config.presentation import Colour, Pattern, Shape
from ecoreport.config.read import Problems
from ecoreport.config.references import Shelf
from ecoreport.i18n import _, current_locale

LEDGER = "rectification"
"""Dataset of the steps that departments report (整改台账)."""


class RectificationState(StrEnum):
    """How far a problem has come, least first: this order is the ladder that steps climb.

    A problem that came back (反弹) stands above one that was never begun: work on it began once.
    """

    NOT_REPORTED = "not_reported"
    NOT_STARTED = "not_started"
    RELAPSED = "relapsed"
    UNDER_WAY = "under_way"
    AWAITING_ACCEPTANCE = "awaiting_acceptance"
    CLOSED = "closed"


def _split_groups(cell: object) -> object:
    """Split a cell at ``|`` into groups, and each group at spaces into alternatives."""
    groups = split_words(cell)
    if not isinstance(groups, tuple):
        return groups
    return tuple(tuple(group.split()) for group in groups)


class StateStyle(Strict):
    """One row: the word and the mark of a state, and what a step must show to reach it."""

    state: RectificationState
    order: int
    """Place in legends and counts."""
    zh: str
    en: str
    shape: Shape
    """One shape a state, so that nothing rests on colour alone."""
    colour: Colour
    """Of the mark, and of its word on white."""
    pattern: Pattern
    requires: Annotated[tuple[tuple[str, ...], ...], BeforeValidator(_split_groups)] = ()
    """Columns of the ledger: of each group one must be filled in. Groups stand between ``|``,
    the alternatives of a group between spaces."""
    note_zh: str
    """What a problem in this state lacks or has, for readers."""
    note_en: str


def check_states(
    states: Iterable[Found[StateStyle]], datasets: Shelf[Dataset], problems: Problems
) -> None:
    """Note what a state requires and the ledger has no column for."""
    ledger = datasets.values().get(LEDGER)
    columns = {one.name for one in ledger.columns} if ledger else set()
    for one in states:
        for name in (name for group in one.value.requires for name in group):
            if name not in columns:
                message = f"{place(('requires',), one.record)}{unknown(name, columns)}"
                problems.add(one.record.file, one.record.line("requires"), message)


def required_text(ledger: Dataset, groups: Iterable[Sequence[str]]) -> list[str]:
    """Return what columns are required, in words: alternatives stand in one text.

    Parameters
    ----------
    ledger : Dataset
        The dataset `LEDGER`, which names the columns.
    groups : iterable of sequences of str
        Of `StateStyle.requires`.
    """
    names = {one.name: str(getattr(one, current_locale())) for one in ledger.columns}
    return [_("或").join(names[name] for name in group) for group in groups]
