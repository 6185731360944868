"""Every address of a page: none leads outside, none leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import unquote

from ecoreport.i18n import _
from ecoreport.verify.fault import Fault, Kind
from ecoreport.verify.read import Address, Page

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
CSS_ADDRESS = re.compile(r"""url\(\s*(?P<quote>['"]?)(?P<url>.*?)(?P=quote)\s*\)""", re.DOTALL)
CSS_IMPORT = re.compile(r"@import\s+['\"](?P<url>[^'\"]*)", re.IGNORECASE)
# Browsers drop these inside addresses.
DROPPED = str.maketrans("", "", "\t\r\n\f")
HARMLESS = ("data:", "mailto:", "tel:")


def check_addresses(
    name: str, page: Page, ids: Mapping[str, Collection[str]], files: Collection[str]
) -> Iterator[Fault]:
    """Yield faults of a page's addresses.

    Parameters
    ----------
    name : str
        File name of the page.
    page : Page
    ids : mapping of str to collection of str
        Ids of every page of the report.
    files : collection of str
        All files of the report by their path from the page.
    """
    for address in [*page.addresses, *_styled(page)]:
        yield from _check(name, address, ids, files)
    for reference in sorted(set(page.references) - set(ids[name])):
        yield _broken(name, reference, "#" + reference)


def _styled(page: Page) -> Iterator[Address]:
    for style in page.styles:
        if "(" in style or "@import" in style:
            for pattern in (CSS_ADDRESS, CSS_IMPORT):
                for hit in pattern.finditer(style):
                    yield Address("style", "url()", hit["url"])


def _check(
    name: str, address: Address, ids: Mapping[str, Collection[str]], files: Collection[str]
) -> Iterator[Fault]:
    value = address.value.translate(DROPPED).strip().replace("\\", "/")
    where = f"<{address.tag} {address.attribute}>"
    if value.lower().startswith("javascript:"):
        yield Fault(name, Kind.SCRIPT, where, _("链接中含脚本：{value}").format(value=value[:80]))
    elif value.startswith("/") or address.tag in {"base", "meta"} or _leads_outside(value):
        # A link that is marked as leading outside is followed by a click only, never fetched.
        if not (address.is_declared_external and SCHEME.match(value)):
            yield _outside(name, where, value)
    elif not value.lower().startswith(HARMLESS) and not _leads_somewhere(name, value, ids, files):
        yield _broken(name, where, value)


def _leads_somewhere(
    name: str, value: str, ids: Mapping[str, Collection[str]], files: Collection[str]
) -> bool:
    """Whether a relative address names a file of the report, and a place in it."""
    target, _hash, fragment = value.partition("#")
    target = unquote(target) or name
    if target in ids:
        return not fragment or unquote(fragment) in ids[target]
    return target in files


def _leads_outside(value: str) -> bool:
    return bool(SCHEME.match(value)) and not value.lower().startswith(HARMLESS)


def _outside(name: str, where: str, value: str) -> Fault:
    return Fault(
        name,
        Kind.OUTSIDE_ADDRESS,
        where,
        _(
            "引用了报告以外的地址 {value}；报告须能离线打开，请改为文字说明或随报告保存的文件。"
        ).format(value=value[:120]),
    )


def _broken(name: str, where: str, value: str) -> Fault:
    return Fault(
        name, Kind.BROKEN_LINK, where, _("链接 {value} 没有对应的内容。").format(value=value[:120])
    )
