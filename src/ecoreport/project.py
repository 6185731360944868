"""Where things stand: every path of the project, and the check of words that people give."""

from __future__ import annotations

import datetime as dt
import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from ecoreport.errors import InputError
from ecoreport.i18n import SOURCE_LOCALE, _

DISTRICT_PATTERN = re.compile(r"[a-z][a-z0-9-]{0,40}")
INTERNAL, PUBLIC = EDITIONS = ("internal", "public")
"""A public edition reads no internal dataset."""
YEAR_PATTERN = re.compile(r"20\d\d")
CHECKOUT = str(Path(__file__).parents[2])


@dataclass(frozen=True, order=True)
class Pair:
    """A district and a year, both checked."""

    district: str
    year: int

    def __str__(self) -> str:
        return f"{self.district}/{self.year}"


@dataclass(frozen=True)
class Project:
    """The folders below one root."""

    root: Path

    @classmethod
    def here(cls) -> Project:
        """Return the project of ``ECOREPORT_ROOT``, or of the checkout this package lies in."""
        given = os.environ.get("ECOREPORT_ROOT") or CHECKOUT
        # Asked for at every look into a table: resolving again would cost more than the look.
        return _standing(given) or cls(Path(given).resolve())

    @property
    def params(self) -> Path:
        """Plans, districts, indicators, datasets and standards, written by people."""
        return self.root / "params"

    @property
    def notebooks(self) -> Path:
        """The chapters."""
        return self.root / "notebooks"

    @property
    def expectations(self) -> Path:
        """Great Expectations suites."""
        return self.root / "expectations"

    @property
    def templates(self) -> Path:
        """The nbconvert template, styles and scripts of the pages."""
        return self.root / "templates"

    def districts(self) -> list[str]:
        """Return the ids of all districts that have a folder with a ``district.yml``."""
        return sorted(path.parent.name for path in self.params.glob("districts/*/district.yml"))

    def known_district(self, district: str) -> str:
        """Check a district given by a person.

        Raises
        ------
        InputError
            If it is unknown.
        """
        known = self.districts()
        if not DISTRICT_PATTERN.fullmatch(district) or district not in known:
            raise InputError(self._unknown_district(district, known))
        return district

    def _unknown_district(self, given: str, known: list[str]) -> str:
        names = {one: self._name_of(one) for one in known}
        said = given.strip().casefold()
        meant = [one for one, name in names.items() if said in (one, name.casefold())]
        hint = _("是否为 {district}？").format(district=meant[0]) if len(meant) == 1 else ""
        listed = [
            _("{district}（{name}）").format(district=one, name=name) if name else one
            for one, name in names.items()
        ]
        return _("没有名为 {district!r} 的区域。{hint}可用的 DISTRICT：{known}").format(
            district=given[:60], hint=hint, known=_("、").join(listed)
        )

    def _name_of(self, district: str) -> str:
        """Return a district's Chinese name; nothing where its file cannot be read."""
        try:
            path = self.params / "districts" / district / "district.yml"
            content = yaml.safe_load(path.read_text("utf-8"))
        except (OSError, ValueError, yaml.YAMLError):
            return ""
        return str(content.get("name_zh", "")) if isinstance(content, dict) else ""

    def pair(self, district: str, year: str | int) -> Pair:
        """Check a district and a year given by a person.

        Raises
        ------
        InputError
            If the district is unknown or the year is not 2000 to 2099.
        """
        self.known_district(district)
        if not YEAR_PATTERN.fullmatch(str(year)):
            raise InputError(
                _("YEAR 应为四位年份，如 2018；收到的是 {year!r}").format(year=str(year)[:60])
            )
        return Pair(district, int(year))

    def raw(self, pair: Pair) -> Path:
        """Return the folder of the bureau's own files as received."""
        return self.root / "data" / "raw" / pair.district / str(pair.year)

    def demonstration(self, pair: Pair) -> Path:
        """Return the folder of generated files to try the project with."""
        return self.root / "data" / "demonstration" / pair.district / str(pair.year)

    def evidence(self, pair: Pair) -> Path:
        """Return the folder of the papers behind a year's indicators; never read as data."""
        return self.papers(pair.district) / str(pair.year)

    def processed(self, pair: Pair) -> Path:
        """Return the folder of what was computed; it may be deleted at any time."""
        return self.root / "data" / "processed" / pair.district / str(pair.year)

    @property
    def locks(self) -> Path:
        """Return the folder of locks: not among what may be deleted while a run holds one."""
        return self.root / "data" / ".locks"

    def papers(self, district: str) -> Path:
        """Return the folder of all papers of a district."""
        return self.root / "data" / "raw" / district / "evidence"

    def reports(self, pair: Pair, locale: str = SOURCE_LOCALE) -> Path:
        """Return the folder of one report in one language."""
        folder = self.root / "reports" / pair.district / str(pair.year)
        return folder if locale == SOURCE_LOCALE else folder / locale

    def report(self, pair: Pair, locale: str = SOURCE_LOCALE, as_of: dt.date | None = None) -> Path:
        """Return the folder of one report: a language and a day of data have their own."""
        folder = self.reports(pair, locale)
        return folder / f"as-of-{as_of.isoformat()}" if as_of else folder

    def address(self, pair: Pair, locale: str, as_of: dt.date | None) -> str:
        """Return where a report stands below ``reports``, and on the published site."""
        folder = self.report(pair, locale, as_of)
        return folder.relative_to(self.root / "reports").as_posix()

    @property
    def issued(self) -> Path:
        """Return the folder of approvals and of all that was published; only people delete it."""
        return self.root / "data" / "issued"

    def evidence_index(self, district: str, locale: str = SOURCE_LOCALE) -> Path:
        """Return the folder of the index to a district's papers in one language."""
        folder = self.root / "reports" / district / "evidence"
        return folder if locale == SOURCE_LOCALE else folder / locale

    def relative(self, path: Path) -> str:
        """Return `path` relative to the root, with forward slashes."""
        return path.resolve().relative_to(self.root).as_posix()


@cache
def _standing(root: str) -> Project | None:
    """Return the project of an absolute path; that of another moves with the working folder."""
    return Project(Path(root).resolve()) if Path(root).is_absolute() else None
