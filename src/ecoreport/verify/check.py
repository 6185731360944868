"""All checks of a report's pages, in one call."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from nbformat import NotebookNode

from ecoreport.errors import VerificationFailedError
from ecoreport.i18n import _
from ecoreport.render.fonts import missing
from ecoreport.verify.addresses import check_addresses
from ecoreport.verify.fault import Fault, Kind
from ecoreport.verify.numbers import Numbered, check_numbers
from ecoreport.verify.outputs import check_outputs
from ecoreport.verify.places import check_files, check_places
from ecoreport.verify.read import Page, read_page
from ecoreport.visible import ACTING

PLACEHOLDER = re.compile(r"(?<![\w-])(?:NaN|nan|NaT|<NA>|-?inf)(?!\w)")
NO_VALUE = re.compile(r"(?<![\w-])None(?!\w)")  # an English word in English reports
OWN_SCRIPTS = 1


def verify_report(
    notebooks: Mapping[str, NotebookNode],
    pages: Mapping[str, str],
    observations: Mapping[str, Numbered],
    budget: int,
    downloads: Mapping[str, bytes] | None = None,
) -> list[Fault]:
    """Hold finished pages against what they were made from.

    Parameters
    ----------
    notebooks : mapping of str to NotebookNode
        Executed notebooks by the file name of their page.
    pages : mapping of str to str
        HTML by file name.
    observations : mapping of str to Numbered
        Observations and facts by id: whatever a sentence may name.
    budget : int
        Largest size of a page in bytes.
    downloads : mapping of str to bytes, optional
        Files beside the pages, e.g. ``data/air.csv``.

    Returns
    -------
    list of Fault
        By page; empty where nothing is wrong.
    """
    read = {name: read_page(html) for name, html in pages.items()}
    ids = {name: set(page.ids) for name, page in read.items()}
    files = downloads or {}
    faults = [*_missing_pages(notebooks, pages), *check_files(files)]
    for name, page in read.items():
        faults += check_addresses(name, page, ids, files)
        faults += check_numbers(name, page, observations)
        faults += check_places(name, page)
        faults += _check_page(name, page)
        size = len(pages[name].encode())
        if size > budget:
            faults.append(_too_large(name, size, budget))
        if name in notebooks:
            faults += check_outputs(name, notebooks[name], pages[name], page)
    return sorted(faults)


def raise_if_any(faults: Collection[Fault]) -> None:
    """Raise with one line for each fault.

    Raises
    ------
    VerificationFailedError
        If there is any.
    """
    if faults:
        colon = _("：")
        lines = [f"  {fault.page} · {fault.where}{colon}{fault.message}" for fault in faults]
        head = _("核验发现 {n} 处问题，报告未更新：").format(n=len(lines))
        raise VerificationFailedError("\n".join([head, *lines]))


def _missing_pages(
    notebooks: Mapping[str, NotebookNode], pages: Mapping[str, str]
) -> Iterator[Fault]:
    for name in sorted(set(notebooks) ^ set(pages)):
        yield Fault(name, Kind.MISSING_PAGE, name, _("页面与笔记本不对应：缺少其一。"))


def _check_page(name: str, page: Page) -> Iterator[Fault]:
    for identifier, count in sorted(Counter(page.ids).items()):
        if count > 1:
            yield Fault(
                name,
                Kind.DUPLICATE_ID,
                f"#{identifier}",
                _("编号出现 {count} 次，链接无法确定所指。").format(count=count),
            )
    for figure in page.figures:
        if not figure.has_text:
            yield Fault(
                name,
                Kind.MISSING_TEXT,
                f"<{figure.tag}> {figure.name}".strip(),
                _('图没有替代文字，请用 show.chart，或 metadata={"image/png": {"alt": "…"}}。'),
            )
    text = "".join(page.texts)
    yield from _check_words(name, text, is_english=page.language.startswith("en"))
    lacking = missing(set(text).union(*page.code))
    for character in sorted(lacking):
        yield Fault(
            name,
            Kind.MISSING_GLYPH,
            f"U+{ord(character):04X}",
            _("字符 {character} 不在随附字体中，请改用其他写法。").format(character=character),
        )
    for character in sorted(set(ACTING.findall(text))):
        message = _("控制字符或改变书写方向的字符会打乱页面，请在单元格中去掉。")
        yield Fault(name, Kind.ACTING, f"U+{ord(character):04X}", message)
    if page.n_scripts > OWN_SCRIPTS or page.handlers:
        yield Fault(
            name,
            Kind.SCRIPT,
            ", ".join(page.handlers) or "<script>",
            _("输出中含脚本，页面不会执行，请改为静态内容。"),
        )


def _check_words(name: str, text: str, *, is_english: bool) -> Iterator[Fault]:
    for pattern in (PLACEHOLDER,) if is_english else (PLACEHOLDER, NO_VALUE):
        for hit in pattern.finditer(text):
            around = " ".join(text[max(0, hit.start() - 20) : hit.end() + 20].split())
            message = _("出现 {word}，应写明缺少什么。").format(word=hit[0])
            yield Fault(name, Kind.PLACEHOLDER, around, message)


def _too_large(name: str, size: int, budget: int) -> Fault:
    return Fault(
        name,
        Kind.TOO_LARGE,
        name,
        _("页面大小 {size} 字节，超出上限 {budget} 字节（params/report.yml）。").format(
            size=size, budget=budget
        ),
    )
