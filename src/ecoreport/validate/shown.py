"""A validation as readers see it: by dataset, what failed first, a few rows at fault of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.layouts import Column, Dataset
from ecoreport.config.models import Indicator
from ecoreport.config.rectification_states import StateStyle
from ecoreport.config.vocabulary import Secrecy, Severity
from ecoreport.i18n import _, current_locale
from ecoreport.message import N_, Message
from ecoreport.validate.finding import Check, Finding, Validation

MOST_SHOWN: Final = 20
"""Rows at fault shown of one check; all are counted."""
STATES: Final = {"stop": N_("停止"), "warning": N_("提醒"), "passed": N_("通过")}
ORDER: Final = tuple(STATES)


@dataclass(frozen=True)
class ShownFinding:
    """A row at fault: where it stands, what stood there, what is wrong."""

    place: str
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class ShownCheck:
    """An expectation in words, with the first rows at fault."""

    state: str
    """``stop``, ``warning`` or ``passed``."""
    description: str
    observed: str
    advice: str
    n_faults: int
    findings: tuple[ShownFinding, ...]

    @property
    def label(self) -> str:
        """The state in the reader's language."""
        return _(STATES[self.state])

    @property
    def n_more(self) -> int:
        """Faults that are counted but not shown."""
        return self.n_faults - len(self.findings)


@dataclass(frozen=True)
class ShownDataset:
    """The checks of one dataset, worst first."""

    id: str
    name: str
    checks: tuple[ShownCheck, ...]

    @property
    def failed(self) -> tuple[ShownCheck, ...]:
        """Checks that stop or warn."""
        return tuple(one for one in self.checks if one.state != "passed")

    @property
    def passed(self) -> tuple[ShownCheck, ...]:
        """Checks that passed."""
        return tuple(one for one in self.checks if one.state == "passed")

    @property
    def state(self) -> str:
        """The worst state of its checks."""
        return self.checks[0].state

    @property
    def label(self) -> str:
        """That state in the reader's language."""
        return _(STATES[self.state])


def shown(
    validation: Validation, catalogue: Catalogue, most: int = MOST_SHOWN
) -> list[ShownDataset]:
    """Return the datasets of a validation in the order in which they were checked.

    Parameters
    ----------
    validation : Validation
    catalogue : Catalogue
    most : int
        Rows at fault shown of one check.
    """
    names = dict.fromkeys(check.dataset for check in validation.checks)
    found = validation.by_check
    known = named(catalogue)
    return [
        ShownDataset(
            name,
            _dataset_name(catalogue, name),
            _worst_first(
                _check(check, found.get((name, check.key), ())[:most], catalogue, known)
                for check in validation.checks
                if check.dataset == name
            ),
        )
        for name in names
    ]


def place_of(finding: Finding) -> str:
    """Return file, sheet and row of a finding in one line; empty for a whole table."""
    parts = [finding.file.rpartition("/")[2]]
    # The one sheet of a CSV bears the file's own name.
    if finding.sheet and finding.sheet != parts[0].rpartition(".")[0]:
        parts.append(finding.sheet)
    if finding.row is not None:
        parts.append(_("第 {row} 行").format(row=finding.row))
    return " · ".join(filter(None, parts))


def column_name(catalogue: Catalogue, dataset: str, column: str) -> str:
    """Return a column's header in the reader's language, or what the table itself calls it."""
    known = catalogue.datasets.get(dataset)
    columns = known.columns if known else ()
    return next((_name(one) for one in columns if one.name == column), column)


def named(catalogue: Catalogue) -> dict[str, str]:
    """Return what findings name, in the reader's language, by its Chinese name."""
    models: list[Indicator | Column | StateStyle] = [
        *catalogue.indicators.values(),
        *(column for dataset in catalogue.datasets.values() for column in dataset.columns),
    ]
    stations = [one for district in catalogue.districts.values() for one in district.stations]
    commitments = [one for plan in catalogue.plans.values() for one in plan.commitments]
    language = current_locale()
    titles = {one.title_zh: str(getattr(one, f"title_{language}")) for one in commitments}
    models += catalogue.rectification_states.values()
    names = {one.zh: str(getattr(one, language)) for one in models}
    return (
        titles
        | names
        | {
            f"{one.name_zh} {one.code}": f"{getattr(one, f'name_{language}')} {one.code}"
            for one in stations
        }
    )


def told(said: Message, known: Mapping[str, str]) -> str:
    """Return a finding's sentence with what it speaks of as it is `named`."""
    values = {
        name: known.get(value, value) if isinstance(value, str) else value
        for name, value in said.values.items()
    }
    return str(said.model_copy(update={"values": values}))


def _check(
    check: Check, findings: Iterable[Finding], catalogue: Catalogue, known: Mapping[str, str]
) -> ShownCheck:
    return ShownCheck(
        state="passed" if check.is_passed else check.severity.value,
        description=told(check.description, known),
        observed=str(check.observed),
        advice=str(check.advice),
        n_faults=check.n_faults,
        findings=tuple(
            ShownFinding(
                place=place_of(one),
                column=column_name(catalogue, one.dataset, one.column),
                value=one.value,
                reason=told(one.reason, known),
            )
            for one in findings
        ),
    )


def _worst_first(checks: Iterable[ShownCheck]) -> tuple[ShownCheck, ...]:
    return tuple(sorted(checks, key=lambda one: ORDER.index(one.state)))


def _dataset_name(catalogue: Catalogue, name: str) -> str:
    return _name(catalogue.datasets[name]) if name in catalogue.datasets else _("其他文件")


def _name(model: Dataset | Column) -> str:
    return str(getattr(model, current_locale()))


def counts(validation: Validation) -> dict[Severity, int]:
    """Return how many rows or tables are at fault, by severity."""
    return {
        severity: sum(one.n_faults for one in validation.checks if one.severity is severity)
        for severity in Severity
    }


def counted_warnings(validation: Validation, catalogue: Catalogue) -> int:
    """Return how many warnings there are to look at, as reports count them.

    What has one cause counts once (`Validation.n_places`); of an internal dataset each check does.
    """
    measured = {one.id for one in catalogue.datasets.values() if one.origin == "monitored"}
    internal = catalogue.datasets_that_are(Secrecy.INTERNAL)
    return validation.without_rows(internal).n_places(measured)


def warnings_text(validation: Validation, catalogue: Catalogue) -> str:
    """Say how many warnings there are, and how many rows or tables they are of."""
    return _("提醒 {warnings} 条，涉及 {places} 处").format(
        warnings=counted_warnings(validation, catalogue),
        places=counts(validation)[Severity.WARNING],
    )
