"""The site's own pages in the language in use: home, districts, indicators, map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.models import Indicator
from ecoreport.i18n import SOURCE_LOCALE, _
from ecoreport.labels import localized
from ecoreport.render.assemble import OPENING
from ecoreport.render.site import LANGUAGE_TAGS
from ecoreport.revised import essence, groups
from ecoreport.website.across import Across, across
from ecoreport.website.edition import Edition
from ecoreport.website.frame import FONTS, fonts_sheet, site_page
from ecoreport.website.search import INDEX, Entry, index_script, tag
from ecoreport.website.words import counts, district_name, period_name, size_text, standing

MAP = "sitemap.html"
LANGUAGE_NAMES = {"zh": "中文", "en": "English"}
NEWS_SHOWN = 10
DEPARTMENTS_PAGE = "departments.html"


@dataclass(frozen=True)
class Shelf:
    """The reports of one language, as its pages list them.

    Attributes
    ----------
    up : str
        Way from the home page of the language to the root of the site.
    """

    catalogue: Catalogue
    editions: Sequence[Edition]
    up: str

    @cached_property
    def by_district(self) -> Mapping[str, list[Edition]]:
        """Reports by district in the order of their names, the latest first."""
        found: dict[str, list[Edition]] = {}
        for one in self.editions:
            found.setdefault(one.manifest.district, []).append(one)
        latest = {
            name: sorted(
                own,
                key=lambda one: (-one.manifest.year, one.manifest.as_of is not None, one.address),
            )
            for name, own in found.items()
        }
        return dict(sorted(latest.items(), key=lambda one: district_name(self.catalogue, one[0])))

    @cached_property
    def years(self) -> list[int]:
        """Years that any report is of, the earliest first."""
        return sorted({one.manifest.year for one in self.editions})

    @cached_property
    def across(self) -> Mapping[str, Across]:
        """Values of each indicator across districts and years."""
        return across(self.catalogue, self.by_district, self.years)


def home_of(locale: str) -> str:
    """Return the folder of a language's own pages."""
    return "" if locale == SOURCE_LOCALE else f"{locale}/"


def language_pages(
    catalogue: Catalogue,
    editions: Sequence[Edition],
    locale: str,
    locales: Sequence[str],
    *,
    is_preview: bool,
) -> dict[str, bytes]:
    """Return the pages of one language by their path below its home."""
    shelf = Shelf(catalogue, editions, "../" if home_of(locale) else "")
    frame: dict[str, Any] = {
        "is_preview": is_preview,
        "ways": ((OPENING, _("首页")), (MAP, _("站点地图"))),
        "languages": [
            (
                shelf.up + ("" if one == SOURCE_LOCALE else f"{one}/") + OPENING,
                LANGUAGE_NAMES[one],
                LANGUAGE_TAGS[one],
            )
            for one in locales
            if one != locale
        ],
    }
    entries = list(_entries(shelf))
    pages = {
        OPENING: _home(shelf, frame),
        INDEX: index_script(entries),
        MAP: site_page("map", catalogue, groups=_map(shelf), here=MAP, **frame),
    }
    for district, own in shelf.by_district.items():
        pages[f"{district}/{OPENING}"] = _district(shelf, frame, district, own)
    for one in shelf.across.values():
        pages[one.page] = site_page(
            "indicator", catalogue, root="../", here="", **one.shown(shelf.up), **frame
        )
        pages[one.download] = one.csv()
    shown = [content for name, content in pages.items() if not name.endswith(".csv")]
    return pages | {FONTS: fonts_sheet(shown)}


def _home(shelf: Shelf, frame: Mapping[str, Any]) -> bytes:
    return site_page(
        "home",
        shelf.catalogue,
        is_searching=True,
        here=OPENING,
        news=_news(shelf),
        years=shelf.years,
        districts=[
            {
                "name": district_name(shelf.catalogue, district),
                "address": f"{district}/{OPENING}",
                "years": [_cell(shelf, own, year) for year in shelf.years],
            }
            for district, own in shelf.by_district.items()
        ],
        areas=_areas(shelf),
        index_tag=tag(),
        **frame,
    )


def _cell(shelf: Shelf, editions: Sequence[Edition], year: int) -> dict[str, Any] | None:
    """Return the report of a year, that of the whole year where there are several."""
    found = next((one for one in editions if one.manifest.year == year), None)
    return _link(shelf, found) | {"name": period_name(found)} if found else None


def _link(shelf: Shelf, edition: Edition, way: str = "") -> dict[str, Any]:
    return {
        "address": f"{way}{shelf.up}{edition.address}/{OPENING}",
        "title": edition.manifest.title,
        "is_draft": edition.is_draft,
        "rests_on_demonstration": edition.manifest.rests_on_demonstration,
    }


def _news(shelf: Shelf) -> list[dict[str, Any]]:
    """Return what was published last: each issue, also where a later one took its place."""
    found = [
        (publication, one)
        for one in shelf.editions
        if one.publication
        for publication in (one.publication, *one.earlier)
    ]
    found.sort(key=lambda pair: (pair[0].published_at, pair[0].address), reverse=True)
    return [
        {
            "day": publication.published_at.date().isoformat(),
            "title": publication.manifest.title,
            "number": publication.number,
            "why": publication.why_revised,
            "essence": essence(publication.revision),
            "address": shelf.up
            + (one.address if publication == one.publication else publication.own_address)
            + f"/{OPENING}",
        }
        for publication, one in found[:NEWS_SHOWN]
    ]


def _district(
    shelf: Shelf, frame: Mapping[str, Any], district: str, editions: Sequence[Edition]
) -> bytes:
    return site_page(
        "district",
        shelf.catalogue,
        root="../",
        here="",
        name=district_name(shelf.catalogue, district),
        editions=[_described(shelf, one) for one in editions],
        **frame,
    )


def _described(shelf: Shelf, edition: Edition) -> dict[str, Any]:
    publication = edition.publication
    names = publication.approval if publication else None
    base = f"../{shelf.up}"
    return _link(shelf, edition, "../") | {
        "anchor": "y" + edition.address.partition("/")[2].replace("/", "-"),
        "standing": standing(edition),
        "names": (
            _("编制 {compiled}，审核 {checked}，签发 {released}").format(
                compiled=names.compiled_by, checked=names.checked_by, released=names.released_by
            )
            if names
            else ""
        ),
        "why": publication.why_revised if publication else "",
        "counts": counts(shelf.catalogue, edition),
        "essence": essence(publication.revision) if publication else "",
        "groups": groups(shelf.catalogue, publication.revision) if publication else (),
        "issues": [
            {
                "number": one.number,
                "day": one.published_at.date().isoformat(),
                "why": one.why_revised,
                "address": f"{base}{one.own_address}/{OPENING}",
            }
            for one in reversed(edition.earlier)
        ],
        "downloads": [
            {
                "name": name.removeprefix("data/"),
                "address": f"{base}{edition.address}/{name}",
                "size": size_text(n_bytes),
            }
            for name, n_bytes in edition.downloads
        ],
    }


def _areas(shelf: Shelf) -> list[dict[str, Any]]:
    """Return the indicators that any report has a value of, by their area."""
    terms = shelf.catalogue.terms["areas"]
    found: dict[str, list[dict[str, str]]] = {}
    for name, one in shelf.across.items():
        indicator = shelf.catalogue.indicators[name]
        found.setdefault(indicator.area, []).append(
            {"name": localized(indicator), "address": one.page}
        )
    return [
        {"name": localized(terms[area]), "indicators": found[area]}
        for area in terms
        if area in found
    ]


def _map(shelf: Shelf) -> list[dict[str, Any]]:
    districts = [
        (f"{name}/{OPENING}", district_name(shelf.catalogue, name)) for name in shelf.by_district
    ]
    reports = [
        (f"{shelf.up}{one.address}/{OPENING}", one.manifest.title)
        for own in shelf.by_district.values()
        for one in own
    ]
    indicators = [
        (one.page, localized(shelf.catalogue.indicators[name]))
        for name, one in shelf.across.items()
    ]
    return [
        {"name": _("区域"), "pages": districts},
        {"name": _("报告"), "pages": reports},
        {"name": _("指标"), "pages": indicators},
    ]


def _entries(shelf: Shelf) -> Iterator[Entry]:
    """Yield what can be searched for: districts, their reports, indicators, departments."""
    catalogue = shelf.catalogue
    for district, own in shelf.by_district.items():
        name = district_name(catalogue, district)
        yield Entry(name, _("区域"), f"{district}/{OPENING}", district)
        for one in own:
            address = f"{shelf.up}{one.address}/{OPENING}"
            yield Entry(one.manifest.title, _("报告"), address, district)
        yield from _departments(shelf, district, own[0])
    for name, across_one in shelf.across.items():
        indicator = catalogue.indicators[name]
        yield Entry(localized(indicator), _("指标"), across_one.page, _known_as(indicator))


def _departments(shelf: Shelf, district: str, latest: Edition) -> Iterator[Entry]:
    """Yield the departments that answer for anything, each with its place in the last report."""
    if DEPARTMENTS_PAGE not in latest.files:
        return
    text = latest.files[DEPARTMENTS_PAGE].read_text("utf-8")
    name = district_name(shelf.catalogue, district)
    for one in shelf.catalogue.departments.values():
        anchor = f"d-{one.id}"
        if f'id="{anchor}"' in text:
            yield Entry(
                localized(one),
                _("责任单位 · {district}").format(district=name),
                f"{shelf.up}{latest.address}/{DEPARTMENTS_PAGE}#{anchor}",
                " ".join(one.aliases),
            )


def _known_as(indicator: Indicator) -> str:
    return f"{indicator.id} {indicator.zh} {indicator.en}"
