"""What a year's list of sections declares to be left out, by which document: never silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from ecoreport.findings.water import section_frames
from ecoreport.findings.wording import unverified
from ecoreport.i18n import _, current_locale
from ecoreport.message import N_
from ecoreport.narrative import joined, sentence
from ecoreport.observe.water_sections import MONTHS_A_YEAR
from ecoreport.report import Report
from ecoreport.standards.tables import single
from ecoreport.standards.water import assessment_rule

Row = Mapping[str, Any]
LEFT_OUT = (
    ("dry", N_("清单注明断流、不参评的断面：{names}")),
    ("stopped", N_("清单注明停测、不参评的断面：{names}")),
)


def declared(report: Report) -> list[Markup]:
    """Say what the list declares to be left out, by which document, and which months lack."""
    frames = section_frames(report)
    rows = frames["water_section_year"].to_dict("records") if frames else []
    own = [{str(name): cell for name, cell in row.items()} for row in rows]
    said = [
        _named(text, [_with_document(row["name"], row["status_document"]) for row in own
                      if row["status"] == status])
        for status, text in LEFT_OUT
    ]  # fmt: skip
    said.append(
        _named(
            N_("按清单扣除本底项目的断面：{names}"),
            [
                _with_document(
                    _("{name}{item}").format(name=row["name"], item=row["background"]),
                    row["background_document"],
                )
                for row in own
                if row["background"]
            ],
        )
    )
    seldom = [str(row["name"]) for row in own if row["months_planned"] < MONTHS_A_YEAR]
    said.append(_named(N_("清单计划采样少于每月一次的断面：{names}"), seldom))
    short = [str(row["name"]) for row in own if row["is_counted"] and not row["is_sufficient"]]
    is_verified = assessment_rule("months_in_year_at_least").verified != "unverified"
    text = N_("有效月份不足、不计入的断面：{names}")
    said.append(unverified(_named(text, short), is_verified=is_verified) if short else Markup(""))
    return [one + _("。") for one in said if one]


def _named(text: str, names: Sequence[str]) -> Markup:
    return sentence(text, names=joined(names)) if names else Markup("")


def _with_document(name: str, document: object) -> str:
    known = document if isinstance(document, str) and document else _("清单没有写依据")
    return _("{name}（{document}）").format(name=name, document=known)


def declared_of(row: Row) -> str:
    """Return what the list declares of one section, in words; empty where nothing."""
    parts = []
    if row["status"] != "normal":
        name = single("water_section_statuses", status=str(row["status"]))[current_locale()]
        parts.append(_with_document(name, row["status_document"]))
    if row["background"]:
        removed = _("扣除本底：{items}").format(items=row["background"])
        parts.append(_with_document(removed, row["background_document"]))
    if row["months_planned"] < MONTHS_A_YEAR:
        parts.append(_("一年{n}次").format(n=int(row["months_planned"])))
    return _("；").join(parts)
