"""Texts for people are set as Chinese is: with marks of full width."""

import re

import pytest
from catalogue import template

HALF_WIDTH = re.compile(r"[,;:()?!]")
PLACE = re.compile(r"\{[^{}]*\}")
CHINESE = re.compile(r"[\u3400-\u9fff]")

# What a person is to type or to find as it stands.
CODE = (
    "date,hour,type",  # the head of a published file
    'metadata={"image/png": {"alt": "…"}}',
    "input()",
    "名称: 类型 = 默认值",  # of Python
    'district: str = "hailing"',
    "“键: 值”",  # of YAML
    "{file}:{line}",  # a place, as editors open it
    "{key}: ",  # a key of YAML
    "用户@主机:路径",  # a place that ssh reaches
    "s3://",
    "tcp://127.0.0.1:8786",
    "tcp://主机:8786",
    "tcp://",
    "file:///",
    "{host}:{port}",
    "[来源]({file})",  # of Markdown
    "TLI(Σ)",  # the index as the rule writes it
)


def without_code(text: str) -> str:
    for code in CODE:
        text = text.replace(code, "")
    return PLACE.sub("", text)


@pytest.fixture(scope="module")
def messages() -> list[str]:
    """All that the program says, wherever the text stands."""
    return [str(message.id) for message in template() if message.id]


def test_no_mark_is_of_half_width(messages):
    assert sum(bool(CHINESE.search(message)) for message in messages) > 400
    assert [message for message in messages if HALF_WIDTH.search(without_code(message))] == []


def test_each_exception_is_one(messages):
    assert [code for code in CODE if not any(code in message for message in messages)] == []


@pytest.mark.parametrize("spoilt", ["来源:", "共 {n} 天(应有 {m} 天)", ";{name}", "甲,乙: {a}"])
def test_a_mark_of_half_width_is_seen(spoilt):
    assert HALF_WIDTH.search(without_code(spoilt))
