"""Which files of a folder belong to which dataset, and why the others are left alone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ecoreport.code import digest_of
from ecoreport.config.files import datasets_taking
from ecoreport.config.layouts import Dataset
from ecoreport.config.vocabulary import Secrecy
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.ingest.files import OTHER_TABLE_SUFFIXES, TABLE_SUFFIXES
from ecoreport.visible import is_plain, spelt_name


@dataclass(frozen=True)
class FoundFile:
    """A file below the folder of a district and year.

    Attributes
    ----------
    file : str
        Relative to the project.
    datasets : tuple of str
        Datasets whose patterns its name matches; the first one takes it.
    ignored_because : str
        Why nothing is read from it; empty where it is read.
    """

    path: Path
    file: str
    datasets: tuple[str, ...] = ()
    ignored_because: str = ""

    @property
    def dataset(self) -> str:
        """The dataset that takes the file, or ``""``."""
        return self.datasets[0] if self.datasets and not self.ignored_because else ""

    @property
    def is_table(self) -> bool:
        """Whether its name ends as a table's."""
        return self.path.suffix.lower() in TABLE_SUFFIXES | OTHER_TABLE_SUFFIXES

    def sha256(self) -> str:
        """Return the hash of its content."""
        return digest_of(self.path)


RECORD_SUFFIX = ".import.json"
"""Of what an import notes beside its table."""


def find_files(folder: Path, root: Path, datasets: Iterable[Dataset]) -> list[FoundFile]:
    """List the files below `folder`, sorted by path.

    Parameters
    ----------
    folder : pathlib.Path
        May be absent.
    root : pathlib.Path
        The project's root.
    datasets : iterable of Dataset
    """
    known = list(datasets)
    return [_found(path, folder, root, known) for path in sorted(walk(folder))]


def refuse_forbidden(files: Iterable[FoundFile], datasets: Mapping[str, Dataset]) -> None:
    """Stop where a file's name says that it must not be stored here, whatever the file is.

    Raises
    ------
    InputError
        Naming the files; none of them was opened.
    """
    refused = {
        one.file: datasets[name].zh
        for one in files
        for name in one.datasets
        if datasets[name].secrecy is Secrecy.FORBIDDEN
    }
    if refused:
        raise InputError(
            _(
                "{files} 不得存入本系统。"
                "请立即移出，按保密规定保管；没有打开这些文件，也没有保存任何内容。"
            ).format(
                files=_("、").join(
                    _("文件 {file}（{dataset}）").format(file=file, dataset=name)
                    for file, name in refused.items()
                )
            )
        )


def walk(folder: Path) -> Iterator[Path]:
    """Yield every file below `folder`, which may be absent.

    Raises
    ------
    OSError
        If a folder cannot be read: its files must not be passed over.
    """
    if not folder.is_dir():
        return
    for place, folders, files in os.walk(folder, onerror=_refuse):
        # A link to a folder is named, never entered.
        yield from (Path(place, name) for name in folders if Path(place, name).is_symlink())
        yield from (Path(place, name) for name in files if not name.endswith(RECORD_SUFFIX))


def _refuse(error: OSError) -> None:
    raise error


def _found(path: Path, folder: Path, root: Path, datasets: list[Dataset]) -> FoundFile:
    # Never opened under a name that is spelt: it only says which file is meant.
    file = spelt_name(path.relative_to(root).as_posix())
    taking = datasets_taking(path.name, datasets)
    found = FoundFile(path, file, taking)
    return FoundFile(path, file, taking, _why_ignored(found, folder))


def why_unsafe(path: Path, folder: Path) -> str:
    """Return why a file below `folder` is never opened, or nothing."""
    if not all(map(is_plain, path.relative_to(folder).parts)):
        return _("文件名含有控制字符、乱码或改变书写方向的字符，请改名")
    if path.name.startswith("~$"):
        return _("Excel 打开时的锁定文件")
    if any(part.startswith(".") for part in path.relative_to(folder).parts):
        return _("隐藏文件")
    if path.is_symlink() and not _is_inside(path, folder):
        return _("符号链接指向文件夹之外或不存在")
    if path.is_dir():
        return _("符号链接的文件夹不进入")
    return "" if path.is_file() else _("不是普通文件")


def _why_ignored(found: FoundFile, folder: Path) -> str:
    if why := why_unsafe(found.path, folder):
        return why
    if not found.is_table:
        return _("不是表格")
    return "" if found.datasets else _("文件名不属于任何数据集")


def _is_inside(path: Path, folder: Path) -> bool:
    target = path.resolve()
    return target.exists() and target.is_relative_to(folder.resolve())
