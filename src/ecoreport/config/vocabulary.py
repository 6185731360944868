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


CHANGES = frozenset({Kind.REDUCTION, Kind.GROWTH})
"""Kinds judged by how far a value moved from its base."""
ONE_TIME = frozenset({Kind.MILESTONE, Kind.COUNT_DONE})
"""What is done once and then stays done, and stays open until it is."""


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


ASKED_FOR = {Verdict.NO_DATA, Verdict.TO_CONFIRM, Verdict.NOT_ASSIGNED}
"""Open because somebody has still to send, confirm or assign something."""


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


class DepartmentLevel(StrEnum):
    """Whose department it is: 省直管, 市直, 区（县、市）."""

    PROVINCIAL = "provincial"
    CITY = "city"
    COUNTY = "county"


class Secrecy(StrEnum):
    """公开, 内部, 不得入库: who may see the rows of a dataset."""

    PUBLIC = "public"
    INTERNAL = "internal"
    """Read here; reports show aggregates only, and none of them in a public edition."""
    FORBIDDEN = "forbidden"
    """Never read and never stored: its file stops the run."""


class Severity(StrEnum):
    """What a failed expectation does."""

    STOP = "stop"
    WARNING = "warning"


class LeftOut(StrEnum):
    """Why a numeral of a document stands in no commitment."""

    DOCUMENT_DATE = "document_date"
    """Day on which the document, or the page that carries it, was made or published."""
    DOCUMENT_NUMBER = "document_number"
    """Number (文号, 索引号) of this or another document."""
    DOCUMENT_PERIOD = "document_period"
    """Year or span of years in the title of this or another document."""
    LIST_NUMBER = "list_number"
    """Number of a clause, item, annex or table row."""
    PAGE_NUMBER = "page_number"
    """Number of a page, and whatever else the page's carrier printed into the text."""
    PROGRAMME_NAME = "programme_name"
    """Part of the name of a programme, slogan, congress or five-year plan (两减六治三提升)."""
    PLACE_NAME = "place_name"
    """Part of the name of a place, line or institution (地铁3号线)."""
    PARAMETER_NAME = "parameter_name"
    """Part of the name of a substance or measure (PM2.5, 二氧化硫)."""
    CLASS_NAME = "class_name"
    """Grade or class that names a thing and is not demanded of it (一级保护区, 四级网格)."""
    CAPACITY_CLASS = "capacity_class"
    """Size from or up to which a duty holds (35蒸吨/小时及以下)."""
    EXTENT = "extent"
    """Distance, area or span within which a duty holds (沿岸3公里)."""
    LEGAL_REFERENCE = "legal_reference"
    """Part of a law, standard or clause that is cited."""
    BACKGROUND_FIGURE = "background_figure"
    """State of things or history; nothing is promised."""
    PHASE = "phase"
    """Begin or end of a phase of the work in which no commitment falls due."""
    SUB_ITEM = "sub_item"
    """Count of the things that the same sentence lists (以上两种情况)."""
    NOT_COVERED = "not_covered"
    """In a part of the document that the plan's ``coverage_note`` leaves out."""
    UNIT = "unit"
    """Part of a unit (万元地区生产总值)."""
    WORD = "word"
    """Part of a word that counts nothing (统一, 进一步, 一批)."""
