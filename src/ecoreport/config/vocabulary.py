"""Closed lists of words shared by parameters, observations and verdicts."""

from __future__ import annotations

from enum import StrEnum


class Area(StrEnum):
    """Chapter that an indicator belongs to."""

    AIR = "air"
    WATER = "water"
    SOIL = "soil"
    WASTE = "waste"
    NOISE = "noise"
    GREENING = "greening"
    INSTITUTIONAL = "institutional"
    RESOURCES = "resources"


class Attribute(StrEnum):
    """Whether a plan binds by an indicator (约束性) or refers to it (参考性)."""

    BINDING = "binding"
    REFERENCE = "reference"


class Maturity(StrEnum):
    """How far a figure has been checked, best first: this order is the precedence."""

    VERIFIED = "verified"
    AUDITED = "audited"
    PROVISIONAL = "provisional"
    REAL_TIME = "real_time"
    DEMONSTRATION = "demonstration"


class Kind(StrEnum):
    """How a commitment is judged: each kind is one function of ``assess``."""

    LEVEL = "level"
    COMPOSITE = "composite"
    NOT_LOWER = "not_lower"
    REDUCTION = "reduction"
    GROWTH = "growth"
    COUNT_DONE = "count_done"
    SHARE_DONE = "share_done"
    CLASS_LIMIT = "class_limit"
    MILESTONE = "milestone"
    RECURRING = "recurring"
    EVENT_FREE = "event_free"
    QUALITATIVE = "qualitative"
    ASSIGNED = "assigned"


class Verdict(StrEnum):
    """Outcome of judging one commitment for one year, in the order of the design."""

    MET = "met"
    NOT_MET = "not_met"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    INSUFFICIENT_DATA = "insufficient_data"
    NO_DATA = "no_data"
    NOT_ASSIGNED = "not_assigned"
    NOT_DUE = "not_due"
    NOT_APPLICABLE = "not_applicable"
    TO_CONFIRM = "to_confirm"


class EvidenceStatus(StrEnum):
    """Whether the papers behind a figure are there: 齐全, 不足, 无."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    NONE = "none"


class AirPlace(StrEnum):
    """What a mean over stations stands for (口径: 点位)."""

    CITY_POINTS = "city_points"
    """The assessment points of a city: a city value by HJ 663."""
    DISTRICT_POINTS = "district_points"
    """辖区点位均值: a city's points that lie in a district; a reference value."""


class Secrecy(StrEnum):
    """公开, 内部, 不得入库."""

    PUBLIC = "public"
    INTERNAL = "internal"
    FORBIDDEN = "forbidden"


class Severity(StrEnum):
    """What a failed expectation does."""

    STOP = "stop"
    WARNING = "warning"
