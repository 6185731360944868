"""What two versions of a report tell differently: verdicts, values, data, standards.

Both are read from what reports carry as ``data/assessment.json``, so that a version published
years ago can still be held against today's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from ecoreport.config.models import Strict
from ecoreport.config.vocabulary import Maturity

DOWNLOAD = "data/assessment.json"
"""Where a report carries what it tells."""
Key = TypeVar("Key", str, tuple[str, str])
Side = TypeVar("Side", "ToldVerdict", "ToldValue")
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class ToldVerdict:
    """One verdict as a version tells it."""

    verdict: str
    target: str = ""
    """Sign and number; empty where the plan has words."""
    unit: str = ""
    is_demonstration: bool = False


@dataclass(frozen=True)
class ToldValue:
    """One value of the whole area as a version tells it."""

    value: str
    unit: str
    maturity: str
    standard: str
    """Edition, clause and basis (口径) that it was computed by."""
    is_sufficient: bool = True

    @property
    def is_demonstration(self) -> bool:
        """Whether the value was made by our generator."""
        return self.maturity == Maturity.DEMONSTRATION


@dataclass(frozen=True)
class Version:
    """What a version tells of its own district and year."""

    district: str
    year: int
    verdicts: Mapping[str, ToldVerdict]
    """By commitment."""
    values: Mapping[tuple[str, str], ToldValue]
    """By indicator and period; the period as it is without its year, empty for the report's own."""
    files: Mapping[str, frozenset[str]]
    """SHA-256 of the files used of each dataset."""


class Change(Strict):
    """Something that is told otherwise than before; empty where it is not told at all."""

    what: str
    """Id of a commitment, an indicator or a dataset."""
    when: str = ""
    """Part of the year, where it is not the report's own period."""
    before: str = ""
    after: str = ""
    unit: str = ""


class Revision(Strict):
    """What changed from one version to another; codes, to be worded where they are shown."""

    verdicts: tuple[Change, ...] = ()
    """Verdicts that turned."""
    values: tuple[Change, ...] = ()
    """Values that are others."""
    added: tuple[Change, ...] = ()
    """Values that were not told before."""
    withdrawn: tuple[Change, ...] = ()
    """Values that are told no more."""
    maturities: tuple[Change, ...] = ()
    """Values that were checked better, or less, than before."""
    standards: tuple[Change, ...] = ()
    """Values computed by another edition or clause, or on another basis."""
    targets: tuple[Change, ...] = ()
    """Commitments held against another target."""
    data: tuple[Change, ...] = ()
    """Datasets whose files are others: how many there were and are, unless only their content
    changed."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not any(getattr(self, name) for name in Revision.model_fields)


def read_version(content: bytes) -> Version:
    """Read what a report carries as ``data/assessment.json``."""
    return version_of(json.loads(content))


def version_of(known: Mapping[str, Any]) -> Version:
    """Return what a version tells, from its JSON or from an assessment dumped alike."""
    judged = known["verdicts"] if "verdicts" in known else known["judgements"]
    files: dict[str, set[str]] = {}
    for source in known["sources"]:
        if source.get("dataset") and not source.get("ignored_because"):
            files.setdefault(source["dataset"], set()).add(source["sha256"])
    return Version(
        known["district"],
        int(known["year"]),
        {one["commitment"]: _told_verdict(one) for one in judged},
        {key: _told_value(one) for key, one in _best_checked(known).items()},
        {name: frozenset(found) for name, found in files.items()},
    )


def revision(before: Version, after: Version) -> Revision:
    """Return what changed from `before` to `after`.

    Of two years only the values of the whole period are held against each other, and of their
    files only how many there are: each year has its own. A real and a demonstration value are
    never held against each other: that one took the other's place is all that is said.
    """
    is_same_year = before.year == after.year
    verdicts = [pair for pair in _pairs(before.verdicts, after.verdicts) if _is_alike(pair)]
    judged = [pair for pair in verdicts if pair[1] and pair[2]]
    values = [
        pair for pair in _pairs(before.values, after.values) if is_same_year or not pair[0][1]
    ]
    shared = [pair for pair in values if pair[1] and pair[2]]
    told = [pair for pair in shared if _is_alike(pair)]
    return Revision(
        verdicts=_changes(verdicts, lambda one: one.verdict),
        targets=_changes(judged, lambda one: one.target),
        values=_changes(told, lambda one: one.value),
        added=_changes((pair for pair in values if not pair[1]), lambda one: one.value),
        withdrawn=_changes((pair for pair in values if not pair[2]), lambda one: one.value),
        maturities=_changes(shared, lambda one: one.maturity),
        standards=_changes(told, lambda one: one.standard),
        data=_data(before.files, after.files, is_same_year=is_same_year),
    )


def _pairs(
    before: Mapping[Key, Thing], after: Mapping[Key, Thing]
) -> list[tuple[Key, Thing | None, Thing | None]]:
    return [(key, before.get(key), after.get(key)) for key in {**before, **after}]


def _is_alike(pair: tuple[Key, Side | None, Side | None]) -> bool:
    _key, old, new = pair
    return old is None or new is None or old.is_demonstration == new.is_demonstration


def _changes(
    pairs: Iterable[tuple[Key, Side | None, Side | None]], told: Callable[[Side], str]
) -> tuple[Change, ...]:
    """Return what is told otherwise."""
    changes = []
    for key, old, new in pairs:
        before, after = (told(one) if one else "" for one in (old, new))
        what, when = (key, "") if isinstance(key, str) else key
        if before != after:
            unit = new.unit if new else old.unit if old else ""
            changes.append(Change(what=what, when=when, before=before, after=after, unit=unit))
    return tuple(changes)


def _data(
    before: Mapping[str, frozenset[str]],
    after: Mapping[str, frozenset[str]],
    *,
    is_same_year: bool,
) -> tuple[Change, ...]:
    return tuple(
        Change(what=name, before=str(len(old or ())), after=str(len(new or ())))
        for name, old, new in _pairs(before, after)
        if (old != new if is_same_year else bool(old) != bool(new))
    )


def _told_verdict(one: Mapping[str, Any]) -> ToldVerdict:
    target = one.get("target")
    sign = "" if one.get("operator") == "==" else one.get("operator", "")
    return ToldVerdict(
        one["verdict"],
        "" if target is None else f"{sign}{target}",
        one.get("unit", ""),
        one.get("maturity") == Maturity.DEMONSTRATION,
    )


def _told_value(one: Mapping[str, Any]) -> ToldValue:
    trace, basis = one["trace"], one.get("basis", {})
    edition, clause = trace.get("edition", ""), trace.get("clause", "")
    rule = clause if clause.startswith(edition) else f"{edition} {clause}".strip()
    return ToldValue(
        str(one["value"] if one.get("value") is not None else one.get("text", "")),
        one["unit"],
        one["maturity"],
        " · ".join(filter(None, (rule, *(basis[name] for name in sorted(basis))))),
        is_sufficient=one.get("is_sufficient", True),
    )


def _best_checked(known: Mapping[str, Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
    """Return the observations of the area that count, by indicator and part of the year."""
    year, order = int(known["year"]), list(Maturity)
    found: dict[tuple[str, str], Mapping[str, Any]] = {}
    for one in known["observations"]:
        is_own = one["district"] == known["district"] and one["year"] == year
        if not is_own or "@" in one["id"] or one.get("unit_name"):
            continue
        period = one["period"]
        key = (
            one["indicator"],
            "" if period == known["period"] else period.replace(str(year), "").strip("-"),
        )
        held = found.get(key)
        if held is None or order.index(one["maturity"]) < order.index(held["maturity"]):
            found[key] = one
    return found
