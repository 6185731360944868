"""Pages carry the glyphs that they use."""

import base64
import io
import re

from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoreport.render import fonts

FACE = re.compile(r'font-family:"([^"]+)";src:url\(data:font/woff;base64,([^)]+)\)')


def faces(characters: str) -> dict[str, TTFont]:
    return {
        family: TTFont(io.BytesIO(base64.b64decode(data)))
        for family, data in FACE.findall(fonts.font_faces(characters))
    }


def coordinates(font: TTFont, character: str) -> list[tuple[int, int]]:
    glyphs = font["glyf"]
    glyph = glyphs[font.getBestCmap()[ord(character)]]
    return list(glyph.getCoordinates(glyphs)[0])


def test_subscripts_that_the_chinese_font_lacks_come_from_the_second() -> None:
    found = faces("细颗粒物 PM₂.₅\n")

    assert set(found["Noto Sans SC"].getBestCmap()) == set(map(ord, "细颗粒物 PM."))
    assert set(found["DejaVu Sans"].getBestCmap()) == set(map(ord, "₂₅"))


@given(st.text(st.sampled_from("海陵区PM2.5年均值µgéÀ̀①Ⅲ₂₃\u2009°ẫ"), min_size=1))
@settings(max_examples=20, deadline=None)
def test_glyphs_keep_their_shape_and_width(text: str) -> None:
    found = faces(text)
    for file in fonts.FONTS:
        if file.family not in found:
            continue
        subset = found[file.family]
        for point, name in subset.getBestCmap().items():
            assert coordinates(subset, chr(point)) == coordinates(file.font, chr(point))
            assert subset["hmtx"][name][0] == file.font["hmtx"][file.glyph_names[point]][0]


def test_the_same_characters_give_the_same_bytes() -> None:
    first = fonts.font_faces("海陵区2018")

    assert fonts.font_faces("8102区陵海") == first


def test_a_character_of_no_font_is_named() -> None:
    assert fonts.missing("达标\ue000\n\u200b") == {"\ue000"}
