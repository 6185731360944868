"""Who still owes what in a month: on rows as they were read, and on workbooks sent back."""

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoreport.config.load import load_catalogue
from ecoreport.project import Pair, Project
from ecoreport.remind import outstanding, received, write_reminders

HAILING, WUXI = Pair("hailing", 2018), Pair("wuxi", 2018)
PLAN, FOREST = "hailing/01", "hailing/12"
COUNT = "wuxi-2018/air/boilers-overhauled"
QUARTERLY = "wuxi-2018/water/drinking-water-disclosure/tap"
BULLETIN = "linjiang/greening/bulletin-q3"


def rows(*told):
    usual = {"status": "done", "value": None, "checked_by": "李四", "maturity": "provisional"}
    return pd.DataFrame([{**usual, **one} for one in told])


def owed(catalogue, pair, period, *told):
    frame = rows(*told) if told else None
    return outstanding(catalogue, pair, frame, period).set_index("commitment")


def test_where_nothing_came_everything_is_owed(catalogue):
    found = outstanding(catalogue, HAILING, None, "2018-06")
    bound = {one.id for one in catalogue.commitments_for("hailing") if one.indicator}
    assert set(found["commitment"]) == bound
    assert not found["is_reported"].any()
    assert found.loc[found["commitment"] == FOREST, "department"].item() == "hailing-agriculture"


def test_a_figure_or_a_status_is_a_report_and_a_remark_is_none(catalogue):
    found = owed(
        catalogue,
        HAILING,
        "2018-06",
        {"commitment": PLAN, "period": "2018-06"},
        {"commitment": FOREST, "period": "2018-06", "status": None, "value": 21.0},
        {"commitment": "hailing/02", "period": "2018-06", "status": None},
        {"commitment": "hailing/03", "period": "2018-05", "status": "started"},
    )
    reported = found.index[found["is_reported"]]
    assert set(reported) == {PLAN, FOREST}
    last = found.loc["hailing/03"]
    assert (last["last_period"], last["last_status"]) == ("2018-05", "started")


def test_of_two_rows_the_better_checked_is_told(catalogue):
    told = {"commitment": PLAN, "period": "2018-06"}
    found = owed(
        catalogue, HAILING, "2018-06", {**told, "maturity": "verified", "status": "started"}, told
    )
    assert found.loc[PLAN, ["status", "maturity"]].tolist() == ["started", "verified"]


@pytest.mark.parametrize(
    ("told", "period", "is_asked"),
    [
        # Done once, and signed for: not asked again.
        ({"commitment": COUNT, "period": "2018-03"}, "2018-06", False),
        ({"commitment": COUNT, "period": "2017-12"}, "2018-06", False),
        ({"commitment": COUNT, "period": "2018-03", "checked_by": None}, "2018-06", True),
        ({"commitment": COUNT, "period": "2018-03", "status": "started"}, "2018-06", True),
        # In its own month it was asked, and it is not undone by what comes later.
        ({"commitment": COUNT, "period": "2018-06"}, "2018-06", True),
        ({"commitment": COUNT, "period": "2018-07"}, "2018-06", True),
        # A level reached goes on up to its deadline.
        ({"commitment": "wuxi-2018/waste/sorting-coverage-urban", "period": "2018-03"},
         "2018-06", True),
        # What comes back is asked again in the next quarter.
        ({"commitment": QUARTERLY, "period": "2018-01"}, "2018-03", False),
        ({"commitment": QUARTERLY, "period": "2018-01"}, "2018-04", True),
    ],
)  # fmt: skip
def test_only_duties_that_run_are_asked(catalogue, told, period, is_asked):
    assert (told["commitment"] in owed(catalogue, WUXI, period, told).index) is is_asked


@pytest.mark.parametrize(
    ("period", "told", "is_asked"),
    [
        ("2018-06", (), False),
        ("2018-07", (), True),
        ("2018-10", (), True),
        ("2018-10", ({"commitment": BULLETIN, "period": "2018-09"},), False),
    ],
)
def test_a_bulletin_is_asked_from_its_quarter_on_until_it_is_there(
    catalogue, period, told, is_asked
):
    assert (BULLETIN in owed(catalogue, Pair("linjiang", 2018), period, *told).index) is is_asked


def test_a_deadline_passed_is_asked_until_it_is_done(catalogue):
    found = outstanding(catalogue, Pair("suzhou", 2018), None, "2018-06")
    passed = found[found["deadline"].map(lambda day: day is not None and day.year == 2017)]
    assert len(passed) > 10
    (name,) = passed["commitment"].head(1)
    told = {"commitment": name, "period": "2018-01"}
    assert name not in owed(catalogue, Pair("suzhou", 2018), "2018-06", told).index


def test_before_a_plan_begins_and_after_it_ends_it_asks_nothing(catalogue):
    assert outstanding(catalogue, Pair("wuxi", 2017), None, "2017-06").empty
    later = outstanding(catalogue, Pair("wuxi", 2019), None, "2019-01")
    kinds = {one.id: one for one in catalogue.commitments_for("wuxi")}
    of_one_year = [kinds[name] for name in later["commitment"] if name.startswith("wuxi-2018/")]
    assert of_one_year
    assert all(one.is_kept or one.kind in {"milestone", "count_done"} for one in of_one_year)
    # The bureau goes by its new name.
    assert "wuxi-environment" not in set(later["department"])


CATALOGUE = load_catalogue(Project.here())
NAMES = [one.id for one in CATALOGUE.commitments_for("hailing") if one.indicator]


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "commitment": st.sampled_from(NAMES),
                "period": st.sampled_from(["2017-12", "2018-04", "2018-05", "2018-06", "2018-07"]),
                "status": st.sampled_from(["done", "started", None]),
                "checked_by": st.sampled_from(["李四", None]),
                "maturity": st.sampled_from(["verified", "provisional"]),
            }
        ),
        max_size=12,
    )
)
def test_another_report_never_adds_to_what_is_missing(told):
    def missing(rows_):
        found = owed(CATALOGUE, HAILING, "2018-06", *rows_)
        return set(found.index[~found["is_reported"]])

    assert missing([*told, {"commitment": PLAN, "period": "2018-06"}]) == missing(told) - {PLAN}


def test_letters_name_what_is_missing_and_go_when_it_has_come(templates, project, catalogue):
    book = templates()
    farming, _row = book.row(FOREST)
    for row in range(3, farming.max_row + 1):
        farming.cell(row, 13).value = "正在推进"
    book.fill(PLAN, 完成状态="已完成", 审核人="李四")
    book.save()
    known = received(project, HAILING, catalogue)
    found = outstanding(catalogue, HAILING, known.frame, "2018-06")
    letters = write_reminders(project, HAILING, catalogue, found, "2018-06")

    names = {path.name for path in letters}
    assert "催报单_区农委_2018-06.xlsx" not in names
    assert len(names) == found["department"].nunique() - 1
    folder = project.processed(HAILING) / "reminders" / "2018-06"
    assert {path.name for path in folder.iterdir()} == names
    sheet = openpyxl.load_workbook(folder / "催报单_海陵环保局_2018-06.xlsx").active
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    bureau = found[found["department"] == "hailing-environment"]
    assert any(
        f"应报 {len(bureau)} 项，已报 1 项，尚有 {len(bureau) - 1} 项" in one for one in texts
    )
    assert "生态文明建设规划" not in texts
    assert {"污染场地环境监管体系", "2018-12-31", "未报送过"} <= set(texts)
    assert any(one.startswith("责任单位签收人：") for one in texts)
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (9, 1)

    for sheet in book.book.worksheets[:-1]:
        for row in range(3, sheet.max_row + 1):
            sheet.cell(row, 13).value = "正在推进"
    book.save()
    known = received(project, HAILING, catalogue)
    found = outstanding(catalogue, HAILING, known.frame, "2018-06")
    assert found["is_reported"].all()
    assert write_reminders(project, HAILING, catalogue, found, "2018-06") == []
    assert list(folder.iterdir()) == []


def test_rows_that_cannot_be_read_are_owed_and_counted(templates, project, catalogue):
    book = templates()
    sheet, row = book.fill(PLAN, 完成状态="已完成")
    sheet.cell(row, 2).value = "hailing/1"
    book.save()
    known = received(project, HAILING, catalogue)
    assert known.n_faults == 1
    assert not outstanding(catalogue, HAILING, known.frame, "2018-06")["is_reported"].any()


def test_nobody_is_reminded_on_demonstration_data(templates, project, catalogue):
    book = templates()
    book.fill(PLAN, 完成状态="已完成")
    folder = project.demonstration(HAILING)
    folder.mkdir(parents=True)
    book.save(folder / book.path.name)
    book.path.unlink()
    assert received(project, HAILING, catalogue).frame is None
