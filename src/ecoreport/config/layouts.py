"""``params/datasets/*.yml``: what the raw table of each dataset may look like."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ecoreport.config.models import Strict
from ecoreport.config.vocabulary import Maturity, Secrecy
from ecoreport.i18n import _


class Flag(Strict):
    """A letter that an instrument or a person sets beside a value."""

    meaning_zh: str
    meaning_en: str
    is_valid: bool
    """Whether a value with this flag counts."""


class Column(Strict):
    """A column of a raw table under its canonical name."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    zh: str
    """Header that templates carry."""
    en: str
    type: Literal[
        "text",
        "number",
        "quantity",
        "date",
        "hour",
        "year",
        "period",
        "month",
        "station",
        "section",
        "indicator",
        "commitment",
        "problem",
        "department",
        "area",
        "choice",
        "file",
    ]
    """``quantity`` is a number whose unit stands in another cell of its row."""
    unit: str = ""
    """Canonical unit; other units in a header are converted or refused."""
    aliases: tuple[str, ...] = ()
    endings: tuple[str, ...] | None = None
    """Instead of the dataset's endings, where one of them would change what the header means."""
    is_required: bool = False
    """Whether a table without this column is refused."""
    is_prefilled: bool = False
    """Whether templates fill it in: alone it says nothing about what its row names."""
    is_from_sheet_name: bool = False
    """Whether the sheet's name gives it where the column is absent."""
    choices: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Canonical words (of a number: its digits) and the forms in which people write them."""
    detection_limit: Decimal | None = None
    """Limit meant by a mark such as 未检出 that names none, in `unit`."""
    example: str = ""
    """What the example row of the template holds, with ``{year}``; of a number without one nothing.
    An example within what the dataset's suite lets pass: tests read it back."""
    explain: str = ""
    """What the template's sheet of explanations says beside the column's form, in Chinese."""
    minus_one: Literal["missing", "value"] = "missing"
    zero: Literal["missing", "value"] = "value"


class Dataset(Strict):
    """``params/datasets/<id>.yml``: what a raw table may look like."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    zh: str
    en: str
    secrecy: Secrecy = Secrecy.PUBLIC
    department: str
    """Who sends it."""
    origin: Literal["monitored", "reported"] = "monitored"
    """Whose values they are. Monitored ones only the station invalidates, by flag; what departments
    report, their letter (更正函) corrects. A layout that does not say it is corrected by nobody."""
    file_patterns: tuple[str, ...]
    """Shell patterns on the file's name; the first dataset that matches takes the file."""
    excluded_file_patterns: tuple[str, ...] = ()
    """Names that match, and are another dataset's all the same: 小时值 of noise are not of air."""
    sheet_patterns: tuple[str, ...] = ("*",)
    ignored_sheets: tuple[str, ...] = ()
    stands_in_for: str = ""
    """Dataset whose figures are computed from this one where it was not sent.

    The two are a family: real data of one leave the demonstration data of the other unused, and
    none takes the place of the other where that was sent and is at fault.
    """
    beside: tuple[str, ...] = ()
    """Datasets that tell of the same things: this one is another source of them, and a family."""
    has_own_template: bool = False
    """Whether a module of its own writes its workbook, and not the one that serves all others."""
    reporting: Literal["yearly", "monthly"] = "yearly"
    """How often an indicator is reported: the periods that templates write in advance."""
    key: tuple[str, ...]
    """Columns that name a row: a second row with the same key is a duplicate."""
    columns: tuple[Column, ...]
    missing_marks: tuple[str, ...] = ("", "-", "—", "——", "/", "\\", "无", "缺测", "NA", "N/A")
    not_detected_marks: tuple[str, ...] = ("未检出", "ND", "nd", "N.D.", "<DL")
    below_detection_limit: Literal["half", "missing"] = "half"
    """What a value below the detection limit enters statistics as."""
    below_detection_limit_source: str = ""
    """Standard and clause of `below_detection_limit`."""
    flags: dict[str, Flag] = Field(default_factory=dict)
    endings: tuple[str, ...] = ()
    """Words that may follow a header or stand in its brackets without changing what it means."""
    ignored_columns: tuple[str, ...] = ()
    """Headers, as shell patterns, that tables carry and nobody needs."""
    end_marks: tuple[str, ...] = (
        "合计",
        "总计",
        "平均",
        "均值",
        "注",
        "备注",
        "填表",
        "审核",
        "说明",
    )
    """Beginnings of the first cell of trailing notes and totals."""
    maturity: Maturity = Maturity.PROVISIONAL
    """Maturity where neither the file nor the year's settings say it."""

    def template_name(self, period: object) -> str:
        """Return the name of the workbook in which a year, or a month, is sent."""
        return f"{self.zh}_{period}.xlsx"

    @model_validator(mode="after")
    def _tells_no_rows(self) -> Self:
        if self.secrecy is not Secrecy.PUBLIC and self.origin == "reported":
            raise ValueError(_("更正的内容逐格列入报告，非公开的数据集不能更正：请去掉 origin"))
        return self
