"""Crosswalks (对照表): a plan's indicators beside those of the scheme that it serves."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.explain import is_headed, unknown, validated
from ecoreport.config.models import Identifier, Strict
from ecoreport.config.read import Problems, read_document, read_table
from ecoreport.config.vocabulary import Attribute
from ecoreport.i18n import _
from ecoreport.project import Project


class Edition(Strict):
    """An edition of the scheme, and how much of it was read."""

    id: Identifier
    name_zh: str
    name_en: str
    n_indicators: int | None = None
    """Number that a source names; empty where none does."""
    read_zh: str
    """What of it was read."""
    read_en: str
    sources: Annotated[tuple[str, ...], Field(min_length=1)]


class Pairing(Strict):
    """One row of ``params/crosswalks/<id>.csv``: an indicator on either side, or on one alone."""

    commitment: str = ""
    """Row of the plan; empty where the plan has no such indicator."""
    edition: str = ""
    """Edition of the scheme; empty where none was read that has the indicator."""
    number: str = ""
    """Number in that edition's table."""
    name_zh: str = ""
    """Name in that edition; empty where it was not read."""
    name_en: str = ""
    target_zh: str = ""
    """Target in that edition, in words; empty where it was not read."""
    target_en: str = ""
    attribute: Attribute | None = None
    """Binding or reference in that edition; empty where it was not read."""
    match: Literal["same", "differs", "name_only", "only_plan", "only_scheme"]
    """Same target; another one; only the names can be compared; not read there; not in the plan."""
    certainty: Literal["read", "probable", "not_seen"]
    """Read in a copy; name and value paired by order only; not seen in any copy."""
    missing_zh: str = ""
    """What is missing on either side."""
    missing_en: str = ""

    @model_validator(mode="after")
    def _has_the_sides_it_says(self) -> Self:
        if bool(self.commitment) == (self.match == "only_scheme"):
            raise ValueError(_("match 为 only_scheme 的行没有 commitment；其他行都有"))
        if bool(self.edition) == (self.match == "only_plan"):
            raise ValueError(_("match 为 only_plan 的行没有 edition；其他行都有"))
        if (self.match == "only_plan") != (self.certainty == "not_seen"):
            raise ValueError(_("match 为 only_plan 的行 certainty 为 not_seen；其他行不是"))
        return self


class Crosswalk(Strict):
    """``params/crosswalks/<id>.yml``."""

    id: Identifier
    title_zh: str
    title_en: str
    plan: Identifier
    note_zh: str
    """What holds for the table as a whole."""
    note_en: str
    editions: Annotated[tuple[Edition, ...], Field(min_length=1)]


class CompleteCrosswalk(Crosswalk):
    """A crosswalk with its rows, in the order of the table."""

    pairings: tuple[Pairing, ...]


def load_crosswalk(project: Project, catalogue: Catalogue, name: str) -> CompleteCrosswalk:
    """Read a crosswalk.

    Raises
    ------
    ParameterError
        If a file is wrong, a row names a commitment or an edition that does not exist, or an
        indicator that the plan counts stands in no row.
    """
    folder = project.params / "crosswalks"
    files = {end: folder / f"{name}.{end}" for end in ("yml", "csv")}
    shown = {end: path.relative_to(project.root).as_posix() for end, path in files.items()}
    problems = Problems()
    record = read_document(files["yml"], shown["yml"], problems)
    head = validated(record, Crosswalk, problems) if record else None
    table = read_table(files["csv"], shown["csv"], problems)
    headed = table.columns and is_headed(table, Pairing, problems)
    rows = [validated(row, Pairing, problems) for row in (table.rows if headed else ())]
    problems.raise_if_any()
    assert head is not None  # noqa: S101 - else its absence was raised above
    plan = catalogue.plans[head.value.plan]
    editions = {one.id for one in head.value.editions}
    names = {one.id for one in plan.commitments}
    found = [row for row in rows if row is not None]
    for row in found:
        for column, given, known in (
            ("commitment", row.value.commitment, names),
            ("edition", row.value.edition, editions),
        ):
            if given and given not in known:
                problems.add(table.file, row.record.line(column), unknown(given, known))
    paired = {row.value.commitment for row in found}
    for one in plan.counted():
        if one.id not in paired:
            problems.add(table.file, 1, _("缺少 {word} 一行").format(word=one.id))
    problems.raise_if_any()
    return CompleteCrosswalk(**dict(head.value), pairings=tuple(row.value for row in found))
