"""Days, hours, years and periods in the forms in which people and Excel write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from ecoreport.i18n import _
from ecoreport.ingest.cells import BLANK, Cell, Reading, is_blank, text_of, unreadable
from ecoreport.ingest.words import normalise

EXCEL_EPOCH: Final = dt.datetime(1899, 12, 30)
"""Day 0 of the 1900 system as counted from March 1900 on (Excel takes 1900 for a leap year)."""
SERIALS: Final = range(20_000, 80_000)
"""Serials taken for days: 1954 to 2119; smaller numbers are not dates of a monitoring table."""
HOURS_A_DAY: Final = 24

YEARS: Final = range(1900, 2100)
YEAR = r"(?P<year>(?:19|20)\d\d)"
CLOCK = (
    r"(?:[T\s]*(?P<hour>\d{1,2})"
    r"(?:[:时点](?P<minute>\d{1,2})?(?::(?P<second>\d{1,2})(?:\.0*)?)?分?)?)?"
)
DAY_FORMS = tuple(
    re.compile(form)
    for form in (
        YEAR + r"\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?" + CLOCK,
        YEAR + r"(?P<month>\d\d)(?P<day>\d\d)(?!\d)" + CLOCK,
        r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]" + CLOCK,
    )
)
HOUR_FORM = re.compile(r"(\d{1,2})(?:[:时点](?:00?)?(?::00)?分?)?整?")
SPAN_FORM = re.compile(r"(\d{1,2})(?:[:时点](?:00)?)?\s*[-~至到]\s*(\d{1,2})(?:[:时点](?:00)?)?")
QUARTERS: Final = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
HALVES: Final = {"上": "H1", "下": "H2", "1": "H1", "2": "H2"}


def read_date(cell: Cell, year: int) -> Reading:
    """Read a day, with its hour where one stands beside it.

    Parameters
    ----------
    cell : Cell
        A date, an Excel serial of the 1900 system, or a text: 2018-01-03, 2018/1/3, 2018.1.3,
        2018年1月3日, 20180103, 1月3日, each also with 05:00 or 5时 behind it.
    year : int
        Year of the table, for a day written without one.

    Returns
    -------
    Reading
        Its value is a ``datetime``; 24:00 is midnight of the next day.
    """
    if is_blank(cell):
        return BLANK
    if isinstance(cell, dt.date) and cell.year not in YEARS:
        return unreadable(_("没有这一天"))
    if isinstance(cell, dt.date):
        moment = cell if isinstance(cell, dt.datetime) else dt.datetime.combine(cell, dt.time())
        return Reading(moment.replace(tzinfo=None))
    return _written_date(normalise(text_of(cell)), year)


def _written_date(text: str, year: int) -> Reading:
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and int(float(text)) in SERIALS:
        moment = EXCEL_EPOCH + dt.timedelta(seconds=round(float(text) * 86_400))
        return Reading(moment, _("Excel 日期序号"))
    for form in DAY_FORMS:
        if found := form.fullmatch(text):
            return _moment(found.groupdict(), year)
    return unreadable(_("不是可识别的日期。请写成 {year}-01-03").format(year=year))


def _moment(parts: dict[str, str | None], year: int) -> Reading:
    own_year = parts.get("year")
    try:
        day = dt.datetime(int(own_year or year), int(parts["month"] or 0), int(parts["day"] or 0))
    except ValueError:
        return unreadable(_("没有这一天"))
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    if hour > HOURS_A_DAY or minute > 59 or second > 59:
        return unreadable(_("没有这个时刻"))
    moment = day + dt.timedelta(hours=hour, minutes=minute, seconds=second)
    return Reading(moment, "" if own_year else _("没有写年份，按 {year} 年").format(year=year))


def read_hour(cell: Cell) -> Reading:
    """Read an hour of the day, 0 to 24: ``1``, ``1时``, ``01:00``, ``0-1时`` (its end)."""
    if is_blank(cell):
        return BLANK
    minutes = _minutes(cell)
    if minutes is None:
        return unreadable(_("不是小时（0 至 24）"))
    if minutes % 60 or not 0 <= minutes <= HOURS_A_DAY * 60:
        return unreadable(_("不是整点（0 至 24）"))
    return Reading(minutes // 60)


def _minutes(cell: Cell) -> int | None:
    """Return the minutes since midnight that `cell` says, or None."""
    if isinstance(cell, dt.datetime | dt.time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, dt.timedelta):
        return round(cell.total_seconds() / 60)
    if isinstance(cell, float) and 0 < cell < 1:
        return round(cell * HOURS_A_DAY * 60)
    text = normalise(text_of(cell)).replace(" ", "")
    found, span = HOUR_FORM.fullmatch(text), SPAN_FORM.fullmatch(text)
    if span and int(span[2]) == int(span[1]) + 1:
        return int(span[2]) * 60
    return int(found[1]) * 60 if found else None


def day_of(moment: Reading) -> Reading:
    """Return the day of a moment, without its time."""
    if not isinstance(moment.value, dt.datetime) or moment.value.time() == dt.time():
        return moment
    day = dt.datetime.combine(moment.value.date(), dt.time())
    return replace(moment, value=day, reason=moment.reason or _("时刻略去，只取日期"))


def day_and_hour(moment: Reading, hour: Reading | None) -> tuple[Reading, Reading]:
    """Return the day and the hour (1 to 24) of a moment.

    Parameters
    ----------
    moment : Reading
        A day, or a day with its hour.
    hour : Reading or None
        The hour's own column; None where the moment says it.
    """
    if not isinstance(moment.value, dt.datetime):
        return moment, hour or BLANK
    clock = moment.value.time()
    if hour is None:
        hour = Reading(clock.hour) if clock.minute == 0 else unreadable(_("不是整点"))
    elif clock != dt.time() and clock.hour != hour.value:
        return unreadable(_("日期中的时刻与小时列不一致")), hour
    day = dt.datetime.combine(moment.value.date(), dt.time())
    if hour.value != 0:
        return moment if moment.value == day else replace(moment, value=day), hour
    reason = _("0 时是前一日的第 24 小时")
    before = replace(moment, value=day - dt.timedelta(days=1), reason=moment.reason or reason)
    return before, Reading(24, reason)


def read_year(cell: Cell, year: int) -> Reading:
    """Read a year: ``2018``, ``2018年``, ``2018年度``; that of the table is the example told."""
    if is_blank(cell):
        return BLANK
    found = re.fullmatch(YEAR + r"年?度?", normalise(text_of(cell)).replace(" ", ""))
    if not found:
        return unreadable(_("不是年份。请写成 {year}").format(year=year))
    return Reading(int(found["year"]))


def read_period(cell: Cell, year: int) -> Reading:
    """Read a period as ``2018``, ``2018-H1``, ``2018-Q1`` or ``2018-03``.

    Parameters
    ----------
    cell : Cell
        Also 2018年, 2018年第一季度, 2018Q1, 2018年上半年, 2018年3月, 201803, or the first day of a
        month, which is what Excel makes of 2018-3.
    year : int
        Year of the table, for a period written without one.
    """
    if is_blank(cell):
        return BLANK
    if isinstance(cell, dt.date):
        if cell.day != 1:
            told = _("是一天而不是时段。请写成 {year}、{year}-Q1 或 {year}-03")
            return unreadable(told.format(year=year))
        month = f"{cell.year}-{cell.month:02d}"
        return Reading(month, _("Excel 日期，按月份 {month} 读").format(month=month))
    text = normalise(text_of(cell)).replace(" ", "").upper()
    for form, name in PERIOD_FORMS:
        if found := re.fullmatch(rf"(?:{YEAR}年?度?[-/.]?)?{form}", text):
            part = name(found)
            if part is None:
                continue
            own_year = found["year"]
            period = f"{own_year or year}{part}"
            reason = "" if own_year else _("没有写年份，按 {year} 年").format(year=year)
            return Reading(period, reason)
    told = _("不是可识别的时段。请写成 {year}、{year}-Q1 或 {year}-03")
    return unreadable(told.format(year=year))


def read_month(cell: Cell, year: int) -> Reading:
    """Read a month as ``2018-03``: a period that is one, a number from 1 to 12, or a day in it."""
    if is_blank(cell):
        return BLANK
    text = normalise(text_of(cell)).replace(" ", "")
    if re.fullmatch(r"0?[1-9]|1[0-2]", text):
        return Reading(f"{year}-{int(text):02d}", _("没有写年份，按 {year} 年").format(year=year))
    if not isinstance(cell, dt.date):
        period = read_period(cell, year)
        if re.fullmatch(YEAR + r"-\d\d", str(period.value)):
            return period
    day = read_date(cell, year)
    if not isinstance(day.value, dt.datetime):
        return unreadable(_("不是可识别的月份。请写成 {year}-03").format(year=year))
    month = f"{day.value:%Y-%m}"
    return replace(day, value=month, reason=day.reason or _("取日期所在的月份"))


def _month(found: re.Match[str]) -> str | None:
    month = int(found["part"])
    return f"-{month:02d}" if 1 <= month <= 12 else None


PERIOD_FORMS: Final[tuple[tuple[str, Callable[[re.Match[str]], str | None]], ...]] = (
    (r"(?:全年|年末|年底|合计)?", lambda found: "" if found["year"] else None),
    (r"全年", lambda _found: ""),
    (r"第?(?P<part>[一二三四1-4])季度?", lambda found: f"-Q{QUARTERS[found['part']]}"),
    (r"Q(?P<part>[1-4])", lambda found: f"-Q{found['part']}"),
    (r"(?P<part>[上下])半年", lambda found: f"-{HALVES[found['part']]}"),
    (r"H(?P<part>[12])", lambda found: f"-H{found['part']}"),
    (r"(?P<part>\d{1,2})月份?", _month),
    (r"(?<=[-/.])(?P<part>\d{1,2})", _month),
    (r"(?<=\d{4})(?P<part>\d\d)", _month),
)
