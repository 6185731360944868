"""Only what was verified leaves the house, and it arrives whole."""

import datetime as dt
import os
import stat
from pathlib import Path

import pytest
import report_sample as sample

from ecoreport.current import current_manifest
from ecoreport.errors import InputError
from ecoreport.project import Project
from ecoreport.publish import publish
from ecoreport.render.assemble import assemble

FILES = {"index.html": b"<p>1</p>", "data/air.csv": b"a,b\n"}


def report(folder: Path, *, is_verified: bool = True, **changes: object) -> Path:
    site = sample.site(**({"rests_on_demonstration": False} | changes))
    assemble(folder, FILES, site, "hailing", is_verified=is_verified)
    return folder


def version_of(folder: Path) -> Path:
    return folder / "versions" / current_manifest(folder).version


def test_a_verified_report_arrives_whole_and_readable(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        index = publish(report(tmp_path / "report"), tmp_path / "web/hailing")
    finally:
        os.umask(before)

    version = version_of(tmp_path / "web/hailing")
    assert index.read_bytes() == (tmp_path / "report/index.html").read_bytes()
    assert (version / "data/air.csv").read_bytes() == FILES["data/air.csv"]
    if os.name == "posix":
        modes = {
            stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "web/hailing").rglob("*")
        }
        assert modes == {0o755, 0o644}


def test_publishing_again_keeps_the_edition_before(tmp_path: Path) -> None:
    folder, target = tmp_path / "report", tmp_path / "web"
    publish(report(folder), target)
    first = version_of(target)
    publish(report(folder, plans=(), locale="zh", district="海陵"), target)

    assert version_of(target) != first
    assert first.is_dir()


def test_a_publication_that_was_cut_off_is_taken_up_again(tmp_path: Path) -> None:
    target = tmp_path / "web"
    (target / "versions/.writing-1/data").mkdir(parents=True)

    publish(report(tmp_path / "report"), target)

    assert [path.name for path in (target / "versions").iterdir()] == [version_of(target).name]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"is_draft": True}, "草稿"),
        ({"rests_on_demonstration": True}, "演示数据"),
        ({"is_verified": False}, "核验"),
    ],
)
def test_what_is_unfit_stays(tmp_path: Path, changes: dict[str, bool], words: str) -> None:
    with pytest.raises(InputError, match=words):
        publish(report(tmp_path / "report", **changes), tmp_path / "web")

    assert not (tmp_path / "web").exists()


def test_what_was_changed_after_verification_stays(tmp_path: Path) -> None:
    folder = report(tmp_path / "report")
    (version_of(folder) / "data/air.csv").write_bytes(b"better,values\n")

    with pytest.raises(InputError, match=r"data/air\.csv"):
        publish(folder, tmp_path / "web")

    assert not (tmp_path / "web").exists()


def test_a_manifest_changed_by_hand_is_refused(tmp_path: Path) -> None:
    folder = report(tmp_path / "report", is_verified=False)
    manifest = version_of(folder) / "manifest.json"
    manifest.write_text(manifest.read_text().replace('_verified": false', '_verified": true'))

    with pytest.raises(InputError, match="清单"):
        publish(folder, tmp_path / "web")


def test_a_link_in_the_report_is_not_followed(tmp_path: Path) -> None:
    folder = report(tmp_path / "report")
    page = version_of(folder) / "index.html"
    (tmp_path / "elsewhere").write_bytes(page.read_bytes())
    page.unlink()
    page.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(InputError, match=r"index\.html"):
        publish(folder, tmp_path / "web")


def test_no_report_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="make report"):
        publish(tmp_path, tmp_path / "web")


def test_the_project_is_no_place_to_publish(tmp_path: Path) -> None:
    inside = tmp_path / "link"
    inside.symlink_to(Project.here().root)

    with pytest.raises(InputError, match="本项目"):
        publish(report(tmp_path / "report"), inside / "reports/web")


def test_other_peoples_folders_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web/index.html").write_text("the bureau's home page")
    with pytest.raises(InputError, match="其他内容"):
        publish(report(tmp_path / "report"), tmp_path / "web")
    others = [{"year": 2017}, {"as_of": dt.date(2018, 9, 30)}, {"locale": "en"}]
    for number, other in enumerate(others):
        target = tmp_path / f"published-{number}"
        publish(report(tmp_path / f"other-{number}", **other), target)
        with pytest.raises(InputError, match="其他内容"):
            publish(report(tmp_path / "report"), target)
        publish(report(tmp_path / f"other-{number}", **other), target)

    assert (tmp_path / "web/index.html").read_text() == "the bureau's home page"


def test_versions_that_lead_elsewhere_are_refused(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "web/versions").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(InputError, match="链接"):
        publish(report(tmp_path / "report"), tmp_path / "web")
