"""What can be wrong with a page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of faults; each one alone fails the report."""

    OUTSIDE_ADDRESS = "outside_address"
    BROKEN_LINK = "broken_link"
    SCRIPT = "script"
    MISSING_PAGE = "missing_page"
    MISSING_OUTPUT = "missing_output"
    MISSING_GLYPH = "missing_glyph"
    MISSING_TEXT = "missing_text"
    ACTING = "acting"
    PLACEHOLDER = "placeholder"
    ERROR = "error"
    WARNING = "warning"
    DIFFERENT_NUMBER = "different_number"
    UNKNOWN_OBSERVATION = "unknown_observation"
    DUPLICATE_ID = "duplicate_id"
    TOO_LARGE = "too_large"
    FINE_PLACE = "fine_place"


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong, with where to find it."""

    page: str
    kind: Kind
    where: str
    """Element, cell or address concerned."""
    message: str
    """What is wrong and what to do, for people."""
