"""Every numeral of every plan's document is accounted for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from numerals import amount, numerals

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.ledger import Numeral, load_ledger
from ecoreport.config.load import load_catalogue
from ecoreport.project import Project

DOCUMENTS = {
    "hailing": "hailing-demonstration-district-plan.txt",
    "linjiang": "linjiang-implementation-opinion.txt",
    "suzhou-263": "suzhou-263-action-plan.txt",
    "wuxi-2018": "wuxi-2018-implementation-plan.txt",
    "wuxi-rectification": "wuxi-rectification-plan.txt",
}
PLANS = sorted(load_catalogue(Project.here()).plans)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(Project.here())


@pytest.mark.parametrize("plan", PLANS)
def test_each_numeral_of_the_document_has_a_row(
    plan: str, catalogue: Catalogue, shared: Path
) -> None:
    text = (shared / "sources" / DOCUMENTS[plan]).read_text("utf-8")
    ledger = load_ledger(Project.here(), catalogue.plans[plan])
    print(plan, *counts(ledger).items(), sep="\n  ")  # noqa: T201 - the counts by reason
    printed = [(one.position, one.text, one.context) for one in numerals(text)]
    assert [(one.position, one.text, one.context) for one in ledger] == printed


@pytest.mark.parametrize("plan", PLANS)
def test_each_value_is_a_numeral_of_the_document(plan: str, catalogue: Catalogue) -> None:
    """Nought is said in words: 无, 提高, 减少."""
    ledger = load_ledger(Project.here(), catalogue.plans[plan])
    stated = {(name, amount(one.text)) for one in ledger for name in one.commitments}
    missing = [
        (one.id, one.value)
        for one in catalogue.plans[plan].commitments
        if one.value and (one.id, one.value) not in stated
    ]
    assert missing == []


def counts(ledger: tuple[Numeral, ...]) -> Counter[str]:
    return Counter(str(one.left_out or "in a commitment") for one in ledger)
