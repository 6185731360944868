"""Many reports at once: one that fails stops no other, and nothing is done twice."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
from pathlib import Path

import pytest
import whole_runs
from whole_runs import Run, assert_told, ecoreport, start

from ecoreport.current import current_manifest

ROOT = Path(__file__).parents[1]
PAIR = {"DISTRICT": "hailing", "YEAR": "2018"}
MORE_THAN_ALL = """\
序号,指标名称,报告期,完成值,计量单位,统计口径,依据文件,文号,责任单位,填报人,审核人
12,森林覆盖率,2016年,123.4,%,全区,林业年报,海林〔2017〕3号,区农委,张三,李四
"""
APPROVED = {
    "title": "另一版",
    "content_sha256": "0" * 64,
    "compiled_by": "张三",
    "checked_by": "李四",
    "released_by": "王五",
    "approved_at": "2019-03-01T09:00:00Z",
}
UNCHANGED = "没有变化，报告仍是最新的"


def redone(run: Run) -> dict[str, str]:
    """What a run did again, and why, as ``WHY=1`` prints it."""
    return dict(re.findall(r"^重做 (.+?)：(.+)$", run.said, re.MULTILINE))


def version(root: Path, year: int = 2018) -> str:
    return current_manifest(root / "reports" / "hailing" / str(year)).version


def chapters_of(done: dict[str, str]) -> set[str]:
    return {name.rpartition(" ")[2] for name in done if name.startswith("章节")}


def test_a_report_that_would_come_out_the_same_is_not_made_again(project_of_hailing: Path) -> None:
    root, before = project_of_hailing, version(project_of_hailing)
    # The copy stands at another place and is of another time: neither is content.
    for path in root.rglob("*"):
        if path.is_file():
            os.utime(path, (1_500_000_000, 1_500_000_000))
    run = whole_runs.report(root, WHY="1")
    assert_told(run, 0, UNCHANGED, "reports/hailing/2018/index.html")
    assert redone(run) == {}

    template = root / "templates" / "report" / "report.css"
    template.write_text(template.read_text("utf-8") + "/* */\n", "utf-8")
    run = whole_runs.report(root, WHY="1")
    assert_told(run, 0)
    assert chapters_of(redone(run)) == set()
    assert len([name for name in redone(run) if name.startswith("页面")]) == 11
    assert all("templates/report/report.css" in why for why in redone(run).values())
    assert version(root) != before


def test_one_number_redoes_what_shows_it_and_nothing_else(project_of_hailing: Path) -> None:
    root = project_of_hailing
    folder = root / "data" / "demonstration" / "hailing" / "2018"
    (hours,) = folder.glob("*小时值*1206A*.csv")
    text = hours.read_text("utf-8")
    (line,) = re.findall(r"^1206A,2018-05-17,12,.+$", text, re.MULTILINE)
    place, day, hour, pm25, *others = line.split(",")
    changed = ",".join([place, day, hour, f"{int(pm25) + 1}", *others])
    hours.write_text(text.replace(line, changed), "utf-8")
    run = whole_runs.report(root, WHY="1")

    assert_told(run, 0)
    done = redone(run)
    assert hours.name in run.said
    assert [name for name in done if name.startswith("观测")] == ["观测 hailing/2018"]
    assert [name for name in done if name.startswith("校验")] == ["校验 hailing/2018 air_hourly"]
    assert "air" in chapters_of(done)
    untouched = {"noise", "soil", "waste", "greening", "institutional", "resources", "water"}
    assert not untouched & chapters_of(done)
    record = json.loads((root / "reports/hailing/2018/run.json").read_text("utf-8"))
    reused = {one["notebook"] for one in record["notebooks"] if one["is_reused"]}
    assert {f"{name}.ipynb" for name in untouched} <= reused


def test_the_look_of_charts_redoes_all_that_is_drawn(small_hailing: Path) -> None:
    look = small_hailing / "params" / "appearance" / "charts.yml"
    text = look.read_text("utf-8")
    look.write_text(text + "# The same, said at greater length.\n", "utf-8")
    run = whole_runs.report(small_hailing, WHY="1")
    assert_told(run, 0, "charts.yml")
    assert chapters_of(redone(run)) == {"noise", "overview"}

    look.write_text("ink: [\n", "utf-8")
    assert_told(whole_runs.report(small_hailing), 3, "charts.yml")
    look.write_text(text, "utf-8")
    assert_told(whole_runs.report(small_hailing), 0)


def test_a_chapter_of_files_changed_meanwhile_is_made_again(small_hailing: Path) -> None:
    path = small_hailing / "notebooks" / "noise.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    look = str(small_hailing / "params" / "appearance" / "charts.yml")
    touch = f"from pathlib import Path; Path({look!r}).touch()"
    notebook["cells"].append(
        {
            "cell_type": "code",
            "source": touch,
            "metadata": {},
            "outputs": [],
            "id": "touch",
            "execution_count": None,
        }
    )
    path.write_text(json.dumps(notebook), "utf-8")
    for _time in range(2):
        assert_told(whole_runs.report(small_hailing), 0)
        record = json.loads((whole_runs.folder(small_hailing) / "run.json").read_text("utf-8"))
        reused = {one["notebook"]: one["is_reused"] for one in record["notebooks"]}
        assert not reused["noise.ipynb"]


def test_the_standards_of_water_leave_air_alone(project_of_hailing: Path, tmp_path: Path) -> None:
    package = shutil.copytree(ROOT / "src" / "ecoreport", tmp_path / "src" / "ecoreport")
    given = {"PYTHONPATH": str(package.parent), "WHY": "1"}
    # The same code at another place.
    assert_told(whole_runs.report(project_of_hailing, **given), 0, UNCHANGED)
    module = package / "standards" / "water" / "grades.py"
    module.write_text(module.read_text("utf-8") + "\n# Another line.\n", "utf-8")
    run = whole_runs.report(project_of_hailing, **given)

    assert_told(run, 0, "ecoreport.standards.water.grades")
    assert "观测 hailing/2018" in redone(run)
    assert not {"air", "overview"} & chapters_of(redone(run))


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_deleted_comes_back(small_hailing: Path, seed: int) -> None:
    root, before = small_hailing, version(small_hailing)
    chance = random.Random(seed)  # noqa: S311 - which files, no secret
    files = [
        path
        for name in ("data/processed", "reports")
        for path in sorted((root / name).rglob("*"))
        if path.is_file() and ".locks" not in path.parts
    ]
    for path in chance.sample(files, chance.randint(1, len(files))):
        path.unlink()
    shutil.rmtree(root / chance.choice(["reports", "data/processed", "nothing"]), True)

    assert_told(whole_runs.report(root), 0)
    assert version(root) == before
    assert_told(whole_runs.report(root), 0, UNCHANGED)
    assert_told(ecoreport(root, "verify", **PAIR), 0, "核对通过")


def test_one_fails_the_others_are_made_and_what_failed_is_resumed(small_hailing: Path) -> None:
    root = small_hailing
    raw = root / "data" / "raw" / "hailing" / "2016"
    raw.mkdir(parents=True)
    (raw / "生态文明指标上报值.csv").write_text(MORE_THAN_ALL, "utf-8")
    approval = root / "data" / "issued" / "hailing" / "2017" / "approval.json"
    approval.parent.mkdir(parents=True)
    approval.write_text(json.dumps(APPROVED), "utf-8")
    run = ecoreport(root, "reports", DISTRICTS="hailing", YEARS="2016-2019")

    assert_told(run, 1, "数据未通过校验", "hailing/2019 跳过：没有数据", "失败 1 份：hailing/2016")
    assert_told(run, 1, "完成 2 份，跳过 1 份", "签发已失效")
    known = json.loads((root / "reports" / "run.json").read_text("utf-8"))
    states = {pair: one["state"] for pair, one in known["reports"].items() if one["state"]}
    assert states == {
        "hailing/2016": "failed",
        "hailing/2017": "made",
        "hailing/2018": "made",
        "hailing/2019": "skipped",
    }
    steps = {one["step"]: one for one in known["reports"]["hailing/2017"]["steps"]}
    assert {"observe", "judge", "noise", "bind"} <= set(steps)
    assert all(one["wall_seconds"] > 0 and one["peak_memory_mib"] > 10 for one in steps.values())
    before = version(root, 2017)

    shutil.rmtree(raw)
    run = ecoreport(root, "reports", RESUME="1")
    assert_told(run, 0, "2016 已生成", "失败 0 份")
    assert version(root, 2017) != before  # It is compared with 2016 again.


def test_parameters_of_one_district_at_fault_stop_no_other(small_hailing: Path) -> None:
    root = small_hailing
    settings = root / "params" / "districts" / "wuxi" / "2018.yml"
    settings.write_text("district: wuxi\nyear: 二〇一八\n", "utf-8")
    run = ecoreport(root, "reports", DISTRICTS="wuxi,hailing", YEARS="2018")
    assert_told(run, 1, "params/districts/wuxi/2018.yml:2", "失败 1 份：wuxi/2018")
    assert_told(run, 1, "hailing/2018")
    assert_told(ecoreport(root, "report", DISTRICT="wuxi", YEAR="2018"), 2, "2018.yml:2")
    assert_told(whole_runs.report(root), 0)


@pytest.mark.skipif(os.name != "posix", reason="no SIGKILL on this system")
def test_after_a_kill_what_was_made_stays_and_the_rest_is_made(small_hailing: Path) -> None:
    root = small_hailing
    batch = start(root, "reports", DISTRICTS="hailing", YEARS="2018,2017,2016")
    assert batch.stdout is not None
    for line in batch.stdout:
        if "已生成" in line:
            break
    batch.send_signal(signal.SIGKILL)
    batch.communicate(timeout=whole_runs.LONGEST_RUN_SECONDS)
    known = json.loads((root / "reports" / "run.json").read_text("utf-8"))
    done = [pair for pair, one in known["reports"].items() if one["state"]]
    assert "seconds" not in known
    assert len(done) < 3

    run = ecoreport(root, "reports", RESUME="1")
    assert_told(run, 0, "失败 0 份")
    for pair in done:
        assert f"{pair} 跳过：没有变化" in run.said
    for year in (2016, 2017, 2018):
        assert version(root, year)
    assert_told(ecoreport(root, "reports", RESUME="1"), 2, "没有要续做的")
