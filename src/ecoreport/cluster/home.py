"""What came of a district-year, brought from the store into the project."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from ecoreport.assessment import Assessment, assessment_path
from ecoreport.cluster.part import Part
from ecoreport.errors import EcoReportError
from ecoreport.i18n import _
from ecoreport.locks import exclusive
from ecoreport.produce import Product, Wish
from ecoreport.project import Project
from ecoreport.render.assemble import (
    MANIFEST,
    OPENING,
    RUN,
    VERSIONS,
    Manifest,
    lead_to,
    prune,
    put_version,
    sha256,
    write_run,
)
from ecoreport.render.site import LANGUAGE_TAGS
from ecoreport.store import write_aside

FROM_WORKER = "from-worker"
"""Folder of what a failed run left, beside what the standing report was made from."""


def bring_home(project: Project, wish: Wish, part: Part, about: Mapping[str, Any]) -> Product:
    """Make what a worker made the report that opens, as a run on this machine does.

    Parameters
    ----------
    about : mapping
        Where and how it was made; ``run.json`` keeps it.

    Returns
    -------
    Product

    Raises
    ------
    BusyError
        If a run on this machine works on the same district and year.
    EcoReportError, OSError
        What stood before still opens.
    """
    folder = project.report(wish.pair, wish.locale, wish.as_of)
    below = f"{project.relative(folder)}/"
    versions = f"{below}{VERSIONS}/"
    manifest = _manifest(part, versions)
    version = f"{versions}{manifest.version}/"
    files = {name: part.read(version + name) for name in manifest.files}
    if manifest.key != (wish.pair.district, wish.pair.year, wish.as_of, wish.locale) or any(
        sha256(files[name]) != digest for name, digest in manifest.files.items()
    ):
        raise _strange()
    run, assessment = _run(part, below + RUN), _assessment(project, wish, part)
    computed = [name for name in part.listing if not name.startswith(below)]
    with exclusive(project, wish.pair):
        _keep(project, wish, part, computed)
        put = put_version(folder, {**files, MANIFEST: manifest.to_bytes()}, manifest)
        lead_to(folder, manifest, language_tag=LANGUAGE_TAGS[wish.locale])
        prune(folder, manifest.version)
        write_run(folder, {**run, "elsewhere": about})
    return Product(folder / OPENING, put, assessment)


def bring_remains(project: Project, wish: Wish, part: Part) -> None:
    """Bring home what a failed run left for people, beside what stands.

    Raises
    ------
    EcoReportError, OSError
    """
    processed = project.processed(wish.pair)
    below = f"{project.relative(processed)}/"
    shutil.rmtree(processed / FROM_WORKER, ignore_errors=True)
    for name in part.listing:
        if not name.startswith(below):
            raise _strange()
        path = processed / FROM_WORKER / name.removeprefix(below)
        _put(path, part.read(name))


def remains_in(project: Project, wish: Wish, said: str) -> str:
    """Return a worker's words with the places where its files stand now."""
    below = f"{project.relative(project.processed(wish.pair))}/"
    return said.replace(below, f"{below}{FROM_WORKER}/")


def _manifest(part: Part, versions: str) -> Manifest:
    found = [
        name
        for name in part.listing
        if name.startswith(versions) and PurePosixPath(name).name == MANIFEST
    ]
    try:
        (name,) = found
        content = part.read(name)
        manifest = Manifest.model_validate_json(content)
    except ValueError as error:
        raise _strange() from error
    if name != f"{versions}{manifest.version}/{MANIFEST}" or manifest.to_bytes() != content:
        raise _strange()
    return manifest


def _run(part: Part, name: str) -> dict[str, Any]:
    try:
        return dict(json.loads(part.read(name)))
    except (ValueError, TypeError) as error:
        raise _strange() from error


def _assessment(project: Project, wish: Wish, part: Part) -> Assessment:
    name = project.relative(assessment_path(project, wish.pair, wish.as_of))
    try:
        return Assessment.model_validate(json.loads(part.read(name)))
    except ValueError as error:
        raise _strange() from error


def _keep(project: Project, wish: Wish, part: Part, names: Iterable[str]) -> None:
    """Put what a report was made from in the place of what stood, its assessment last."""
    path = assessment_path(project, wish.pair, wish.as_of)
    below = f"{project.relative(project.processed(wish.pair))}/"
    # A kill from here on leaves no assessment beside frames that it was not made with.
    path.unlink(missing_ok=True)
    shutil.rmtree(path.parent / "compared", ignore_errors=True)
    shutil.rmtree(path.parent / "executed" / wish.locale, ignore_errors=True)
    for stale in path.parent.glob("*.parquet"):
        stale.unlink()
    for name in sorted(names, key=lambda one: project.root / one == path):
        if not name.startswith(below):
            raise _strange()
        _put(project.root / name, part.read(name))


def _put(path: Path, content: bytes) -> None:
    # What was computed is not worth waiting for the disk, here as in a run on this machine.
    write_aside(path, lambda aside: aside.write_bytes(content))


def _strange() -> EcoReportError:
    return EcoReportError(
        _("存储中的结果不是所要的报告，未采用。请删除存储中的 results 后重新运行。")
    )
