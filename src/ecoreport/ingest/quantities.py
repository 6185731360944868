"""Numbers as instruments and people write them, with flags, limits and units beside them."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from ecoreport.config.layouts import Column, Dataset
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.ingest.cells import BLANK, Cell, Reading, is_blank, unreadable
from ecoreport.ingest.units import Units
from ecoreport.ingest.words import compact, normalise

NUMBER = r"[+-]?(?:\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?"
NOT_DETECTED = "未检出"
BELOW = re.compile(
    rf"(?:<|小于|低于)\s*(?P<number>{NUMBER})(?P<unit>.*)|(?P<limit>{NUMBER})\s*\(?L\)?"
)
UNCERTAIN = re.compile(rf"(?P<number>{NUMBER})\s*(?:±|\+/-)\s*{NUMBER}")
WITH_UNIT = re.compile(rf"(?P<number>{NUMBER})\s*(?P<unit>\D.*)?")
PERCENT = "%"
PURE_NUMBER = "1"


@dataclass(frozen=True)
class NumberReader:
    """Reads the numbers of one column (or of one row's unit) exactly.

    Parameters
    ----------
    dataset : Dataset
        Its missing marks, marks of not detected, flags and the rule below the detection limit.
    column : Column
        What 0 and -1 mean, the detection limit, words that stand for numbers.
    units : Units
    wanted : str
        Canonical unit; empty where the number has none.
    stated : str
        Unit that the header or the row states; empty where it states none.
    hides_percent : bool
        True for a file whose percent formats cannot be seen (.xls): there 0.512 may be 51.2 %.
    """

    dataset: Dataset
    column: Column
    units: Units
    wanted: str
    stated: str = ""
    hides_percent: bool = False

    def read(self, cell: Cell) -> Reading:
        """Read one cell. Never raises: what it cannot read is said to be unreadable."""
        if is_blank(cell):
            return BLANK
        if isinstance(cell, bool | dt.date | dt.time | dt.timedelta):
            return unreadable(_("应为数值，实际是日期、时间或是否。请在 Excel 中改为数值"))
        if isinstance(cell, int | float):
            return self._plain(cell)
        return self._mark(compact(cell or "")) or self._written(normalise(cell or ""))

    def _mark(self, said: str) -> Reading | None:
        """Read a text that stands for a number or for none."""
        if said in self._words:
            number = self._words[said]
            return Reading(float(number), _("文字按数值 {number} 读").format(number=number))
        if said in self._missing:
            return Reading(None, _("缺失标记"), is_valid=False)
        if said in self._not_detected:
            return self._not_detected_reading()
        return None

    def _plain(self, cell: float) -> Reading:
        if not math.isfinite(cell):
            return unreadable(_("不是有限的数"))
        is_percent = self.units.find(self.wanted) == self.units.find(PERCENT)
        if self.hides_percent and is_percent and 0 < abs(cell) <= 1:
            return unreadable(
                _("xls 文件看不出单元格是否为百分比格式，0.512 可能是 51.2%。请另存为 xlsx")
            )
        return self._settle(Decimal(repr(cell)), "")

    def _written(self, text: str) -> Reading:
        """Read a text that is not a mark: a number with what may stand around it."""
        if text.startswith(("=", "#")):
            return unreadable(_("公式出错或没有计算结果。请在 Excel 中改正并保存"))
        if found := BELOW.fullmatch(text):
            return self._below(found["number"] or found["limit"], (found["unit"] or "").strip())
        if found := UNCERTAIN.fullmatch(text):
            return self._settle(_decimal(found["number"]), _("不确定度略去，取测定值"))
        if self._flagged and (found := self._flagged.fullmatch(text)):
            flag = found["behind"] or found["before"] or found["alone"]
            return self._with_flag(flag, found["number"] or found["second"])
        if found := WITH_UNIT.fullmatch(text):
            return self._with_unit(found["number"], (found["unit"] or "").strip())
        return unreadable(_("不是可识别的数值"))

    def _with_unit(self, number: str, unit: str) -> Reading:
        if not unit:
            reason = _("千分位分隔符略去") if re.search("[, ]", number) else ""
            return self._settle(_decimal(number), reason)
        found = self.units.find(unit)
        if found is None:
            return unreadable(_("数值后的“{unit}”不是已知单位或标记").format(unit=unit[:20]))
        if self.stated and found != self.units.find(self.stated):
            return unreadable(
                _("单元格的单位“{unit}”与表中所写的“{stated}”不一致").format(
                    unit=unit, stated=self.stated
                )
            )
        return self._settle(_decimal(number), _("单位 {unit} 写在单元格内").format(unit=unit), unit)

    def _with_flag(self, flag: str, number: str | None) -> Reading:
        name = self._flag_names[flag.casefold()]
        meaning = self.dataset.flags[name]
        reason = _("标记 {flag}：{meaning}").format(flag=name, meaning=_(meaning.meaning_zh))
        if not meaning.is_valid or number is None:
            return Reading(None, reason, flag=name, is_valid=False)
        settled = self._settle(_decimal(number), reason)
        return Reading(settled.value, settled.reason, name, settled.is_valid, settled.is_readable)

    def _below(self, number: str, unit: str) -> Reading:
        if unit and self.units.find(unit) is None:
            return unreadable(_("数值后的“{unit}”不是已知单位或标记").format(unit=unit[:20]))
        if self.dataset.below_detection_limit == "missing":
            return Reading(None, _("低于检出限，不参加统计"), "<", is_valid=False)
        limit = _decimal(number)
        if self._words.get(NOT_DETECTED) == "0":
            # Of what is counted, half a limit would be a find.
            reason = _("低于检出限 {limit}，没有检出，按 0 读").format(limit=f"{limit:f}")
            return Reading(0.0, reason, "<")
        reason = _("低于检出限 {limit}，取一半参加统计（依据：{source}）").format(
            limit=f"{limit:f}", source=self.dataset.below_detection_limit_source or _("未注明")
        )
        settled = self._settle(limit / 2, reason, unit, is_measured=False)
        return Reading(settled.value, settled.reason, "<", settled.is_valid, settled.is_readable)

    def _not_detected_reading(self) -> Reading:
        if self.dataset.below_detection_limit == "missing":
            return Reading(None, _("未检出，不参加统计"), "<", is_valid=False)
        if self.column.detection_limit is None:
            return unreadable(_("未检出而没有写检出限，不能取检出限的一半。请写成 <检出限"))
        return self._below(str(self.column.detection_limit), self.column.unit)

    def _settle(
        self, number: Decimal, reason: str, unit: str = "", is_measured: bool = True
    ) -> Reading:
        """Apply the meaning of 0, -1 and numeric marks, then convert to the wanted unit."""
        if is_measured and (missing := self._why_missing(number)):
            return Reading(None, missing, is_valid=False)
        source = unit or self.stated or self.wanted
        try:
            factor = self._factor(source)
            value = float(Fraction(number) * factor)
        except InputError as error:
            return unreadable(str(error))
        except OverflowError:
            return unreadable(_("不是有限的数"))
        if factor != 1:
            changed = _("由 {unit} 换算为 {wanted}").format(unit=source, wanted=self.wanted)
            found = self.units.find(source, self.wanted)
            if found and found.said:
                changed = _("{changed}（{said}）").format(changed=changed, said=_(found.said))
            reason = f"{reason};{changed}" if reason else changed
        return Reading(value, reason)

    def _factor(self, source: str) -> Fraction:
        if source == self.wanted:
            return Fraction(1)
        if not self.wanted and self.units.find(source) != self.units.find(PURE_NUMBER):
            raise InputError(_("这一项没有单位，表中却写了“{unit}”").format(unit=source))
        return self.units.factor(source, self.wanted or PURE_NUMBER)

    def _why_missing(self, number: Decimal) -> str:
        if number == -1 and self.column.minus_one == "missing":
            return _("−1 表示缺失")
        if number == 0 and self.column.zero == "missing":
            return _("0 表示缺失")
        if number in self._missing_numbers:
            return _("{number} 表示缺失").format(number=f"{number:f}")
        return ""

    @cached_property
    def _missing(self) -> frozenset[str]:
        return frozenset(map(compact, self.dataset.missing_marks))

    @cached_property
    def _missing_numbers(self) -> frozenset[Decimal]:
        return frozenset(Decimal(mark) for mark in self._missing if re.fullmatch(NUMBER, mark))

    @cached_property
    def _not_detected(self) -> frozenset[str]:
        return frozenset(map(compact, self.dataset.not_detected_marks))

    @cached_property
    def _words(self) -> dict[str, str]:
        return {
            compact(form): number for number, forms in self.column.choices.items() for form in forms
        }

    @cached_property
    def _flag_names(self) -> dict[str, str]:
        return {name.casefold(): name for name in self.dataset.flags}

    @cached_property
    def _flagged(self) -> re.Pattern[str] | None:
        """45H, 45 (H), H45, H:45 and BB alone."""
        if not self.dataset.flags:
            return None
        flag = "|".join(sorted(map(re.escape, self.dataset.flags), key=len, reverse=True))
        return re.compile(
            rf"(?P<number>{NUMBER})\s*[(\[/,;]?\s*(?P<behind>{flag})\s*[)\]]?"
            rf"|(?P<before>{flag})\s*[(\[:]?\s*(?P<second>{NUMBER})\s*[)\]]?"
            rf"|[(\[]?(?P<alone>{flag})[)\]]?",
            re.IGNORECASE,
        )


def names_unit(text: str) -> bool:
    """Whether a number is written with something behind it that may be its unit."""
    found = WITH_UNIT.fullmatch(normalise(text))
    return found is not None and bool(found["unit"])


def _decimal(number: str) -> Decimal:
    return Decimal(re.sub("[, ]", "", number))
