"""Values of one indicator across districts and years, each as its own report tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.models import Indicator
from ecoreport.i18n import SOURCE_LOCALE, _, current_locale
from ecoreport.labels import localized
from ecoreport.render.assemble import OPENING
from ecoreport.revised import standard_text, value_text
from ecoreport.revision import ToldValue
from ecoreport.website.edition import Edition
from ecoreport.website.words import district_name
from ecoreport.workbooks import Table, csv_bytes

FOLDER = "indicators"


@dataclass(frozen=True)
class Told:
    """A value and the report that tells it."""

    edition: Edition
    value: ToldValue


@dataclass(frozen=True)
class Across:
    """One indicator; only districts and years of which there is a value."""

    catalogue: Catalogue
    indicator: Indicator
    years: Sequence[int]
    rows: Mapping[str, Mapping[int, Told]]
    """By district and year."""

    @property
    def _name(self) -> str:
        return f"{FOLDER}/{self.indicator.id.replace('.', '-').replace('_', '-')}"

    @property
    def page(self) -> str:
        """Its page below the home of the language."""
        return f"{self._name}.html"

    @property
    def download(self) -> str:
        """The same values as a table."""
        return f"{self._name}.csv"

    def shown(self, up: str) -> dict[str, Any]:
        """Return what its page shows.

        Parameters
        ----------
        up : str
            Way from the home page of the language to the root of the site.
        """
        one = self.indicator
        return {
            "name": localized(one),
            "area": localized(self.catalogue.terms["areas"][one.area]),
            "unit": _(one.unit) if one.unit != "/" else "",
            "formula": one.formula if current_locale() == SOURCE_LOCALE else "",
            "years": self.years,
            "rows": [
                {
                    "name": district_name(self.catalogue, district),
                    "address": f"../{district}/{OPENING}",
                    "cells": [self._cell(of_year.get(year), up) for year in self.years],
                }
                for district, of_year in self.rows.items()
            ],
            "download": self.download.removeprefix(f"{FOLDER}/"),
        }

    def csv(self) -> bytes:
        """Return the values as CSV, a row a value."""
        header = (
            _("区域"),
            _("年份"),
            _("数值"),
            _("单位"),
            _("数据性质"),
            _("标准和口径"),
            _("说明"),
        )
        rows = [
            (
                district_name(self.catalogue, district),
                year,
                told.value.value,
                told.value.unit,
                self._maturity(told),
                standard_text(told.value.standard),
                _("；").join(self._remarks(told)[1:]),
            )
            for district, of_year in self.rows.items()
            for year, told in of_year.items()
        ]
        return csv_bytes(Table(localized(self.indicator), header, rows))

    def _cell(self, told: Told | None, up: str) -> dict[str, Any] | None:
        if told is None:
            return None
        chapter = f"{self.indicator.area}.html"
        page = chapter if chapter in told.edition.files else OPENING
        return {
            "value": value_text(told.value.value, ""),
            "address": f"../{up}{told.edition.address}/{page}",
            "remarks": self._remarks(told),
            "is_demonstration": told.value.is_demonstration,
        }

    def _remarks(self, told: Told) -> list[str]:
        as_of = told.edition.manifest.as_of
        return [
            self._maturity(told),
            *([_("截至{date}").format(date=as_of.isoformat())] if as_of else []),
            *([] if told.value.is_sufficient else [_("有效数据不足，仅供参考")]),
            *([_("草稿")] if told.edition.is_draft else []),
        ]

    def _maturity(self, told: Told) -> str:
        return localized(self.catalogue.terms["maturities"][told.value.maturity])


def across(
    catalogue: Catalogue, by_district: Mapping[str, Sequence[Edition]], years: Sequence[int]
) -> dict[str, Across]:
    """Return the indicators that any report has a value of, in the order of the catalogue.

    Of a year the report of the whole year counts, or else the one up to the latest day.
    """
    found: dict[str, dict[str, dict[int, Told]]] = {}
    for district, editions in by_district.items():
        for edition in _one_a_year(editions):
            for (indicator, when), value in edition.version.values.items():
                if not when and value.value:
                    of_district = found.setdefault(indicator, {}).setdefault(district, {})
                    of_district[edition.manifest.year] = Told(edition, value)
    return {
        name: Across(catalogue, indicator, years, found[name])
        for name, indicator in catalogue.indicators.items()
        if name in found
    }


def _one_a_year(editions: Sequence[Edition]) -> list[Edition]:
    order = sorted(
        editions,
        key=lambda one: (
            one.manifest.year,
            one.manifest.as_of is None,
            one.manifest.as_of.isoformat() if one.manifest.as_of else "",
        ),
    )
    return list({one.manifest.year: one for one in order}.values())
