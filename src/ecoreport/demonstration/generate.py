"""Generate the demonstration files of a district's years; the same files each time."""

from __future__ import annotations

from collections.abc import Iterable

from ecoreport.demonstration.air_files import air_files
from ecoreport.demonstration.departmental import departmental_files
from ecoreport.demonstration.seeds import SEED
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.project import Pair, Project


def generate(project: Project, pair: Pair, seed: str = SEED) -> dict[str, bytes]:
    """Return the demonstration files of one district and year.

    Parameters
    ----------
    project : Project
        Whose ``params/demonstration`` says what to generate.
    pair : Pair
    seed : str
        With the district, the year and the dataset it decides every random choice, so that a
        change in one dataset leaves the others alone.

    Returns
    -------
    dict of str to bytes
        File name to content.

    Raises
    ------
    InputError
        If the tables know no such district and year.
    """
    files = air_files(project, pair, seed) | departmental_files(project, pair, seed)
    if not files:
        raise InputError(
            _(
                "params/demonstration 中没有 {district} {year} 年的文件，无法生成演示数据；"
                "请在 air_files.csv 和 departmental_files.csv 中补充。"
            ).format(district=pair.district, year=pair.year)
        )
    return files


def write_demonstration(
    project: Project, district: str, years: Iterable[int], seed: str = SEED
) -> list[str]:
    """Write the demonstration files of some years; files of other names are left alone.

    Returns
    -------
    list of str
        Paths written, relative to the project.
    """
    pairs = [project.pair(district, year) for year in years]
    contents = {pair: generate(project, pair, seed) for pair in pairs}
    written = []
    for pair, files in contents.items():
        folder = project.demonstration(pair)
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            aside = folder / f".{name}.part"
            aside.write_bytes(content)
            aside.replace(folder / name)
            written.append(project.relative(folder / name))
    return written
