"""What reading the files could not settle, as checks and findings beside those of the suites."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ecoreport.config.vocabulary import Severity
from ecoreport.ingest.gather import Ingested
from ecoreport.message import N_, message
from ecoreport.validate.finding import Check, Finding

Problem = dict[str, Any]

DESCRIPTIONS = {
    Severity.STOP: N_("文件能打开，表头完整，每一行都有可识别的关键列"),
    Severity.WARNING: N_("表头、工作表和单元格都能识别"),
}
ADVICE = {
    Severity.STOP: N_("请按说明改正后重新报送；未读入的行不参加评价"),
    Severity.WARNING: N_("请核对；不能识别的内容不参加评价"),
}


def reading_checks(ingested: Ingested) -> tuple[list[Check], list[Finding]]:
    """Return one check a dataset and severity, and a finding for each problem.

    Problems of files that belong to no dataset stand under the dataset ``""``.
    """
    problems = [
        {str(name): cell for name, cell in one.items()}
        for one in ingested.problems.to_dict("records")
    ]
    datasets = [*ingested.frames, *([""] if any(not one["dataset"] for one in problems) else [])]
    checks, findings = [], []
    for dataset in datasets:
        for severity in Severity:
            own = [
                one
                for one in problems
                if one["dataset"] == dataset and one["severity"] == severity.value
            ]
            if dataset or own:
                checks.append(_check(ingested, dataset, severity, own))
                findings += [_finding(severity, one) for one in own]
    refused = {one["dataset"] for one in problems if one["severity"] == Severity.STOP.value}
    for dataset in (one for one, frame in ingested.frames.items() if frame.empty):
        if dataset in refused:
            continue
        check, finding = _empty(dataset)
        checks.append(check)
        findings.append(finding)
    return checks, findings


def _check(
    ingested: Ingested, dataset: str, severity: Severity, problems: Sequence[Problem]
) -> Check:
    n_faults = sum(int(one["rows"]) for one in problems)
    n_rows = len(ingested.frames.get(dataset, ()))
    return Check(
        dataset=dataset,
        key=_key(severity),
        severity=severity,
        description=message(DESCRIPTIONS[severity]),
        advice=message(ADVICE[severity]),
        is_passed=not problems,
        observed=message(N_("读入 {rows} 行，{faults} 处有问题"), rows=n_rows, faults=n_faults),
        n_faults=n_faults,
    )


def _finding(severity: Severity, problem: Problem) -> Finding:
    said = str(problem["message"])
    # A sentence already made: it may hold anything, braces too.
    reason = message(N_("{said}"), said=said)
    if (rows := int(problem["rows"])) > 1:
        reason = message(N_("{said}（共 {rows} 处，这是第一处）"), said=said, rows=rows)
    return Finding(
        dataset=str(problem["dataset"]),
        severity=severity,
        expectation=_key(severity),
        column=str(problem["column"]),
        file=str(problem["file"]),
        sheet=str(problem["sheet"]),
        row=int(problem["row"]) or None,
        value=str(problem["value"]),
        reason=reason,
    )


def _empty(dataset: str) -> tuple[Check, Finding]:
    key, severity = "has_rows", Severity.STOP
    check = Check(
        dataset=dataset,
        key=key,
        severity=severity,
        description=message(N_("表中有数据")),
        advice=message(N_("请补填数据后重新报送；没有数据时请不要放入空表")),
        is_passed=False,
        observed=message(N_("没有一行数据")),
        n_faults=1,
    )
    reason = message(N_("没有读到一行数据"))
    return check, Finding(dataset=dataset, severity=severity, expectation=key, reason=reason)


def _key(severity: Severity) -> str:
    return f"reading_{severity}"
