import gettext
import string

import catalogue
import pytest
from babel.messages.pofile import read_po

# Where a language says the same with other values than Chinese, the code offers both.
OTHER_VALUES = {"{month}月{day}日": {"day", "month_name"}, "1–{month}月": {"month_name"}}


@pytest.fixture(params=catalogue.LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def committed(language):
    with catalogue.path_of(language, "po").open("rb") as file:
        return [one for one in read_po(file, locale=language) if one.id]


def names_in(text):
    return {name for _literal, name, _format, _conversion in string.Formatter().parse(text) if name}


def is_chinese(character):
    return "\u3400" <= character <= "\u9fff"


def test_the_catalogue_is_what_the_source_gives(language):
    fresh = catalogue.updated(language)
    assert catalogue.po_bytes(fresh).decode() == catalogue.path_of(language, "po").read_text(
        "utf-8"
    ), "run make catalogue, and translate what it lists"


def test_every_message_is_translated(committed):
    assert [one.id for one in committed if not one.string or one.fuzzy] == []


def test_translations_take_the_values_that_the_code_gives(committed):
    wrong = {
        one.id: one.string
        for one in committed
        if names_in(one.string) != OTHER_VALUES.get(one.id, names_in(one.id))
    }
    assert wrong == {}


# Chinese fonts draw curly quotes as wide as a character: English has straight ones.
def test_no_chinese_punctuation_or_words_are_left(committed):
    # Words that departments type, and names of sheets and columns, stay as they stand in the files.
    kept = "示例单位无零报告应交材料文件原复印核定"
    left = {
        one.string
        for one in committed
        if any(
            (is_chinese(character) and character not in kept) or character in "，。、：；（）《》“”"
            for character in one.string
        )
    }
    assert left == set()


def test_programs_read_what_people_edited(language, committed):
    with catalogue.path_of(language, "mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert {one.id: compiled.gettext(one.id) for one in committed} == {
        one.id: one.string for one in committed
    }


def test_sentences_end_as_their_source_does(committed):
    ends = {"。": ".", "：": ":", "；": ";"}
    wrong = {
        one.id: one.string
        for one in committed
        if one.id[-1] in ends and one.string.strip()[-1] != ends[one.id[-1]]
    }
    assert wrong == {}
