"""The lists of docs/plans say what the catalogue holds."""

from __future__ import annotations

import plans
import pytest

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.load import load_catalogue
from ecoreport.plan_pages import plan_pages
from ecoreport.project import Project


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(Project.here())


def test_the_pages_are_as_generated() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in plans.FOLDER.glob("*.md")}
    assert written == plans.made(Project.here()), "run make plans"


def test_every_commitment_has_a_row_with_clause_and_kind(catalogue: Catalogue) -> None:
    pages = plan_pages(catalogue)
    for plan in catalogue.plans.values():
        lines = pages[f"{plan.id}.zh-CN.md"].splitlines()
        rows = [line.split(" | ") for line in lines if line.startswith("| `")]
        assert len(rows) == len(plan.commitments)
        for row, one in zip(rows, plan.commitments, strict=True):
            assert row[0] == f"| `{one.id.removeprefix(plan.id + '/')}`"
            assert row[1] == one.clause
            assert row[3] == catalogue.terms["kinds"][one.kind].zh


def test_texts_cannot_break_a_table(catalogue: Catalogue) -> None:
    plan = catalogue.plans["hailing"]
    hostile = plan.commitments[0].model_copy(update={"title_zh": "a|b\n<script>[x](y)`"})
    changed = plan.model_copy(update={"commitments": (hostile,)})
    page = plan_pages(Catalogue(**{**vars(catalogue), "plans": {"hailing": changed}}))
    assert r"a\|b \<script\>\[x\](y)\`" in page["hailing.zh-CN.md"]
