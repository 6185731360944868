"""What travels to workers and back: by content, whole, once."""

from __future__ import annotations

import os
import resource
import shutil
import stat
import time
from pathlib import Path

import pytest
import whole_runs

from ecoreport.cluster import bench
from ecoreport.cluster.bench import fetched, lay_out
from ecoreport.cluster.bundle import MACHINERY, Machinery, Packer, part_name
from ecoreport.cluster.outcome import (
    ATTEMPTS,
    DAY_SECONDS,
    Record,
    attempt,
    clear_rubbish,
    outcome_name,
    publish,
    published,
    put_files,
)
from ecoreport.cluster.part import Entry, Part, digest_of_listing, packed
from ecoreport.cluster.place import ASIDE, Place
from ecoreport.config.load import load_catalogue
from ecoreport.errors import EcoReportError, InputError
from ecoreport.evidence.examine import fingerprint
from ecoreport.evidence.required import evidence_plan
from ecoreport.papers import paper_digests
from ecoreport.project import Project
from ecoreport.render.assemble import sha256

KEY = "0123"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with tables, papers, links, and a file that must not be stored."""
    root = whole_runs.make_project(tmp_path / "project")
    raw = root / "data" / "raw" / "hailing" / "2018"
    (raw / "附件").mkdir(parents=True)
    (raw / "附件" / "说明.pdf").write_bytes(b"private")
    (raw / "外面.xlsx").symlink_to("/etc/hostname")
    (raw / "里面").symlink_to("附件")
    papers = root / "data" / "raw" / "hailing" / "evidence" / "2018"
    papers.mkdir(parents=True)
    (papers / "批复.pdf").write_bytes(b"secret" * 100)
    (papers / "外年.pdf").symlink_to("../2017.pdf")
    (papers.parent / "2017.pdf").write_bytes(b"of another year")
    return Project(root)


def travelled(project: Project, place: Place, root: Path, district: str = "hailing") -> Packer:
    """Lay out on a bench what a report needs."""
    packer = Packer(project, load_catalogue(project), place)
    pair = project.pair(district, 2018)
    parts, _n_bytes = fetched(place, packer.parts(pair, f"{pair}"), root.parent / "parts")
    lay_out(parts, root)
    return packer


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def test_a_store_holds_what_was_put_into_it(store: str) -> None:
    place = Place(store)
    assert not place.has("parts/a.zip")
    assert place.names("parts") == []
    place.put("parts/a.zip", b"1")
    place.put("parts/a.zip", b"12")
    place.put("parts/deeper/b.zip", b"")
    assert place.read("parts/a.zip") == b"12"
    assert place.names("parts") == ["a.zip"]
    place.remove("parts/deeper")
    place.remove("parts/deeper")
    assert not place.has("parts/deeper/b.zip")
    with pytest.raises(OSError, match=r"."):
        place.read("parts/deeper/b.zip")


@pytest.mark.parametrize("url", ["", "ftp://a/b", "s3://", "s3://key@bucket", "file://host/x"])
def test_other_stores_are_refused(url: str) -> None:
    with pytest.raises(InputError, match="STORE"):
        Place(url)


def test_a_bench_is_the_project_without_its_papers(
    project: Project, tmp_path: Path, store: str
) -> None:
    root = tmp_path / "bench"
    place = Place(store)
    packer = travelled(project, place, root)
    there, here = files(root), files(project.root)
    papers = {name for name in here if name.endswith(".pdf")}
    marks = {
        name
        for name in there
        if name.endswith((".kept.import.json", "papers.json", "papers-digests.json"))
    }
    of_others = {
        name for name in here if name.startswith("data/demonstration/") and "/hailing/" not in name
    } | {name for name in here if name.endswith(("papers.json", "papers-digests.json"))}
    assert there.keys() - marks - {MACHINERY} == here.keys() - of_others
    assert all(there[name] == here[name] for name in there.keys() - marks - {MACHINERY} - papers)
    assert {sha256(there[name]) for name in papers}.isdisjoint(
        sha256(here[name]) for name in papers
    )
    paper = "data/raw/hailing/evidence/2018/批复.pdf"
    assert (root / paper).stat().st_size == 600
    catalogue, pair = load_catalogue(project), project.pair("hailing", 2018)
    plan = evidence_plan(catalogue, "hailing")
    assert fingerprint(Project(root), pair, plan) == fingerprint(project, pair, plan)
    raw = root / "data" / "raw" / "hailing" / "2018"
    assert (raw / "外面.xlsx").is_symlink()
    assert not (raw / "外面.xlsx").exists()
    assert (raw / "里面").is_dir()
    assert packer.n_bytes_sent > 0

    # Nothing that did not change is sent again; what was there of another pair goes away.
    (root / "params" / "stale.csv").write_text("")
    computed = root / "data" / "processed" / "hailing" / "2018" / "air.parquet"
    computed.parent.mkdir(parents=True)
    computed.write_bytes(b"kept")
    (root / "data" / "processed" / "linjiang" / "2018").mkdir(parents=True)
    assert travelled(project, place, root).n_bytes_sent == 0
    assert files(root).keys() - there.keys() == {"data/processed/hailing/2018/air.parquet"}
    assert not (root / "data" / "processed" / "linjiang").exists()
    travelled(project, place, root, "linjiang")
    assert not computed.exists()
    assert not (root / "data" / "demonstration").exists()


def test_a_date_that_was_touched_sends_nothing_and_another_content_does(
    project: Project, tmp_path: Path
) -> None:
    place, root = Place(str(tmp_path / "store")), tmp_path / "bench"
    before = parts_of(project, place)
    travelled(project, place, root)
    raw = project.root / "data" / "raw" / "hailing"
    paper = raw / "evidence" / "2018" / "批复.pdf"
    for path in (raw / "2018" / "附件" / "说明.pdf", paper, raw / "evidence" / "2017.pdf"):
        os.utime(path, (1, 1))
    assert parts_of(project, place) == before

    # Of the same length: a bench that has the other one tells the two apart.
    paper.write_bytes(b"SECRET" * 100)
    assert len(set(parts_of(project, place)) - set(before)) == 1
    travelled(project, place, root)
    assert paper_digests(Project(root), "hailing") == paper_digests(project, "hailing")


def parts_of(project: Project, place: Place) -> tuple[str, ...]:
    """Return what a new batch sends."""
    packer = Packer(project, load_catalogue(project), place)
    return packer.parts(project.pair("hailing", 2018), "hailing/2018")


def test_what_must_not_be_stored_here_does_not_leave(project: Project, tmp_path: Path) -> None:
    catalogue = load_catalogue(project)
    name = next(
        one.template_name(2018)
        for one in catalogue.datasets.values()
        if one.secrecy.value == "forbidden"
    )
    (project.root / "data" / "raw" / "hailing" / "2018" / name).write_bytes(b"x")
    place = Place(str(tmp_path / "store"))
    with pytest.raises(InputError, match="不得存入"):
        Packer(project, catalogue, place).parts(project.pair("hailing", 2018), "hailing/2018")


def test_other_software_is_named(project: Project) -> None:
    here = Machinery.here(project)
    other = Machinery("0", {**here.packages, "pandas": "0.1"})
    assert here.differing(here) == []
    assert here.differing(other)[0] == "ecoreport"
    assert "pandas" in here.differing(other)


def test_a_damaged_part_is_refused() -> None:
    listing = {"params/a.csv": Entry(sha256(b"1"), 1)}
    digest = digest_of_listing(listing)
    whole = packed(listing, lambda _name: b"1")
    assert Part(whole, digest).read("params/a.csv") == b"1"
    other = packed({"params/a.csv": Entry(sha256(b"2"), 1)}, lambda _name: b"2")
    for content in (other, whole[:-40], b""):
        with pytest.raises(EcoReportError, match="已损坏"):
            Part(content, digest)
    outside = {"../x": Entry(sha256(b"1"), 1)}
    with pytest.raises(EcoReportError, match="已损坏"):
        Part(packed(outside, lambda _name: b"1"), digest_of_listing(outside))
    with pytest.raises(EcoReportError, match="被改动"):
        packed(listing, lambda _name: b"2")


def test_of_a_spoilt_part_nothing_is_read_that_is_not_its_own() -> None:
    listing = {"params/a.csv": Entry(sha256(b"1"), 1)}
    digest, whole = digest_of_listing(listing), packed(listing, lambda _name: b"1")
    n_refused = 0
    for at in range(len(whole)):
        for bits in (0x01, 0x08, 0xFF):
            spoilt = bytearray(whole)
            spoilt[at] ^= bits
            try:
                assert Part(bytes(spoilt), digest).read("params/a.csv") == b"1"
            except EcoReportError:
                n_refused += 1
    assert n_refused > len(whole)
    with pytest.raises(EcoReportError, match="已损坏"):
        Part(whole, digest).read("reports/run.json")


def test_a_result_is_written_once(store: str) -> None:
    place = Place(store)
    assert published(place, KEY) is None
    first = Record("aa", "files", "报告", 1.0, 10)
    put_files(place, "files", b"")
    publish(place, KEY, first)
    publish(place, KEY, Record("aa", "files of another run", "报告", 2.0, 10))
    assert published(place, KEY) == first
    with pytest.raises(EcoReportError, match="不同的内容"):
        publish(place, KEY, Record("bb", "files", "报告", 1.0, 10))
    assert published(place, KEY) == first
    # Two that were written at the same moment.
    place.put(f"results/{KEY}/bb.json", place.read(f"results/{KEY}/aa.json"))
    with pytest.raises(EcoReportError, match=f"results/{KEY}"):
        published(place, KEY)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"version": "aa"}',
        b'{"version": "aa", "files": null, "said": "", "seconds": 1, "n_bytes": 1}',
        b'{"version": "bb", "files": "files", "said": "", "seconds": 1, "n_bytes": 1}',
    ],
)
def test_a_damaged_result_is_named(tmp_path: Path, content: bytes) -> None:
    place = Place(str(tmp_path / "store"))
    put_files(place, "files", b"")
    place.put(f"results/{KEY}/aa.json", content)
    with pytest.raises(EcoReportError, match=rf"results/{KEY}/aa\.json 已损坏"):
        published(place, KEY)


def test_a_result_whose_files_were_deleted_is_made_again(tmp_path: Path) -> None:
    place = Place(str(tmp_path / "store"))
    record = Record("aa", "files", "报告", 1.0, 10)
    put_files(place, "files", b"")
    publish(place, KEY, record)
    place.remove(outcome_name("files"))
    assert published(place, KEY) is None
    put_files(place, "files", b"")
    publish(place, KEY, record)
    assert published(place, KEY) == record


def test_a_worker_that_died_of_a_job_is_counted(store: str) -> None:
    place = Place(store)
    with attempt(place, "batch", KEY) as n_died:
        assert n_died == 0
    place.put(f"attempts/batch/{KEY}/left-behind", b"")
    with attempt(place, "batch", KEY) as n_died:
        assert n_died == 1
    with attempt(place, "another", KEY) as n_died:
        assert n_died == 0


def test_a_store_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    blocked = tmp_path / "store"
    blocked.write_bytes(b"a file")
    with pytest.raises(OSError, match=r"."):
        Place(str(blocked)).put("parts/a.zip", b"")


def test_parts_in_the_store_can_be_read_by_others(project: Project, tmp_path: Path) -> None:
    place = Place(str(tmp_path / "store"))
    packer = Packer(project, load_catalogue(project), place)
    (first, *_others) = packer.parts(project.pair("hailing", 2018), "hailing/2018")
    mode = (tmp_path / "store" / part_name(first)).stat().st_mode
    assert mode & stat.S_IRUSR
    shutil.rmtree(tmp_path / "store")
    # A batch knows what it has sent; a new one looks.
    assert (
        Packer(project, load_catalogue(project), place).parts(
            project.pair("hailing", 2018), "hailing/2018"
        )[0]
        == first
    )
    assert (tmp_path / "store" / part_name(first)).exists()


def test_what_killed_batches_left_is_removed_after_a_day(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    place = Place(str(folder))
    for batch in ("killed", "going on"):
        place.put(f"{ATTEMPTS}/{batch}/{KEY}/mark", b"")
    for name in ("killed", "going on"):
        (folder / ASIDE / name).write_bytes(b"half of a")
    long_ago = time.time() - DAY_SECONDS - 60
    of_killed = [path for path in folder.rglob("*") if "killed" in path.parts]
    for path in sorted(of_killed, reverse=True):
        os.utime(path, (long_ago, long_ago))
    clear_rubbish(place)
    assert [path.name for path in (folder / ATTEMPTS).iterdir()] == ["going on"]
    assert [path.name for path in (folder / ASIDE).iterdir()] == ["going on"]
    assert place.names(f"{ATTEMPTS}/going on/{KEY}") == ["mark"]


def test_what_is_old_is_removed_from_stores_of_each_kind(store: str) -> None:
    place = Place(store)
    place.remove_older(ATTEMPTS, DAY_SECONDS)
    mark = f"{ATTEMPTS}/batch/{KEY}/mark"
    place.put(mark, b"1")
    place.remove_older(ATTEMPTS, DAY_SECONDS)
    assert place.has(mark)
    place.remove_older(ATTEMPTS, -DAY_SECONDS)
    assert not place.has(mark)


def test_a_write_that_fails_keeps_no_part_of_a_file(tmp_path: Path) -> None:
    place = Place(str(tmp_path / "store"))
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, most[1]))
    try:
        with pytest.raises(OSError, match=r"."):
            place.put("parts/a.zip", b"1" * 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
    assert not [path for path in (tmp_path / "store").rglob("*") if path.is_file()]


def test_a_worker_keeps_of_parts_what_it_used_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, cache = Place(str(tmp_path / "store")), tmp_path / "parts"
    listings = [{f"params/{n}.csv": Entry(sha256(b"1"), 1)} for n in range(4)]
    digests = [digest_of_listing(one) for one in listings]
    contents = [packed(one, lambda _name: b"1") for one in listings]
    for digest, content in zip(digests, contents, strict=True):
        place.put(part_name(digest), content)
    monkeypatch.setattr(bench, "CACHE_BYTES", 2 * len(contents[0]))
    kept = [cache / f"{one}.zip" for one in digests]
    for n in (0, 1):
        assert fetched(place, digests[n : n + 1], cache)[1] == len(contents[n])
        os.utime(kept[n], (n, n))
    assert fetched(place, digests[:1], cache)[1] == 0
    fetched(place, digests[2:3], cache)
    assert [path.exists() for path in kept] == [True, False, True, False]
    # All that a job needs stays, however much that is.
    assert len(fetched(place, digests, cache)[0]) == 4
    assert fetched(place, digests, cache)[1] == 0
    # What this machine's disk has spoilt is fetched again.
    kept[3].write_bytes(b"")
    assert fetched(place, digests, cache)[1] == len(contents[3])
