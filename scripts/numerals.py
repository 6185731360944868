"""List every numeral of a document: the ledger of a plan accounts for each of them.

    python scripts/numerals.py DOCUMENT.txt > params/plans/<id>/numerals.csv

Arabic and Chinese numerals and classes in Roman ones, simplified and traditional, with the unit
that follows and with their position; also those that count nothing (统一, PM2.5): what they are
is for the ledger to say. Its last two columns are filled in by hand.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

CONTEXT = 10
DIGITS = "零一二三四五六七八九"
ROMAN = ("I", "II", "III", "IV", "V", "VI")
CHINESE = f"{DIGITS}〇两兩十百千万萬亿億半"

UNIT = r"""
    [百千万萬亿億]*
    (?: [个個]百分[点點] | % | ％ | ‰
      | 微克/立方米 | mg/kg | 毫克/千克
      | 蒸[吨噸](?:/小[时時])? | [吨噸][标標]煤/[万萬]元 | 立方米/[万萬]元 | 元/[亩畝]
      | [吨噸](?:/[年日])? | 立方米(?:/日)? | 平方(?:米|公里) | 公里 | [亩畝] | 公[顷頃] | 元
      | 重量箱 | [总總][吨噸] | 小[时時] | [天日月年] | 季度? | [号號][线線]? | [线線] | 期
      | [个個项項家条條套台臺名人次户戶倍座辆輛批处處级級类類届屆大品] )
"""
NUMERAL = re.compile(
    rf"""
      [A-Za-z]+\d+(?:\.\d+)*
    | \d{{4}}-\d\d-\d\d(?:\s\d\d:\d\d:\d\d)?
    | \d{{4}}年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)? | \d{{1,2}}月(?:\d{{1,2}}日)?
    | [(（](?:\d{{1,2}}|[{DIGITS}十]+)[)）]
    | ^[ \t]*(?:\d{{1,2}}[.、．](?!\d(?!\d{{3}}年))|[{DIGITS}十]+、)
    | \d{{1,2}}[.、．](?=\s*[^\W\d_a-zA-Z])
    | (?:[≥≤＞＜<>]\s?)?\d+(?:,\d{{3}})*(?:\.\d+)?(?:{UNIT}|[百千万萬亿億]+)?
    | [Ⅰ-Ⅻ][类類]? | (?<![A-Za-z])(?:I{{1,3}}|IV|VI?)[类類]
    | 百分之[{CHINESE}]+ | 第?[{CHINESE}]+(?:{UNIT})?
    """,
    re.VERBOSE | re.MULTILINE,
)


class Numeral(NamedTuple):
    """A numeral as it stands in a document."""

    position: int
    """Offset of its first character in the text."""
    text: str
    """As printed, with its unit."""
    context: str
    """With the characters around it, on one line."""


def numerals(text: str) -> Iterator[Numeral]:
    """Yield every numeral of `text`, in order; no two overlap."""
    for match in NUMERAL.finditer(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        around = text[max(0, start - CONTEXT) : match.end() + CONTEXT]
        yield Numeral(start, match[0].strip(), " ".join(around.split()))


def amount(text: str) -> Decimal | None:
    """Return the number that a numeral begins with: 0.6 of ``0.6萬畝``, 3 of ``Ⅲ類``."""
    if roman := re.match(r"[IV]+(?=[类類])", unicodedata.normalize("NFKC", text)):
        return Decimal(ROMAN.index(roman[0]) + 1)
    if arabic := re.match(r"[^\d一-龥]*(\d+(?:,\d{3})*(?:\.\d+)?)", text):
        return Decimal(arabic[1].replace(",", ""))
    words = re.match(r"第?((?:[一二三四五六七八九]?十)?[零一二两兩三四五六七八九]?)", text)
    if not words or not words[1]:
        return None
    tens, ten, ones = words[1].replace("两", "二").replace("兩", "二").rpartition("十")
    last = DIGITS.index(ones) if ones else 0
    return Decimal(10 * (DIGITS.index(tens) if tens else 1) + last if ten else last)


def main(arguments: list[str]) -> int:
    """Write the numerals of a document as the first columns of its ledger."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([*Numeral._fields, "commitments", "left_out"])
    for numeral in numerals(Path(arguments[0]).read_text("utf-8")):
        writer.writerow([*numeral, "", ""])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
