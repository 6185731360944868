"""Parameters are checked against the cell that declares them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papermill.translators import PythonTranslator

from ecoreport.errors import InputError
from ecoreport.run import check_parameters
from ecoreport.run.parameters import Declared, declared_parameters


def test_declared_names_and_types(make_job):
    job = make_job(
        "air", declared='"""说明"""\n# 注\ndistrict: str = "a"\nlimit: float | None = None'
    )

    assert declared_parameters(job.notebook) == {
        "district": Declared("str"),
        "limit": Declared("float | None"),
    }


def test_right_ones_pass_and_defaults_may_stay(make_job):
    notebook = make_job("air").notebook

    check_parameters(notebook, {})
    check_parameters(notebook, {"district": "pudong", "year": 2019, "share": 1})


def test_a_misspelt_name_is_told_with_the_nearest(make_job):
    with pytest.raises(InputError, match=r"air\.ipynb 没有参数 'yaer'.*是否想写 year"):
        check_parameters(make_job("air").notebook, {"yaer": 2019})


@pytest.mark.parametrize(
    ("name", "value"),
    [("year", "2019"), ("year", True), ("year", 2019.0), ("year", None), ("district", 3)],
)
def test_a_wrong_type_is_told(make_job, name, value):
    with pytest.raises(InputError, match=f"参数 {name} 应为"):
        check_parameters(make_job("air").notebook, {name: value})


@pytest.mark.parametrize(
    "declared",
    [
        "year = 2018",
        "year: int",
        "year: int = '2018'",
        "year: int = int('2018')",
        "year: Year = 2018",
        "import os",
        "for year in (1,): pass",
        "year: int = = 1",
    ],
)
def test_a_cell_that_does_not_declare_is_told(make_job, declared):
    with pytest.raises(InputError, match=r"参数单元格第 1 行"):
        check_parameters(make_job("air", declared=declared).notebook, {})


def test_a_notebook_without_the_cell_or_not_a_notebook(make_job, tmp_path):
    notebook = make_job("air").notebook
    content = json.loads(notebook.read_text(encoding="utf-8"))
    del content["cells"][1]
    notebook.write_text(json.dumps(content), encoding="utf-8")
    broken = tmp_path / "broken.ipynb"
    broken.write_text("{", encoding="utf-8")

    with pytest.raises(InputError, match="有且只有一个标记为 parameters"):
        check_parameters(notebook, {})
    for path in (broken, tmp_path / "none.ipynb"):
        with pytest.raises(InputError, match="无法读取笔记本"):
            check_parameters(path, {})


@given(st.text() | st.integers() | st.floats(allow_nan=False) | st.booleans() | st.none())
def test_values_are_injected_as_values_whatever_they_hold(value):
    """papermill writes the cell; what it writes must be one assignment of that very value."""
    namespace: dict[str, object] = {}
    exec(PythonTranslator.codify({"value": value}), namespace)  # noqa: S102

    del namespace["__builtins__"]
    assert namespace == {"value": value}
