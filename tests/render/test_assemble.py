"""A report is switched whole or not at all."""

import datetime as dt
import hashlib
import json
import os
import sys
from pathlib import Path

import pytest
import report_sample as sample

from ecoreport.current import current_manifest
from ecoreport.errors import EcoReportError
from ecoreport.render.assemble import assemble, write_run

FILES = {"index.html": b"<p>1</p>", "data/air.csv": b"a,b\n", "air.html": b"<p>air</p>"}
FILE_EVENTS = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.utime"}


def put(folder: Path, files: dict[str, bytes]) -> Path:
    return assemble(folder, files, sample.site(), "hailing", is_verified=True)


def opened(folder: Path) -> dict[str, bytes]:
    """Return the files of the version that the index leads to, each checked."""
    manifest = current_manifest(folder)
    version = folder / "versions" / manifest.version
    found = {name: (version / name).read_bytes() for name in manifest.files}
    for name, digest in manifest.files.items():
        assert hashlib.sha256(found[name]).hexdigest() == digest
    return found


def test_the_index_leads_to_the_version(tmp_path: Path) -> None:
    version = put(tmp_path, FILES)

    assert opened(tmp_path) == FILES
    assert f'url=versions/{version.name}/index.html"' in (tmp_path / "index.html").read_text()


def test_the_manifest_holds_content_only(tmp_path: Path) -> None:
    first = put(tmp_path / "a", FILES)
    second = put(tmp_path / "b", dict(reversed(FILES.items())))

    assert first.name == second.name
    manifest = (first / "manifest.json").read_bytes()
    assert manifest == (second / "manifest.json").read_bytes()
    assert json.loads(manifest)["rests_on_demonstration"] is True
    assert (tmp_path / "a/index.html").read_bytes() == (tmp_path / "b/index.html").read_bytes()


def test_a_part_of_a_year_is_told_from_the_year(tmp_path: Path) -> None:
    site = sample.site(as_of=dt.date(2018, 9, 30))
    version = assemble(tmp_path, FILES, site, "hailing", is_verified=True)

    manifest = json.loads((version / "manifest.json").read_bytes())
    assert manifest["as_of"] == "2018-09-30"
    assert manifest["title"] == "海陵区2018年度评估（截至2018-09-30）"
    assert current_manifest(tmp_path).as_of == dt.date(2018, 9, 30)


def test_the_version_before_is_kept_and_older_ones_go(tmp_path: Path) -> None:
    versions = []
    for number in range(4):
        version = put(tmp_path, FILES | {"air.html": b"%d" % number})
        os.utime(version, (number, number))
        versions.append(version.name)

    assert {path.name for path in (tmp_path / "versions").iterdir()} == set(versions[-2:])


def test_a_version_changed_by_hand_is_mended(tmp_path: Path) -> None:
    version = put(tmp_path, FILES)
    (version / "air.html").write_bytes(b"changed")
    (version / "data/air.csv").unlink()

    assert put(tmp_path, FILES) == version
    assert opened(tmp_path) == FILES


@pytest.mark.parametrize(
    "name", ["../index.html", "/etc/x", "C:\\x", "a\\b", "manifest.json", "a:b"]
)
def test_no_file_leads_out_of_the_version(tmp_path: Path, name: str) -> None:
    with pytest.raises(EcoReportError, match="文件名"):
        put(tmp_path / "report", {name: b""})

    assert not (tmp_path / "report").exists()


def test_a_failed_write_is_told_and_the_report_before_opens(tmp_path: Path) -> None:
    put(tmp_path, FILES)
    with pytest.raises(EcoReportError, match="无法写入"):
        put(tmp_path, {"a": b"", "a/b.html": b""})

    assert opened(tmp_path) == FILES


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to be killed in a child")
def test_killed_at_any_moment_a_whole_report_opens(tmp_path: Path) -> None:
    """A child is killed before its first, second, … act on the disk, until it gets through."""
    changed = FILES | {"air.html": b"<p>new</p>"}
    put(tmp_path, FILES | {"air.html": b"older"})
    put(tmp_path, FILES)
    n_acts = 0
    while _put_and_die(tmp_path, changed, after=n_acts) != 0:
        assert opened(tmp_path) in (FILES, changed)
        n_acts += 1

    assert n_acts > len(FILES)
    assert opened(tmp_path) == changed
    assert not list(tmp_path.rglob(".writing-*"))


def _put_and_die(folder: Path, files: dict[str, bytes], after: int) -> int:
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    acts = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal acts
        if event in FILE_EVENTS and str(folder) in str(arguments[0]):
            if acts == after:
                os._exit(1)
            acts += 1

    sys.addaudithook(count)
    put(folder, files)
    os._exit(0)


def test_the_run_is_told_beside_the_report(tmp_path: Path) -> None:
    write_run(tmp_path, {"seconds": 1.5, "folder": tmp_path})

    assert json.loads((tmp_path / "run.json").read_text())["seconds"] == 1.5
