"""What came of a district-year, in the store: written once, whole, and never as two things."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from pydantic import TypeAdapter, ValidationError

from ecoreport.cluster.part import Part
from ecoreport.cluster.place import ASIDE, Place
from ecoreport.errors import EcoReportError
from ecoreport.i18n import _

JSON = ".json"
ATTEMPTS = "attempts"
DAY_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Record:
    """That a report was made; the last thing to be written."""

    version: str
    """SHA-256 of the report's manifest, and so of all that it shows."""
    files: str
    """Digest of the part that holds its files."""
    said: str
    """What people have to be told."""
    seconds: float
    n_bytes: int


def outcome_name(digest: str) -> str:
    """Return the name that the files of an outcome have in the store."""
    return f"outcomes/{digest[:2]}/{digest}.zip"


def put_files(place: Place, digest: str, content: bytes) -> None:
    """Put files into the store; what is there already is the same."""
    name = outcome_name(digest)
    if not place.has(name):
        place.put(name, content)


def read_files(place: Place, digest: str) -> Part:
    """Return the files of an outcome.

    Raises
    ------
    EcoReportError, OSError
    """
    return Part(place.read(outcome_name(digest)), digest)


def published(place: Place, key: str) -> Record | None:
    """Return what was made for a job, by whichever worker, or None.

    A report whose files were deleted has to be made again.

    Raises
    ------
    EcoReportError
        If two workers made different reports of the same, or what was written is damaged.
    """
    names = _records(place, key)
    if len(names) > 1:
        raise _contradicted(key)
    if not names:
        return None
    name = f"{_folder(key)}/{names[0]}"
    try:
        record = TypeAdapter(Record).validate_json(place.read(name), strict=True)
    except ValidationError as error:
        raise _damaged(name) from error
    if names[0] != f"{record.version}{JSON}":
        raise _damaged(name)
    return record if place.has(outcome_name(record.files)) else None


def publish(place: Place, key: str, record: Record) -> None:
    """Say that a report was made. Again the same is harmless; another one is refused.

    The name of a record is its content, so that of two that came at the same moment both are
    seen, by both writers and by whoever reads.

    Raises
    ------
    EcoReportError
        If another worker made a different report of the same.
    """
    name = f"{record.version}{JSON}"
    if before := _records(place, key):
        if before != [name]:
            raise _contradicted(key)
        return
    place.put(f"{_folder(key)}/{name}", json.dumps(asdict(record), ensure_ascii=False).encode())
    if _records(place, key) != [name]:
        raise _contradicted(key)


@contextmanager
def attempt(place: Place, batch: str, key: str) -> Iterator[int]:
    """Leave a mark in the store while a job is worked on; a worker that dies leaves it there.

    Yields
    ------
    int
        How many workers of this batch have died of the job so far.
    """
    folder = f"{attempts_of(batch)}/{key}"
    n_before = len(place.names(folder))
    mark = f"{folder}/{uuid.uuid4().hex}"
    place.put(mark, b"")
    try:
        yield n_before
    finally:
        place.remove(mark)


def attempts_of(batch: str) -> str:
    """Return the folder of a batch's marks; of no use once it has ended."""
    return f"{ATTEMPTS}/{batch}"


def clear_rubbish(place: Place) -> None:
    """Remove what was left in the store by those that were killed more than a day ago.

    Raises
    ------
    OSError
    """
    for folder in (ATTEMPTS, ASIDE):
        place.remove_older(folder, DAY_SECONDS)


def _folder(key: str) -> str:
    return f"results/{key}"


def _records(place: Place, key: str) -> list[str]:
    return [name for name in place.names(_folder(key)) if name.endswith(JSON)]


def _damaged(name: str) -> EcoReportError:
    return EcoReportError(_("存储中的 {name} 已损坏，请删除后重新运行。").format(name=name))


def _contradicted(key: str) -> EcoReportError:
    return EcoReportError(
        _(
            "两台工作机器对同一份报告给出了不同的内容，两份都不采用。"
            "请核对各机器的软件，删除存储中的 {folder} 后重新运行。"
        ).format(folder=_folder(key))
    )
