from hypothesis import given
from hypothesis import strategies as st

from ecoreport.i18n import use_locale
from ecoreport.message import Message, message


def test_a_message_tells_its_values():
    said = message("{year}年基数 {base}", year=2017, base="60.7")
    assert str(said) == "2017年基数 60.7"


def test_a_message_without_values_is_its_text():
    assert str(message("部门上报值")) == "部门上报值"
    assert str(message("")) == ""


@given(st.text())
def test_what_stands_in_a_message_is_never_read_as_a_place_in_it(value):
    assert str(message("说明：{what}", what=value)) == f"说明：{value}"


def test_a_message_survives_a_file():
    said = message("{a}", a="{b}")
    assert Message.model_validate_json(said.model_dump_json()) == said
    assert str(said) == "{b}"


def test_a_list_in_a_message_is_joined_as_the_reader_s_language_does():
    said = message("有效天数不足的月份：{months}", months=("7月", "11月"))
    assert str(said) == "有效天数不足的月份：7月、11月"
    assert Message.model_validate_json(said.model_dump_json()) == said
    use_locale("en")
    try:
        assert str(said) == "Months with too few valid days: Jul, Nov"
    finally:
        use_locale("zh")
