"""Who drew up, checked and released a report (编制, 审核, 签发): kept over its content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AwareDatetime, Field, ValidationError

from ecoreport.config.models import Strict
from ecoreport.current import current_manifest, read_current
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.message import N_
from ecoreport.project import EDITIONS, Project
from ecoreport.render.assemble import Manifest
from ecoreport.store import write_json

APPROVAL = "approval.json"
LONGEST_NAME = 60
ROLES = {
    "compiled_by": N_("编制"),
    "checked_by": N_("审核"),
    "released_by": N_("签发"),
}
"""What each person did, in the order of the head of a page."""


class Approval(Strict):
    """``approval.json``: three names over the content of one version."""

    title: str
    content_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """Of the manifest, which lists every file by its content and holds no times."""
    is_public: bool | None = None
    """Edition of that version; earlier records do not say."""
    compiled_by: str
    checked_by: str
    released_by: str
    approved_at: AwareDatetime


def approve(project: Project, address: str, names: Mapping[str, str], now: dt.datetime) -> Approval:
    """Record who answers for the current version of a report.

    Parameters
    ----------
    address : str
        Folder of the report below ``reports``: ``hailing/2018``.
    names : mapping of str to str
        By the keys of `ROLES`; free text.
    now : datetime
        With its time zone.

    Raises
    ------
    InputError
        If a name is missing or unfit, there is no report, it was changed after it was verified,
        it is a draft or rests on demonstration data.
    """
    written = {role: _name(names.get(role, ""), role) for role in ROLES}
    manifest, _files = read_current(project.root / "reports" / address)
    refuse_unfinished(manifest, _("不能签发"))
    approval = Approval(
        title=manifest.title,
        content_sha256=manifest.digest,
        is_public=manifest.is_public,
        approved_at=now,
        **written,
    )
    write_json(_path(project, address), approval.model_dump(mode="json"))
    return approval


def remarks(approval: Approval) -> list[str]:
    """Return what people should know of an approval at once, one sentence a line."""
    said = []
    if approval.compiled_by == approval.checked_by:
        said.append(
            _(
                "提醒：编制和审核是同一人（{name}）。审核一般由另一人负责；如写错，请重新签发。"
            ).format(name=approval.compiled_by)
        )
    if not approval.is_public:
        said.append(
            _(
                "提醒：签发的是内部版，只供内部使用，不能发布。要发布，请用 "
                "make report EDITION=public 生成公开版，核对后再签发公开版。"
            )
        )
    return said


def approval_of(project: Project, address: str, manifest: Manifest) -> Approval | None:
    """Return who answers for a version; None where nobody does, or its content changed since.

    Raises
    ------
    InputError
        If the record cannot be read.
    """
    path = _path(project, address)
    if not path.exists():
        return None
    approval = _read(project, path)
    return approval if approval.content_sha256 == manifest.digest else None


def voided(project: Project, address: str) -> list[str]:
    """Return what to tell people where a report has an approval that does not hold any more."""
    path = _path(project, address)
    if not path.exists():
        return []
    try:
        approval = _read(project, path)
        now = current_manifest(project.root / "reports" / address)
    except InputError as error:
        return [str(error)]
    if approval.content_sha256 == now.digest:
        return []
    if approval.is_public is None or approval.is_public == now.is_public:
        return [_("内容与签发时不同，签发已失效，请核对后重新执行 make approve。")]
    return [
        _(
            "已签发的是{before}，现在是{now}，签发已失效。用 EDITION={edition} 重新生成，"
            "内容不变则仍然有效。"
        ).format(
            before=edition_name(is_public=approval.is_public),
            now=edition_name(is_public=now.is_public),
            edition=EDITIONS[approval.is_public],
        )
    ]


def edition_name(*, is_public: bool) -> str:
    """Return what an edition is called."""
    return _("公开版") if is_public else _("内部版")


def refuse_unfinished(manifest: Manifest, refusal: str) -> None:
    """Stop what is no finished report of real data.

    Raises
    ------
    InputError
        With every reason.
    """
    reasons = []
    if manifest.is_draft:
        reasons.append(_("报告为草稿，部分数据未通过校验"))
    if manifest.rests_on_demonstration:
        reasons.append(_("报告含演示数据"))
    if not manifest.is_verified:
        reasons.append(_("报告未通过核验，请执行 make verify"))
    if reasons:
        raise InputError(
            _("{refusal}《{title}》：{reasons}。").format(
                refusal=refusal, title=manifest.title, reasons=_("；").join(reasons)
            )
        )


def free_text(text: str, name: str, longest: int) -> str:
    """Return a text given by a person as one line.

    Raises
    ------
    InputError
        If it is longer than `longest`, or holds what cannot be printed: controls, marks that turn
        the direction of writing.
    """
    words = " ".join(text.split())
    if len(words) > longest or not words.isprintable():
        raise InputError(
            _("{name} 应为一行文字，不超过{n}字，不含控制字符；收到的是 {text!r}").format(
                name=name, n=longest, text=words[:40]
            )
        )
    return words


def _name(text: str, role: str) -> str:
    name = role.upper()
    words = free_text(text, name, LONGEST_NAME)
    if not words:
        raise InputError(
            _("请用 {name} 写明{role}人，例如 {name}=张三").format(name=name, role=_(ROLES[role]))
        )
    return words


def _path(project: Project, address: str) -> Path:
    return project.issued / address / APPROVAL


def _read(project: Project, path: Path) -> Approval:
    try:
        return Approval.model_validate_json(path.read_bytes())
    except (ValueError, ValidationError) as error:
        raise InputError(
            _("签发记录 {file} 已损坏，请重新执行 make approve。").format(
                file=project.relative(path)
            )
        ) from error
