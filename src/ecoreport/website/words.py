"""How the site words what it lists: in the language in use."""

from __future__ import annotations

from dataclasses import dataclass

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.vocabulary import Verdict
from ecoreport.i18n import _, current_locale
from ecoreport.labels import localized
from ecoreport.website.edition import Edition

KIB = 1024


def district_name(catalogue: Catalogue, district: str) -> str:
    """Return a district's name; what the catalogue does not know any more keeps its id."""
    known = catalogue.districts.get(district)
    return localized(known) if known else district


def period_name(edition: Edition) -> str:
    """Return what a report covers: a year, or a year up to a day."""
    manifest = edition.manifest
    if manifest.as_of is None:
        return str(manifest.year)
    return _("{year}（截至{date}）").format(year=manifest.year, date=manifest.as_of.isoformat())


def standing(edition: Edition) -> str:
    """Say how a report stands, in a few words."""
    publication = edition.publication
    if publication is None:
        return _("草稿，未签发")
    day = publication.published_at.date().isoformat()
    if publication.number == 1:
        return _("{day}发布").format(day=day)
    return _("{day}修订（第{n}版）").format(day=day, n=publication.number)


@dataclass(frozen=True)
class Counted:
    """How many commitments have a verdict."""

    verdict: str
    label: str
    n: int


def counts(catalogue: Catalogue, edition: Edition) -> list[Counted]:
    """Return the verdicts that occur, in the order of legends."""
    found = edition.counts
    return [
        Counted(
            verdict,
            style.label_en if current_locale() == "en" else style.label_zh("indicator"),
            found[verdict],
        )
        for verdict, style in catalogue.verdicts.items()
        if found[Verdict(verdict)]
    ]


def size_text(n_bytes: int) -> str:
    """Write a file's size."""
    if n_bytes < KIB * KIB:
        return f"{max(1, round(n_bytes / KIB))}\u2009kB"
    return f"{n_bytes / KIB / KIB:.1f}\u2009MB"
