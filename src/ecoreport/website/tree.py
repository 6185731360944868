"""The whole site: reports as they were published, and the pages that lead to them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from markupsafe import Markup

from ecoreport.config.catalogue import Catalogue
from ecoreport.i18n import SOURCE_LOCALE, _, current_locale, use_locale
from ecoreport.publications import Issue
from ecoreport.render.assemble import OPENING
from ecoreport.website.edition import (
    Edition,
    locales_of,
    published_editions,
)
from ecoreport.website.pages import home_of, language_pages
from ecoreport.website.words import district_name

SITE = "site.json"
"""The digest of every issue on the site, by its address: what must never be lost."""
SITE_MAP = "sitemap.xml"
Tree = dict[str, bytes | Path]


def published_tree(catalogue: Catalogue, issues: Mapping[str, Sequence[Issue]]) -> Tree:
    """Return the site of all that was published, each issue as it went out.

    The last issue of a report stands at its address; those before it beside it.
    """
    tree = site_tree(catalogue, published_editions(issues))
    known: dict[str, str] = {}
    for found in issues.values():
        for issue in found[:-1]:
            address = issue.publication.own_address
            tree |= {f"{address}/{name}": issue.path(name) for name in issue.publication.files}
        known |= {one.publication.name: one.publication.manifest.digest for one in found}
    tree[SITE] = (json.dumps(known, indent=1, sort_keys=True) + "\n").encode()
    return tree


def site_tree(
    catalogue: Catalogue, editions: Sequence[Edition], *, is_preview: bool = False
) -> Tree:
    """Return the site of some reports, each at its address, in every language that they have."""
    tree: Tree = {}
    for edition in editions:
        tree |= {f"{edition.address}/{name}": path for name, path in edition.files.items()}
    before = current_locale()
    locales = locales_of(editions) or [SOURCE_LOCALE]
    try:
        for locale in locales:
            use_locale(locale)
            own = [one for one in editions if one.locale == locale]
            pages = language_pages(catalogue, own, locale, locales, is_preview=is_preview)
            tree |= {f"{home_of(locale)}{name}": content for name, content in pages.items()}
    finally:
        use_locale(before)
    site_address = catalogue.report.site_address
    if site_address:
        tree[SITE_MAP] = _site_map(site_address, tree)
    return tree


def way_back(catalogue: Catalogue, address: str, locale: str) -> Markup:
    """Return the links from a report's pages to its district and to the home page."""
    district, *below = address.split("/")
    up = "../" * (1 + len(below))
    root = f"{up}{home_of(locale)}"
    links = (
        (f"{root}{OPENING}", _("首页")),
        (f"{root}{district}/{OPENING}", district_name(catalogue, district)),
    )
    items = Markup("").join(Markup('<li><a href="{}">{}</a></li>').format(*one) for one in links)
    return Markup('<nav class="way" aria-label="{}"><ol>{}</ol></nav>').format(_("位置"), items)


def _site_map(site_address: str, tree: Tree) -> bytes:
    """Return the map for search engines of the intranet, which ask for whole addresses."""
    pages = sorted(name for name in tree if name.endswith(".html"))
    line = Markup("<url><loc>{}/{}</loc></url>")
    lines = [line.format(site_address.rstrip("/"), name) for name in pages]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    body = Markup("\n").join(lines)
    return (
        f'{head}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{body}\n</urlset>\n'
    ).encode()
