"""What the words of a command ask for: which reports, of which edition, told how fully."""

from __future__ import annotations

import re
from argparse import Namespace
from dataclasses import replace

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.load import load_reviews
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.produce import Wish, report_folder
from ecoreport.progress import NORMAL, QUIET, VERBOSE, Progress, say_why
from ecoreport.project import EDITIONS, PUBLIC, Pair, Project
from ecoreport.run import choose_engine

YEARS = re.compile(r"(20\d\d)(?:\s*[-–]\s*(20\d\d))?")


def asked(options: Namespace) -> tuple[Project, Wish, Progress]:
    """Return the project, the report wished for and the progress of a command on what stands.

    Unless an edition was asked for it is the one that stands: what was approved in one is not
    made again in the other.

    Raises
    ------
    InputError
        If it cannot be told which report is meant.
    """
    from ecoreport.current import standing  # noqa: PLC0415 - what makes pages takes long to load

    project, progress = Project.here(), progress_of(options)
    wish = wish_of(project, options, pair_of(project, options))
    known = standing(report_folder(project, wish))
    if known and known.is_public and not options.is_edition_given:
        progress.say(_("现有报告为公开版，按公开版处理。"))
        wish = replace(wish, is_public=True)
    return project, wish, progress


def refuse_other_edition(project: Project, wish: Wish) -> None:
    """Stop where the edition asked for is not the one that stands.

    Raises
    ------
    InputError
    """
    from ecoreport.approve import edition_name  # noqa: PLC0415
    from ecoreport.current import standing  # noqa: PLC0415

    known = standing(report_folder(project, wish))
    if known and known.is_public != wish.is_public:
        raise InputError(
            _(
                "现有报告《{title}》为{standing}，不是{asked}。"
                "请先用 make report EDITION={edition} 重新生成。"
            ).format(
                title=known.title,
                standing=edition_name(is_public=known.is_public),
                asked=edition_name(is_public=wish.is_public),
                edition=EDITIONS[wish.is_public],
            )
        )


def voided_approval(project: Project, wish: Wish) -> list[str]:
    """Return what to tell people where a report's approval does not hold any more."""
    from ecoreport.approve import voided  # noqa: PLC0415

    return voided(project, project.address(wish.pair, wish.locale, wish.as_of))


def pair_of(project: Project, options: Namespace) -> Pair:
    """Return the district and year that were named.

    Raises
    ------
    InputError
        If one is missing or unknown.
    """
    district = needed(options.district, "DISTRICT", "hailing")
    return project.pair(district, needed(options.year, "YEAR", "2018"))


def needed(value: str, name: str, example: str) -> str:
    """Return what was given under a name.

    Raises
    ------
    InputError
        If that is nothing; it shows an `example`.
    """
    if not value:
        raise InputError(
            _("请给出 {name}，例如 {name}={example}").format(name=name, example=example)
        )
    return value


def wish_of(project: Project, options: Namespace, pair: Pair) -> Wish:
    """Return the wish for a report of `pair`.

    Raises
    ------
    InputError
        If the last day, the edition or the engine is none.
    """
    from ecoreport.observe.period import parse_as_of  # noqa: PLC0415

    return Wish(
        pair=pair,
        as_of=parse_as_of(options.as_of, pair, load_reviews(project) if options.as_of else ()),
        locale=options.locale,
        is_draft=options.draft,
        is_public=is_public(options.edition),
        engine=choose_engine(options.engine),
        given=options.given,
        validator=options.validator,
    )


def is_public(edition: str) -> bool:
    """Whether an edition is the one that reads no internal dataset.

    Raises
    ------
    InputError
        If there is no such edition.
    """
    if edition not in EDITIONS:
        raise InputError(
            _("EDITION 应为 {known} 之一；收到的是 {name!r}").format(
                known=_("、").join(EDITIONS), name=edition[:40]
            )
        )
    return edition == PUBLIC


def progress_of(options: Namespace) -> Progress:
    """Return what tells people how far a command has come, as much as they want to hear."""
    progress = Progress(QUIET if options.quiet else VERBOSE if options.verbose else NORMAL)
    if options.why:
        say_why(progress)
    return progress


def districts_of(text: str, catalogue: Catalogue) -> list[str]:
    """Return the districts that were named, or all that have plans of their own.

    Raises
    ------
    InputError
        If none was named.
    """
    if text == "all":
        return [one.id for one in catalogue.districts.values() if one.plans]
    names = [name for name in re.split(r"[\s,，、]+", text) if name]
    if not names:
        raise InputError(_("请用 DISTRICTS 给出区域，或 DISTRICTS=all"))
    return names


def paths_of(options: Namespace) -> list[str]:
    """Return the files, folders and patterns to import: one a line, or between semicolons.

    Raises
    ------
    InputError
        If there is none.
    """
    paths = [one for one in re.split(r"[\n;]", getattr(options, "from")) if one.strip()]
    if not paths:
        raise InputError(_("请用 FROM 指明要导入的文件、文件夹或通配符。"))
    return paths


def years_of(text: str) -> list[int]:
    """Return the years that were named: ``2016-2018, 2020``.

    Raises
    ------
    InputError
        If a part is neither a year nor a range from early to late.
    """
    years: list[int] = []
    for part in re.split(r"[\s,，、]+", text.strip()):
        found = YEARS.fullmatch(part)
        if not found:
            raise InputError(
                _("YEARS 应为年份或区间，如 2016-2018；收到的是 {text!r}").format(text=text[:60])
            )
        first, last = int(found[1]), int(found[2] or found[1])
        if first > last:
            raise InputError(
                _("YEARS 的区间应从早到晚，如 {last}-{first}；收到的是 {text!r}").format(
                    first=first, last=last, text=text[:60]
                )
            )
        years += range(first, last + 1)
    return list(dict.fromkeys(years))
