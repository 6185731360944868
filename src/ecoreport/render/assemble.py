"""Pages and downloads to a version folder, and the switch to it in one step."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

from pydantic import AfterValidator

from ecoreport.config.models import Strict
from ecoreport.errors import EcoReportError, reason_of
from ecoreport.i18n import _
from ecoreport.render.site import Site, report_title
from ecoreport.render.style import environment

VERSIONS = "versions"
MANIFEST = "manifest.json"
OPENING = "index.html"
RUN = "run.json"
ASIDE = ".writing-"
KEPT_VERSIONS = 2


def _inside(name: str) -> str:
    """Return a file's name if it stays within the version, on any system."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or name == MANIFEST or set(name) & set('\\:*?"<>|'):
        raise EcoReportError(_("报告文件名无效：{name}").format(name=name[:80]))
    return name


class Manifest(Strict):
    """``manifest.json``: what a version holds and whether it may leave the house. No times."""

    district: str
    """Id of the district."""
    year: int
    as_of: dt.date | None = None
    """Last day of data, where that is not the end of the year."""
    locale: str
    title: str
    is_draft: bool
    rests_on_demonstration: bool
    internal_datasets: tuple[str, ...] = ()
    """Names of the internal datasets that it tells of."""
    is_public: bool = False
    """Whether no internal data was read, and no mark of 临界 was made."""
    is_verified: bool
    files: dict[Annotated[str, AfterValidator(_inside)], str]
    """SHA-256 of each file by its path within the version, forward slashes."""

    def to_bytes(self) -> bytes:
        """Return the file's content; the same manifest gives the same bytes."""
        # Not where it is false: manifests that were issued before there was such a line stay.
        unsaid = set() if self.is_public else {"is_public"}
        told = self.model_dump(mode="json", exclude=unsaid)
        text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
        return (text + "\n").encode()

    @property
    def key(self) -> tuple[str, int, dt.date | None, str]:
        """What it is a version of: two reports of one key replace each other."""
        return self.district, self.year, self.as_of, self.locale

    @property
    def digest(self) -> str:
        """SHA-256 of the manifest, and so of all that the version holds."""
        return sha256(self.to_bytes())

    @property
    def version(self) -> str:
        """Name of the version's folder: the first sixteen digits of :attr:`digest`."""
        return self.digest[:16]


def assemble(
    folder: Path,
    files: Mapping[str, bytes],
    site: Site,
    district: str,
    *,
    is_verified: bool,
    is_public: bool = False,
) -> Path:
    """Write a version of a report and lead the report's index to it.

    Parameters
    ----------
    folder : Path
        ``reports/<district>/<year>``; made where it is missing.
    files : mapping of str to bytes
        Pages and downloads by their path within the version, e.g. ``data/air.csv``.
    site : Site
        What the pages share.
    district : str
        Id of the district.
    is_verified : bool
        Whether ``verify`` found no fault in these very files.
    is_public : bool
        Whether it is the edition that may leave the house.

    Returns
    -------
    Path
        The version's folder.

    Raises
    ------
    EcoReportError
        If a name leads out of the version, or something cannot be written. What stood before
        still opens.
    """
    manifest = Manifest(
        district=district,
        year=site.year,
        as_of=site.as_of,
        locale=site.locale,
        title=report_title(site),
        is_draft=site.is_draft,
        rests_on_demonstration=site.rests_on_demonstration,
        internal_datasets=site.internal_datasets,
        is_public=is_public,
        is_verified=is_verified,
        files={name: sha256(content) for name, content in sorted(files.items())},
    )
    try:
        version = put_version(folder, {**files, MANIFEST: manifest.to_bytes()}, manifest)
        lead_to(folder, manifest, language_tag=site.language_tag)
        prune(folder, manifest.version)
    except OSError as error:
        raise EcoReportError(
            _(
                "无法写入报告文件夹 {folder}：{reason}。"
                "请检查磁盘空间、权限，以及文件是否正被其他程序打开。"
            ).format(folder=folder, reason=reason_of(error))
        ) from error
    return version


def put_version(folder: Path, files: Mapping[str, bytes], manifest: Manifest) -> Path:
    """Write a version aside and give it its name; one that is there is mended, not replaced."""
    version = folder / VERSIONS / manifest.version
    if version.is_dir():
        _mend(version, files)
        os.utime(version)
        return version
    put_folder(version, files.items())
    return version


def put_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files into a new folder, which has its name only once it is whole."""
    aside = folder.with_name(f"{ASIDE}{os.getpid()}")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        for name, content in files:
            path = aside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        aside.rename(folder)
    finally:
        # A disk that is full gets its room back.
        shutil.rmtree(aside, ignore_errors=True)


def lead_to(folder: Path, manifest: Manifest, *, language_tag: str) -> None:
    """Replace the report's index, in one step, by a page that leads to a version."""
    page = (
        environment()
        .get_template("opening.html.j2")
        .render(
            address=f"{VERSIONS}/{manifest.version}/index.html",
            title=manifest.title,
            language_tag=language_tag,
        )
    )
    write_whole(folder / OPENING, (page + "\n").encode())


def write_run(folder: Path, run: Mapping[str, Any]) -> None:
    """Write times, memory and log of the last run beside the index."""
    text = json.dumps(dict(run), ensure_ascii=False, indent=1, default=str)
    write_whole(folder / RUN, (text + "\n").encode())


def write_whole(path: Path, content: bytes, mode: int | None = None) -> None:
    """Write a file so that at any moment the old or the new one is there, never half of one.

    Parameters
    ----------
    mode : int or None
        Who may read it, whatever the umask.
    """
    aside = path.with_name(f"{ASIDE}{os.getpid()}-{path.name}")
    try:
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            aside.chmod(mode)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def prune(folder: Path, current: str, kept: int = KEPT_VERSIONS) -> None:
    """Remove what killed runs left of a report, and all but its last versions."""
    prune_folders(folder / VERSIONS, current, kept)
    for file in folder.glob(f"{ASIDE}*"):
        file.unlink(missing_ok=True)


def prune_folders(place: Path, current: str, kept: int) -> None:
    """Remove what killed runs left, and all folders but `current` and the last ones before it.

    What cannot be removed, because somebody reads it, is left to the next run.
    """
    entries = [entry for entry in place.iterdir() if entry.name != current]
    leftovers = [entry for entry in entries if entry.name.startswith(ASIDE)]
    older = sorted(
        (entry for entry in entries if entry not in leftovers),
        key=lambda entry: entry.stat().st_mtime_ns,
        reverse=True,
    )
    for entry in [*leftovers, *older[kept - 1 :]]:
        shutil.rmtree(entry, ignore_errors=True)


def sha256(content: bytes) -> str:
    """Return the digest as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _mend(version: Path, files: Mapping[str, bytes]) -> None:
    """Bring a version's files back to what its name says, each in one step."""
    for name, content in files.items():
        path = version / name
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)
