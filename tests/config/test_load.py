"""Every mistake in a parameter file is named with its file and line."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from ecoreport.config.load import load_catalogue, load_sound
from ecoreport.errors import ParameterError
from ecoreport.inputs import fault_of, faults_beside, pairs_read
from ecoreport.project import Pair, Project
from ecoreport.wishes import districts_of

Edit = Callable[[str, str, str], int]
Complaints = Callable[[], list[str]]

DISTRICT = "districts/hailing/district.yml"
YEAR = "districts/hailing/2018.yml"
PLAN = "plans/hailing/plan.yml"
COMMITMENTS = "plans/hailing/commitments.csv"
CONTRADICTIONS = "plans/hailing/contradictions.csv"
PATH = "plans/suzhou-263/path.csv"


MISTAKES = [
    # wrong keys
    (DISTRICT, "aliases:", "aliasses:", "aliasses: 没有名为 'aliasses' 的项，是否应为 aliases？"),
    (
        DISTRICT,
        "name_en: Lianhua",
        "name_eng: Lianhua",
        "stations.1.name_eng: 没有名为 'name_eng' 的项，是否应为 name_en？",
    ),
    # wrong values
    (
        DISTRICT,
        'adcode: "321202"',
        "adcode: 321202",
        "adcode: 应为文字（数字形式的编码要加引号），收到 321202",
    ),
    (DISTRICT, "level: district", "level: ward", "level: 应为 'province', 'city', 'district', "),
    (
        DISTRICT,
        "latitude: 32.4611",
        "latitude: north",
        "stations.1.latitude: 应为数字，收到 'north'",
    ),
    (PLAN, "issued: 2018-04-09", "issued: 2018-04-31", "issued: 应为日期，如 2018-12-31，收到 "),
    (YEAR, "year: 2018", "year: 2017", "year: 应与文件夹或文件名相同（2018），收到 '2017'"),
    ("report.yml", "attention_max: 7", "attention_max: 0", "attention_max: 应不小于 1，收到 0"),
    ("verdicts.csv", "#1B6B3A", "green", "列 colour：格式应为 ^#[0-9A-F]{6}$，收到 'green'"),
    (COMMITMENTS, "level,>=,18,%", "level,>=,≥18,%", "列 value：应为数字，收到 '≥18'"),
    (COMMITMENTS, "level,>=,18,%", "level,,18,%", "kind 为 level 的行要有 operator 和 value"),
    (
        COMMITMENTS,
        "level,>=,18,%",
        "level,>=,18,‰",
        "列 unit：'‰' 与指标 greening.forest_cover 的单位 '%'",
    ),
    # wrong references
    (
        DISTRICT,
        "parent: taizhou",
        "parent: taizou",
        "parent: 没有名为 'taizou' 的项，是否应为 taizhou？",
    ),
    (DISTRICT, "  - hailing", "  - hailin", "plans.0: 没有名为 'hailin' 的项，是否应为 hailing？"),
    ("report.yml", "  - water.good_share", "  - water.best", "headline.3: 没有名为 'water.best' "),
    (
        COMMITMENTS,
        "waste.straw_use_rate,",
        "waste.straw_use,",
        "列 indicator：没有名为 'waste.straw_use'",
    ),
    (
        COMMITMENTS,
        "soil.contaminated_site_supervision,hailing,",
        "soil.contaminated_site_supervision,hailin,",
        "列 scope：",
    ),
    (
        COMMITMENTS,
        "hailing/24,,,hailing-agriculture,秸秆",
        "hailing/42,,,hailing-agriculture,秸秆",
        "列 part_of：没有名为 'hailing/42'",
    ),
    (
        COMMITMENTS,
        "hailing-audit",
        "hailing-audi",
        "列 responsible：没有名为 'hailing-audi' 的项，是否应为 hailing-audit？",
    ),
    (
        CONTRADICTIONS,
        "target-08,hailing/08",
        "target-08,hailing/80",
        "列 commitments：没有名为 'hailing/80'",
    ),
    (
        "indicators.csv",
        "秸秆可收集量,全区,reported_value,,reported,",
        "秸秆可收集量,全区,reported_value,,reportd,",
        "列 dataset：没有名为 'reportd'",
    ),
    (
        "datasets/air_hourly.yml",
        "stands_in_for: air_daily",
        "stands_in_for: air_dayly",
        "stands_in_for: 没有名为 'air_dayly' 的项，是否应为 air_daily？",
    ),
    (
        "plausible.csv",
        "air.voc_emission_cut,",
        "air.voc_emission_cuts,",
        "没有名为 'air.voc_emission_cuts' 的项",
    ),
    (
        "plausible_parts.csv",
        "greening.forest_cover,greening.tree_cover,",
        "greening.forest_cover,greening.tree_covers,",
        "没有名为 'greening.tree_covers' 的项",
    ),
    (
        "yearly_falls.csv",
        ",resources.water_per_gdp_cut,",
        ",resources.water_per_gdp_cuts,",
        "没有名为 'resources.water_per_gdp_cuts' 的项",
    ),
    ("plausible.csv", "cut,,,-50,100", "cut,,,100,-50", "usual 的下限和上限"),
    ("maturities.csv", "real_time,", "realtime,", "没有名为 'realtime' 的项，是否应为 real_time？"),
    (
        PATH,
        "suzhou-263/water/livestock-farm-treatment",
        "suzhou-263/water/livestock-farm-treatmen",
        "列 commitment：没有名为 'suzhou-263/water/livestock-farm-treatmen' 的项",
    ),
    (PATH, "60,%", "60,家", "单位 家 与承诺的单位 % 不同"),
    # twice
    (DISTRICT, "code: 1207A", "code: 1206A", "监测点 1206A 重复"),
]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_file_and_line(
    edit: Edit, complaints: Complaints, mistake: tuple[str, str, str, str]
) -> None:
    file, old, new, message = mistake
    line = edit(file, old, new)
    found = complaints()
    assert any(one.startswith(f"params/{file}:{line} {message}") for one in found), found


def test_one_mistake_is_one_complaint(edit: Edit, complaints: Complaints) -> None:
    """Nothing complains that hailing does not exist because a key of it is misspelt."""
    edit(DISTRICT, "aliases:", "aliasses:")
    assert len(complaints()) == 1


def test_all_mistakes_are_shown_together(edit: Edit, complaints: Complaints) -> None:
    edit(DISTRICT, "aliases:", "aliasses:")
    edit(COMMITMENTS, "hailing-audit", "hailing-audi")
    edit("report.yml", "attention_max: 7", "attention_max: many")
    assert [line.partition(":")[0] for line in complaints()] == [
        f"params/{file}" for file in (DISTRICT, COMMITMENTS, "report.yml")
    ]


def test_the_second_of_two_equal_ids_is_named_with_the_first(
    project: Project, complaints: Complaints
) -> None:
    path = project.params / "departments.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[3].replace("财政", "某某")]) + "\n", encoding="utf-8")
    assert complaints() == [
        f"params/departments.csv:{len(lines) + 1} id hailing-finance 重复，"
        "首次见 params/departments.csv:4"
    ]


def test_a_column_that_is_misspelt_is_named_once(edit: Edit, complaints: Complaints) -> None:
    edit("departments.csv", "aliases,", "alias,")
    assert complaints() == [
        "params/departments.csv:1 没有名为 'alias' 的项，是否应为 aliases？",
    ]


@pytest.mark.parametrize(
    ("addition", "line", "message"),
    [
        ("x: !!python/object/apply:os.system [id]", 1, "不是有效的 YAML"),
        ("x: &a [1]\ny: *a", 2, "不能使用别名"),
        ("x: " + "[" * 500 + "]" * 500, 1, "不能使用别名"),
        ("attention_max: 8", 1, "键 'attention_max' 重复"),
        ("x: [", 2, "不是有效的 YAML"),
    ],
)
def test_yaml_does_no_more_than_hold_values(
    project: Project, complaints: Complaints, addition: str, line: int, message: str
) -> None:
    path = project.params / "report.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}{addition}\n", encoding="utf-8")
    start = f"params/report.yml:{text.count(chr(10)) + line} {message}"
    assert any(one.startswith(start) for one in complaints())


def test_a_file_that_nothing_reads_is_named(project: Project, complaints: Complaints) -> None:
    (project.params / YEAR).rename(project.params / "districts/hailing/2018.yaml")
    assert complaints() == ["params/districts/hailing/2018.yaml:1 文件名不对，没有程序会读它"]


def test_a_missing_file_is_named(project: Project, complaints: Complaints) -> None:
    (project.params / CONTRADICTIONS).unlink()
    assert complaints() == [f"params/{CONTRADICTIONS}:1 文件不存在或无法读取"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_saved_by_a_spreadsheet_reads_the_same(project: Project, encoding: str) -> None:
    """GB18030, CRLF, dates as 2018/12/31, blank rows and trailing commas change nothing."""
    before = load_catalogue(project).plans["hailing"].commitments
    path = project.params / COMMITMENTS
    text = path.read_text(encoding="utf-8-sig").replace("2018-12-31", "2018/12/31")
    head = text.partition("\n")[0]
    path.write_bytes((text + "," * head.count(",") + "\n").replace("\n", "\r\n").encode(encoding))
    assert load_catalogue(project).plans["hailing"].commitments == before


def test_a_target_of_another_unit_is_refused(edit: Edit, complaints: Complaints) -> None:
    line = edit(
        YEAR,
        "assigned_targets: []",
        "assigned_targets:\n"
        "  - commitment: hailing/21/total\n"
        "    value: 100.5\n"
        "    unit: 吨标煤\n"
        "    document: 某函\n"
        "    date: 2018-03-01",
    )
    assert complaints() == [f"params/{YEAR}:{line + 3} 单位 吨标煤 与承诺的单位 万吨标煤 不同"]


def test_values_of_a_year_are_exact(edit: Edit, project: Project) -> None:
    edit(
        YEAR,
        "assigned_targets: []",
        "assigned_targets:\n"
        "  - {commitment: hailing/21/total, value: 100.1, unit: 万吨标煤,"
        " document: 某函, date: 2018-03-01}",
    )
    target = load_catalogue(project).district_year(Pair("hailing", 2018)).assigned_targets[0]
    assert target.value == Decimal("100.1")


def test_interim_values_belong_to_their_commitment(project: Project) -> None:
    plan = load_catalogue(project).plans["suzhou-263"]
    treated, other = (
        next(one for one in plan.commitments if one.id.endswith(name))
        for name in ("/livestock-farm-treatment", "/new-sewers")
    )
    assert [(point.year, point.value) for point in plan.path_of(treated)] == [(2017, Decimal(60))]
    assert plan.path_of(other) == ()


def test_a_year_without_a_file_holds_nothing(project: Project) -> None:
    year = load_catalogue(project).district_year(Pair("hailing", 2030))
    assert (year.year, year.assigned_targets, year.dust_exclusions) == (2030, (), ())


def test_districts_that_need_nothing_of_one_at_fault_go_on_without_it(
    project: Project, edit: Edit
) -> None:
    whole = load_sound(project)
    assert whole == load_catalogue(project)
    line = edit(YEAR, "year: 2018", "year: 二〇一八")
    found = load_sound(project)
    with pytest.raises(ParameterError) as strict:
        load_catalogue(project)
    assert found.at_fault == {"hailing": str(strict.value)}
    assert f"params/{YEAR}:{line}" in found.at_fault["hailing"]
    assert fault_of(found, Pair("hailing", 2018)) == found.at_fault["hailing"]
    for other in ("wuxi", "gaogang"):
        assert fault_of(found, Pair(other, 2018)) == ""
        read = pairs_read(Project.here(), found, Pair(other, 2018))
        assert "hailing" not in {one.district for one in read}
    assert faults_beside(found, "gaogang") == [found.at_fault["hailing"]]
    assert faults_beside(found, "wuxi") == []
    of_neighbour = pairs_read(Project.here(), whole, Pair("gaogang", 2018))
    assert "hailing" in {one.district for one in of_neighbour}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("report.yml", "attention_max: 7", "attention_max: 0"),
        (PLAN, "issued: 2018", "issued: 18"),
        ("districts/binhu/district.yml", "id: binhu", "id: ["),
    ],
)
def test_what_is_no_districts_own_stops_all(
    project: Project, edit: Edit, file: str, old: str, new: str
) -> None:
    edit(file, old, new)
    edit(YEAR, "year: 2018", "year: 2017")
    with pytest.raises(ParameterError) as stopped:
        load_sound(project)
    assert f"params/{file}" in str(stopped.value)
    assert f"params/{YEAR}" in str(stopped.value)


def test_a_folder_that_is_no_district_yet_hurts_nobody(project: Project) -> None:
    folder = project.params / "districts" / "newtown"
    folder.mkdir()
    (folder / "2018.yml").write_text("district: newtown\nyear: 2018\n", "utf-8")
    found = load_sound(project)
    assert found.at_fault.keys() == {"newtown"}
    assert "newtown" not in districts_of("all", found)
    assert fault_of(found, Pair("hailing", 2018)) == ""
