"""The ledger of a plan's numerals: in which commitment each stands, or why in none."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.explain import is_headed, unknown, validated
from ecoreport.config.models import Strict, split_words
from ecoreport.config.read import Problems, read_table
from ecoreport.config.vocabulary import LeftOut
from ecoreport.i18n import _
from ecoreport.project import Project


class Numeral(Strict):
    """One row of ``params/plans/<id>/numerals.csv``."""

    position: Annotated[int, Field(ge=0)]
    """Offset of its first character in the text of the document."""
    text: str
    """As printed, with its unit."""
    context: str
    """With the characters around it."""
    commitments: Annotated[tuple[str, ...], BeforeValidator(split_words)] = ()
    """Rows that it is a value, year, deadline or other part of; ``|`` between them."""
    left_out: LeftOut | None = None
    """Why it stands in no row."""

    @model_validator(mode="after")
    def _is_accounted_for_once(self) -> Self:
        if bool(self.commitments) == bool(self.left_out):
            raise ValueError(_("commitments 和 left_out 要填其中一列，且只填一列"))
        return self


def load_ledger(project: Project, plan: CompletePlan) -> tuple[Numeral, ...]:
    """Read the ledger of a plan, in the order of the document.

    Raises
    ------
    ParameterError
        If a row is wrong, out of order, or names a commitment that the plan does not have.
    """
    path = project.params / "plans" / plan.id / "numerals.csv"
    problems = Problems()
    table = read_table(path, path.relative_to(project.root).as_posix(), problems)
    headed = table.columns and is_headed(table, Numeral, problems)
    rows = [validated(record, Numeral, problems) for record in (table.rows if headed else ())]
    found = [row for row in rows if row is not None]
    names = {one.id for one in plan.commitments}
    for row in found:
        for name in row.value.commitments:
            if name not in names:
                problems.add(table.file, row.record.line("commitments"), unknown(name, names))
    for first, second in pairwise(found):
        if second.value.position <= first.value.position:
            problems.add(table.file, second.record.line("position"), _("要按 position 由小到大"))
    problems.raise_if_any()
    return tuple(row.value for row in found)
