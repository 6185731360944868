"""Excel templates that departments fill in and that read back without editing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ecoreport import store
from ecoreport.config.catalogue import Catalogue
from ecoreport.config.layouts import Column, Dataset
from ecoreport.config.models import Commitment, Indicator
from ecoreport.config.offices import in_office
from ecoreport.config.rectification import problem_spellings
from ecoreport.config.rectification_states import required_text
from ecoreport.config.vocabulary import Maturity, Secrecy
from ecoreport.i18n import _
from ecoreport.ingest.gather import read_raw
from ecoreport.ingest.sheets import EXAMPLE_MARK
from ecoreport.project import Pair, Project

OPTIONS_SHEET: Final = "选项"
GUIDE_SHEET: Final = "填表说明"
"""Names that every dataset lists under ``ignored_sheets``."""
UNIT_COLUMN: Final = "unit"
"""Where a table of indicators has the unit of each figure."""
AREA_COLUMN: Final = "area"
"""Empty for the district itself: an example row is one of its own."""
SECTION_COLUMN: Final = "section"
"""Where tables name a section of the year's list."""
ROWS_WITH_CHOICES: Final = 10_000
HEADER_FILL: Final = PatternFill("solid", fgColor="E3EFEA")
EXAMPLE_FONT: Final = Font(color="7F7F7F", italic=True)
WIDTHS: Final[Mapping[str, int]] = {
    "indicator": 36,
    "problem": 44,
    "text": 22,
    "file": 28,
    "department": 18,
}
DEFAULT_WIDTH: Final = 14
SECTION_LIST: Final = "water_sections"
"""The year's list, whose sections other tables of water speak of."""


def write_templates(
    project: Project, pair: Pair, catalogue: Catalogue, folder: Path | None = None
) -> list[Path]:
    """Write one workbook a dataset; a ledger of problems only where a plan has problems.

    Each has a header with units, an example row that reading passes over, drop-down lists of
    stations, indicators, departments and choices, and a sheet that explains the columns. Rows of
    indicators are written in advance: indicator, period, unit and department responsible.

    Parameters
    ----------
    project : Project
    pair : Pair
    catalogue : Catalogue
    folder : pathlib.Path, optional
        By default the folder of raw data; a template that nobody filled in counts as no file.

    Returns
    -------
    list of pathlib.Path
        The files written. One that stands there already may be filled in and is left alone.
    """
    paths = []
    sections = _sections(project, pair, catalogue)
    for dataset in catalogue.datasets.values():
        if dataset.has_own_template or dataset.secrecy is Secrecy.FORBIDDEN:
            continue
        template = _Template(dataset, pair, catalogue, sections)
        path = (folder or project.raw(pair)) / dataset.template_name(pair.year)
        if template.has_subject and not path.exists():
            store.write_aside(path, template.workbook().save)
            paths.append(path)
    return paths


def _sections(project: Project, pair: Pair, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the sections of the year's list that was sent: by name, or by code without one."""
    listed = read_raw(project, pair, catalogue, SECTION_LIST)
    if listed is None:
        return ()
    is_known = listed["name"].notna() & ~listed["name"].duplicated(keep=False)
    known = listed["name"].where(is_known, listed["section"])
    return tuple(known.dropna().drop_duplicates())


@dataclass(frozen=True)
class _Template:
    dataset: Dataset
    pair: Pair
    catalogue: Catalogue
    sections: tuple[str, ...] = ()
    """Of the year's list."""

    def workbook(self) -> Workbook:
        book = Workbook()
        sheet: Worksheet = book.active
        sheet.title = self.dataset.zh
        self._fill(sheet)
        self._guide(book.create_sheet(GUIDE_SHEET))
        self._options(book.create_sheet(OPTIONS_SHEET), sheet)
        book[OPTIONS_SHEET].sheet_state = "hidden"
        return book

    def _fill(self, sheet: Worksheet) -> None:
        sheet.append([_label(column) for column in self.dataset.columns])
        sheet.append([self._example(column) for column in self.dataset.columns])
        sheet.cell(2, 1).value = f"{EXAMPLE_MARK} {sheet.cell(2, 1).value}"
        for row in self._rows():
            sheet.append([row.get(column.name) for column in self.dataset.columns])
        for number, column in enumerate(self.dataset.columns, start=1):
            head = sheet.cell(1, number)
            head.font, head.fill = Font(bold=True), HEADER_FILL
            head.alignment = Alignment(wrap_text=True, vertical="center")
            sheet.cell(2, number).font = EXAMPLE_FONT
            letter = get_column_letter(number)
            sheet.column_dimensions[letter].width = WIDTHS.get(column.type, DEFAULT_WIDTH)
        sheet.freeze_panes = "A3"

    def _rows(self) -> Iterator[dict[str, Any]]:
        """Yield the rows written in advance: one a problem, or one an indicator and period."""
        for problem in self._problems():
            yield {"problem": problem}
        if not any(column.type == "indicator" for column in self.dataset.columns):
            return
        year = self.pair.year
        months = [f"{year}-{month:02d}" for month in range(1, 13)]
        below = {one.id: one.name_zh for one in self.catalogue.areas_of(self.pair.district)}
        for (indicator_id, scope), commitment in self._commitments().items():
            indicator = self.catalogue.indicators[indicator_id]
            for period in months if self.dataset.reporting == "monthly" else [str(year)]:
                yield {
                    "indicator": indicator.zh,
                    "period": period,
                    "unit": indicator.unit,
                    "department": self._department(commitment),
                    "area": below.get(scope),
                }

    @property
    def has_subject(self) -> bool:
        """Whether the district has what the rows are about: a ledger is one of problems."""
        return bool(self._problems()) or not self._is_ledger

    @property
    def _is_ledger(self) -> bool:
        return any(column.type == "problem" for column in self.dataset.columns)

    def _problems(self) -> list[str]:
        """Return what the district's own plans put right; nothing for a dataset without them."""
        plans = self.catalogue.plans_of(self.pair.district) if self._is_ledger else ()
        return [problem_spellings(plan.id, one)[0] for plan in plans for one in plan.problems]

    def _commitments(self) -> dict[tuple[str, str], Commitment]:
        """Return the indicators and areas that the district owes here, in the plan's order."""
        bound = self.catalogue.commitments_for(self.pair.district)
        indicators = self.catalogue.indicators
        return {
            (one.indicator, one.scope): one
            for one in reversed(bound)
            if one.indicator and indicators[one.indicator].dataset == self.dataset.id
        }

    def _department(self, commitment: Commitment) -> str:
        departments, first = self.catalogue.departments, next(iter(commitment.responsible), "")
        if first not in departments:
            return ""
        return in_office(departments, first, self.pair.year).zh

    def _choices(self, column: Column) -> list[str]:
        """Return what a drop-down of the column offers; nothing where anything may stand."""
        offered: dict[str, Callable[[], list[str]]] = {
            "station": self._stations,
            "indicator": self._indicators,
            "area": lambda: [one.name_zh for one in self.catalogue.areas_of(self.pair.district)],
            "problem": self._problems,
            "department": self._departments,
        }
        if (column.type, column.name) == ("section", SECTION_COLUMN):
            return list(self.sections)
        if column.type == "choice":
            invented = Maturity.DEMONSTRATION.value
            return [forms[0] for word, forms in column.choices.items() if word != invented]
        return offered.get(column.type, list)()

    def _stations(self) -> list[str]:
        return [one.name_zh for one in self.catalogue.districts[self.pair.district].stations]

    def _indicators(self) -> list[str]:
        asked = dict.fromkeys(indicator for indicator, _scope in self._commitments())
        return [self.catalogue.indicators[one].zh for one in asked]

    def _departments(self) -> list[str]:
        lineage = {one.id for one in self.catalogue.lineage(self.pair.district)}
        departments, year = self.catalogue.departments, self.pair.year
        return [
            one.zh
            for one in departments.values()
            if one.district in lineage
            and in_office(departments, one.id, year) is one
            and (one.first_year or year) <= year
        ]

    def _options(self, options: Worksheet, sheet: Worksheet) -> None:
        for number, column in enumerate(self.dataset.columns, start=1):
            choices = self._choices(column)
            for row, choice in enumerate(choices, start=1):
                options.cell(row, number).value = choice
            if not choices:
                continue
            letter = get_column_letter(number)
            validation = DataValidation(
                type="list",
                formula1=f"{OPTIONS_SHEET}!${letter}$1:${letter}${len(choices)}",
                allow_blank=True,
                errorStyle="warning",
                showErrorMessage=True,
                error=_("不在下拉列表中，请核对"),
            )
            validation.add(f"{letter}3:{letter}{ROWS_WITH_CHOICES}")
            sheet.add_data_validation(validation)

    def _example(self, column: Column) -> str:
        """Return what the example row holds: the column's own, else the first that it offers."""
        year = self.pair.year
        if column.name == AREA_COLUMN:
            return ""
        if column.example:
            return column.example.format(year=year)
        if column.type == "indicator" or column.name == UNIT_COLUMN:
            indicator = self._example_indicator()
            return getattr(indicator, "unit" if column.name == UNIT_COLUMN else "zh", "")
        common = {
            "document": _("关于报送数据的函"),
            "document_number": _("示例〔{year}〕1号").format(year=year),
            "filled_by": _("张三"),
            "checked_by": _("李四"),
        }
        fixed = {
            "date": f"{year}-01-03",
            "hour": "1",
            "month": f"{year}-01",
            "period": f"{year}-01" if self.dataset.reporting == "monthly" else f"{year}",
            "file": _("证明材料/说明.pdf"),
        }
        choices = self._choices(column)
        return choices[0] if choices else common.get(column.name, fixed.get(column.type, ""))

    def _example_indicator(self) -> Indicator | None:
        """Return the first indicator asked for of which the example's figure can well be one."""
        figures = [one.example for one in self.dataset.columns if one.type == "quantity"]
        asked = list(dict.fromkeys(indicator for indicator, _scope in self._commitments()))
        fitting = [name for name in asked if all(self._can_be(name, one) for one in figures)]
        return next((self.catalogue.indicators[one] for one in [*fitting, *asked]), None)

    def _can_be(self, indicator: str, figure: str) -> bool:
        known = self.catalogue.plausible.get(indicator)
        limits = (known.usual or known.possible) if known else None
        return limits is not None and limits[0] <= float(figure) <= limits[1]

    def _guide(self, guide: Worksheet) -> None:
        guide.append([_("列名"), _("是否必填"), _("单位"), _("填写要求")])
        for column in self.dataset.columns:
            need = _("必填") if column.is_required else _("选填")
            guide.append([column.zh, need, column.unit, self._requirement(column)])
        guide.append([])
        for line in self._remarks():
            guide.append([line])
        for letter, width in zip("ABCD", (22, 10, 12, 80), strict=True):
            guide.column_dimensions[letter].width = width
        for cell in guide[1]:
            cell.font, cell.fill = Font(bold=True), HEADER_FILL

    def _requirement(self, column: Column) -> str:
        year = self.pair.year
        forms = {
            "text": _("文字"),
            "number": _("数值，不写单位"),
            "quantity": _("数值；单位写在“单位”列"),
            "date": _("日期，如 {year}-01-03").format(year=year),
            "hour": _("1 至 24，表示到该时结束的一小时"),
            "year": _("年份，如 {year}").format(year=year),
            "period": _("{year}、{year}-Q1 或 {year}-03").format(year=year),
            "month": _("月份，如 {year}-03，也可写采样日期").format(year=year),
            "station": _("站点名称或编码"),
            "section": _("断面编码，或与断面清单相同的断面名称"),
            "indicator": _("指标名称，从下拉列表选择"),
            "problem": _("整改问题的编号，从下拉列表选择；一项问题每到一个状态写一行"),
            "department": _("单位名称，从下拉列表选择"),
            "area": _("本区域的数留空；所辖县（市、区）的数写它的名称"),
            "choice": _("从下拉列表选择"),
            "file": _("证明材料的文件名，放在本年度文件夹内"),
        }
        choices = self._choices(column) if column.type == "choice" else []
        form = _("：").join(filter(None, [forms[column.type], _("、").join(choices)]))
        return _("；").join(filter(None, [form, column.explain]))

    def _remarks(self) -> Iterator[str]:
        yield _("“示例”行不读入，可以保留。没有数据的单元格留空，不要填 0。")
        marks = _("、").join(one for one in self.dataset.missing_marks if one)
        yield _("表示缺失的写法：{marks}").format(marks=marks)
        yield _("低于检出限写作 <检出限，如 <0.01。")
        if self.dataset.flags:
            flags = _("；").join(
                f"{name} {one.meaning_zh}" for name, one in self.dataset.flags.items()
            )
            yield _("仪器标记写在数值旁，如 45H。{flags}").format(flags=flags)
        if self._is_ledger:
            yield _("每到一个状态新写一行，以前的行保留；同一项问题可以有几行。")
            for style in self.catalogue.rectification_states.values():
                if style.requires:
                    needs = _("；").join(required_text(self.dataset, style.requires))
                    yield _("“{state}”要有：{needs}").format(state=style.zh, needs=needs)


def _label(column: Column) -> str:
    return f"{column.zh}({column.unit})" if column.unit else column.zh
