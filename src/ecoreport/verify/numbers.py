"""Every number of a sentence is the one that was observed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Protocol

from ecoreport.i18n import _
from ecoreport.verify.fault import Fault, Kind
from ecoreport.verify.read import Datum, Page

GROUPING = re.compile(r"[\s\u2009\u202f,]")


class Numbered(Protocol):
    """An observation, or a fact counted from observations."""

    @property
    def value(self) -> Decimal | None:
        """The value, exact."""


def check_numbers(name: str, page: Page, observations: Mapping[str, Numbered]) -> Iterator[Fault]:
    """Yield numbers that name no observation, or differ from theirs in value or in print."""
    for datum in page.data:
        if not datum.observation:
            continue
        if datum.observation not in observations:
            yield Fault(
                name,
                Kind.UNKNOWN_OBSERVATION,
                datum.observation,
                _("数字 {text} 所指的观测值不存在。").format(text=datum.text.strip()),
            )
            continue
        observed = observations[datum.observation].value
        if not _agrees(datum, observed):
            yield Fault(
                name,
                Kind.DIFFERENT_NUMBER,
                datum.observation,
                _("文中写作 {text}（{value}），观测值为 {observed}。").format(
                    text=datum.text.strip(),
                    value=datum.value,
                    observed=_("无数值") if observed is None else f"{observed:f}",
                ),
            )


def _agrees(datum: Datum, observed: Decimal | None) -> bool:
    try:
        printed = Decimal(GROUPING.sub("", datum.text).replace("−", "-"))
        return observed is not None and Decimal(datum.value) == printed == observed
    except InvalidOperation:
        return False
