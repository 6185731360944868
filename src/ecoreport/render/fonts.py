"""The glyphs that a page uses, cut from pinned fonts so that it reads on any machine."""

from __future__ import annotations

import base64
import importlib.util
import io
import unicodedata
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont, newTable

from ecoreport.errors import EcoReportError
from ecoreport.i18n import _

# WOFF and not WOFF2: a page grows by some 35 kB, but Brotli and the glyph transform would take
# 0.35 s a page, more than all the rest of rendering (docs/decisions/0003-pages.md).
FLAVOR = "woff"


@dataclass(frozen=True)
class FontFile:
    """A font inside an installed package, found without importing the package."""

    family: str
    """Family under which pages and charts name the font."""
    package: str
    path: str

    @cached_property
    def font(self) -> TTFont:
        """The font, read once a process.

        Raises
        ------
        EcoReportError
            If the package or the file in it is not installed.
        """
        spec = importlib.util.find_spec(self.package)
        file = Path(spec.origin).parent / self.path if spec and spec.origin else None
        if file is None or not file.is_file():
            raise EcoReportError(
                _("缺少字体：软件包 {package} 未完整安装，请重新执行安装命令。").format(
                    package=self.package
                )
            )
        return TTFont(file, lazy=True, recalcTimestamp=False)

    @cached_property
    def glyph_names(self) -> dict[int, str]:
        """Glyph of each code point."""
        names: dict[int, str] = self.font.getBestCmap()
        return names


# First the Chinese face, then the one for what it lacks (subscripts, thin spaces).
FONTS = (
    FontFile("Noto Sans SC", "zhplot", "fonts/NotoSansSC-Regular.ttf"),
    FontFile("DejaVu Sans", "matplotlib", "mpl-data/fonts/ttf/DejaVuSans.ttf"),
)


def preload() -> None:
    """Read the fonts now, so that processes forked from this one need not."""
    for file in FONTS:
        file.font["glyf"], file.font["hmtx"], file.glyph_names
        # Building one reads the other tables, too: children share the place in an open file.
        _subset(file, set())


def needs_glyph(character: str) -> bool:
    """Whether a character is drawn: controls, joiners and line ends are not."""
    return unicodedata.category(character) not in {"Cc", "Cf", "Zl", "Zp"}


def missing(characters: Iterable[str]) -> set[str]:
    """Return those of `characters` that no embedded font can draw."""
    return {
        character
        for character in characters
        if needs_glyph(character) and not any(ord(character) in f.glyph_names for f in FONTS)
    }


def font_faces(characters: Iterable[str]) -> str:
    """Return ``@font-face`` rules that embed exactly the glyphs of `characters`.

    Parameters
    ----------
    characters : iterable of str
        Single characters; those that no font has are left to the reader's machine, and
        reported by ``verify``.
    """
    wanted = {ord(character) for character in characters if needs_glyph(character)}
    rules = []
    for file in FONTS:
        found = wanted & file.glyph_names.keys()
        wanted -= found
        if found:
            data = base64.b64encode(_subset(file, found)).decode("ascii")
            rules.append(
                f'@font-face{{font-family:"{file.family}";'
                f'src:url(data:font/{FLAVOR};base64,{data}) format("{FLAVOR}")}}'
            )
    return "\n".join(rules)


def _subset(file: FontFile, code_points: set[int]) -> bytes:
    """Build a font of the glyphs of `code_points`; the same set gives the same bytes."""
    source = file.font
    characters = {point: file.glyph_names[point] for point in sorted(code_points)}
    glyphs = {name: _outline(source, name) for name in _closure(source, characters.values())}
    for glyph in glyphs.values():
        glyph.trim(remove_hinting=True)
    builder = FontBuilder(source["head"].unitsPerEm, isTTF=True)
    # Bounds and maxima stay those of the whole font: nothing is measured anew.
    builder.font.recalcTimestamp = builder.font.recalcBBoxes = False
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(characters)
    builder.font["loca"], builder.font["glyf"] = newTable("loca"), newTable("glyf")
    builder.font["glyf"].glyphs, builder.font["glyf"].glyphOrder = glyphs, list(glyphs)
    builder.setupHorizontalMetrics({name: source["hmtx"][name] for name in glyphs})
    lines = source["hhea"]
    builder.setupHorizontalHeader(ascent=lines.ascent, descent=lines.descent, lineGap=lines.lineGap)
    builder.setupOS2(
        usWinAscent=lines.ascent,
        usWinDescent=-lines.descent,
        sTypoAscender=lines.ascent,
        sTypoDescender=lines.descent,
        achVendID=source["OS/2"].achVendID,
    )
    builder.setupPost(keepGlyphNames=False)
    builder.setupNameTable({"familyName": file.family, "styleName": "Regular"})
    builder.font["maxp"] = copy(source["maxp"])
    for field in ("xMin", "yMin", "xMax", "yMax", "created", "modified"):
        setattr(builder.font["head"], field, getattr(source["head"], field))
    builder.font.flavor = FLAVOR
    target = io.BytesIO()
    builder.font.save(target)
    return target.getvalue()


def _outline(font: TTFont, name: str) -> Any:
    """Return a glyph as the file holds it, where it need not be read: it names no others."""
    stored = font["glyf"].glyphs[name]
    return font["glyf"][name] if stored.isComposite() else stored


def _closure(font: TTFont, names: Iterable[str]) -> list[str]:
    """Return ``.notdef``, `names` and the glyphs that they are composed of, each once."""
    found: dict[str, None] = {}
    waiting = [".notdef", *names]
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = None
            waiting += font["glyf"].glyphs[name].getComponentNames(font["glyf"])
    return list(found)
