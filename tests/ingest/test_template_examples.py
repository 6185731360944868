"""Example rows of templates: what they show could be sent, and would be read and let pass."""

import datetime as dt

import openpyxl
import pytest

from ecoreport.config.load import load_catalogue
from ecoreport.config.vocabulary import Secrecy, Severity
from ecoreport.ingest.gather import ingest
from ecoreport.ingest.sheets import EXAMPLE_MARK
from ecoreport.ingest.templates import GUIDE_SHEET, OPTIONS_SHEET, write_templates
from ecoreport.project import Pair, Project
from ecoreport.validate.examine import validate

TODAY = dt.date(2019, 3, 1)
CATALOGUE = load_catalogue(Project.here())
TEMPLATES = [
    one
    for one in CATALOGUE.datasets.values()
    if not one.has_own_template and one.secrecy is not Secrecy.FORBIDDEN
]


def copied_examples(project, pair):
    """Write all templates and copy each example row below, as a row of its own."""
    for path in write_templates(project, pair, CATALOGUE):
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        row = [cell.value for cell in sheet[2]]
        assert row[0].startswith(EXAMPLE_MARK)
        sheet.delete_rows(3, sheet.max_row)
        sheet.append([row[0].removeprefix(EXAMPLE_MARK).strip() or None, *row[1:]])
        book.save(path)


@pytest.mark.parametrize("district", ["hailing", "wuxi"])
def test_every_example_could_be_sent(project, district):
    pair = Pair(district, 2018)
    (project.root / "expectations").symlink_to(Project.here().expectations)
    copied_examples(project, pair)
    ingested = ingest(project, pair, CATALOGUE)
    assert [(one.file, one.message) for one in ingested.problems.itertuples()] == []
    asked = {one.id for one in TEMPLATES if one.id != "rectification" or district == "wuxi"}
    assert {name for name, frame in ingested.frames.items() if len(frame) == 1} == asked
    found = validate(project, pair, CATALOGUE, ingested, today=TODAY).findings
    unusual = [
        (one.dataset, one.expectation, str(one.reason))
        for one in found
        if one.severity is Severity.STOP
        or one.expectation.endswith(("_usual", "_possible", "_like_last_year"))
    ]
    assert unusual == []


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    folder = tmp_path_factory.mktemp("templates")
    project, pair = Project.here(), Pair("wuxi", 2018)
    paths = write_templates(project, pair, CATALOGUE, folder)
    return {path.stem: openpyxl.load_workbook(path) for path in paths}


@pytest.mark.parametrize("dataset", TEMPLATES, ids=lambda one: one.id)
def test_every_choice_has_a_drop_down_and_every_column_an_explanation(books, dataset):
    book = books[f"{dataset.zh}_2018"]
    head = [cell.value for cell in book.worksheets[0][1]]
    lists = book.worksheets[0].data_validations.dataValidation
    offered = {str(one.sqref).split("3:")[0]: one.formula1 for one in lists}
    guide = {
        row[0].value: row[3].value for row in book[GUIDE_SHEET].iter_rows(min_row=2, max_col=4)
    }
    for number, column in enumerate(dataset.columns, start=1):
        letter = book.worksheets[0].cell(1, number).column_letter
        assert head[number - 1].startswith(column.zh)
        assert guide[column.zh]
        assert column.explain in guide[column.zh]
        if column.type != "choice":
            continue
        options = [cell.value for cell in book[OPTIONS_SHEET][letter] if cell.value]
        assert options == [
            forms[0] for word, forms in column.choices.items() if word != "demonstration"
        ]
        assert offered[letter] == f"{OPTIONS_SHEET}!${letter}$1:${letter}${len(options)}"


@pytest.mark.parametrize("dataset", TEMPLATES, ids=lambda one: one.id)
def test_every_required_number_has_an_example(dataset):
    needed = [one for one in dataset.columns if one.is_required]
    assert [
        one.name for one in needed if one.type in {"number", "quantity"} and not one.example
    ] == []


@pytest.mark.parametrize(
    ("dataset", "column", "said"),
    [
        ("water_monthly", "nh3n_mg_l", ("0.025L", "-1")),
        ("waste_flows", "due_t", ("应处置量", "可收集量")),
        ("water_sections", "background_items", ("顿号",)),
        ("surveys", "design_effect", ("方差", "简单随机抽样写 1")),
    ],
)
def test_what_people_ask_about_is_explained(dataset, column, said):
    (found,) = [one for one in CATALOGUE.datasets[dataset].columns if one.name == column]
    assert all(one in found.explain for one in said)


def test_sections_are_those_of_the_list_that_was_sent(project):
    pair = Pair("wuxi", 2018)
    paths = {path.stem: path for path in write_templates(project, pair, CATALOGUE)}
    listed = paths["地表水断面清单_2018"]
    book = openpyxl.load_workbook(listed)
    for code, name in (("JS01", "张桥"), ("JS02", "湖心"), ("JS03", None)):
        book.worksheets[0].append([code, name, "望虞河", None, "河流", "国考", "Ⅲ"])
    book.save(listed)
    monthly = paths["地表水断面月监测_2018"]
    monthly.unlink()
    write_templates(project, pair, CATALOGUE)
    options = openpyxl.load_workbook(monthly)[OPTIONS_SHEET]
    assert [cell.value for cell in options["A"] if cell.value] == ["张桥", "湖心", "JS03"]
