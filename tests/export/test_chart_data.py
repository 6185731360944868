import csv
import io

import numpy as np
import pandas as pd

from ecoreport.export import chart_csv


def read(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_data_of_a_chart_as_a_table():
    frame = pd.DataFrame(
        {
            "PM₂.₅ (μg/m³)": [41.0, np.nan, 0.1 + 0.2],
            "首要污染物": [["O3", "PM2.5"], [], None],
            "备注": ["=1+1", None, "-"],
            "有效": [True, False, True],
            "天数": pd.array([31, None, 30], dtype="Int64"),
        },
        index=pd.DatetimeIndex(["2018-01-01", "2018-01-02", "2018-01-03"], name="日期"),
    )
    assert read(chart_csv(frame)) == [
        ["日期", "PM₂.₅ (μg/m³)", "首要污染物", "备注", "有效", "天数"],
        ["2018-01-01", "41", "O3、PM2.5", "'=1+1", "是", "31"],
        ["2018-01-02", "", "", "", "否", ""],
        ["2018-01-03", "0.30000000000000004", "", "'-", "是", "30"],
    ]


def test_an_index_that_only_counts_is_left_out():
    assert read(chart_csv(pd.DataFrame({"月": [1, 2]}))) == [["月"], ["1"], ["2"]]


def test_each_row_of_demonstration_says_so():
    content = chart_csv(pd.DataFrame({"月": [1, 2]}), is_demonstration=True)
    assert read(content) == [["月", "数据性质"], ["1", "演示数据"], ["2", "演示数据"]]
    assert content == chart_csv(pd.DataFrame({"月": [1, 2]}), is_demonstration=True)
