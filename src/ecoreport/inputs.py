"""What a report is made from: the years that it reads, and a hash of all that people put there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from ecoreport.assess import required_pairs
from ecoreport.code import digest_of
from ecoreport.comparison.districts import areas_between, compared_districts
from ecoreport.config.catalogue import Catalogue
from ecoreport.config.load import load_sound
from ecoreport.errors import ParameterError
from ecoreport.ingest.find import FoundFile, find_files
from ecoreport.opened import files_below, unnoticed
from ecoreport.project import Pair, Project


def pairs_read(project: Project, catalogue: Catalogue, pair: Pair) -> list[Pair]:
    """Return the pairs that a report of `pair` reads, `pair` first.

    These are what judging the district itself needs, and so far as there are files: the years
    before it, for trends and for what was done in the term of a plan; the districts whose values
    are judged with its own; those below it and beside it, for comparison. All with the same years.
    """
    needed = required_pairs(pair, catalogue.commitments_for(pair.district))
    own = {other for other in needed if other.district == pair.district}
    begun = [plan.first_year - 1 for plan in catalogue.plans_binding(pair.district)]
    first = min([pair.year - catalogue.report.history_years, *begun])
    years = {other.year for other in needed} | set(range(first, pair.year))
    places = {other.district for other in needed} | set(_neighbours(catalogue, pair.district))
    places -= catalogue.at_fault.keys()
    wanted = {Pair(place, year) for place in places for year in years}
    with_files = {
        other
        for other in wanted
        if project.raw(other).is_dir() or project.demonstration(other).is_dir()
    }
    return sorted(own | with_files, key=lambda other: (other != pair, other))


def _neighbours(catalogue: Catalogue, district: str) -> list[str]:
    """Return the districts below a district, and those that its report sets beside it."""
    compared = compared_districts(catalogue, district)
    found = [*catalogue.areas_of(district), *compared, *areas_between(catalogue, compared)]
    return [one.id for one in found]


def sound_catalogue(project: Project, pair: Pair) -> Catalogue:
    """Return all parameters; what is wrong with districts that `pair` does not need may be.

    Raises
    ------
    ParameterError
        If what `pair` needs is wrong.
    """
    catalogue = load_sound(project)
    if why := fault_of(catalogue, pair):
        raise ParameterError(why)
    return catalogue


def fault_of(catalogue: Catalogue, pair: Pair) -> str:
    """Return what is wrong with the files of a district whose values are judged; else nothing.

    A report goes without a neighbour that it would only compare with.
    """
    above = [one.id for one in catalogue.lineage(pair.district)]
    needed = required_pairs(pair, catalogue.commitments_for(pair.district))
    places = dict.fromkeys([*above, *sorted(one.district for one in needed)])
    return next((catalogue.at_fault[name] for name in places if name in catalogue.at_fault), "")


def faults_beside(catalogue: Catalogue, district: str) -> list[str]:
    """Return what is wrong with the neighbours that a report goes without, each once."""
    beside = dict.fromkeys(_neighbours(catalogue, district))
    found = (catalogue.at_fault[name] for name in beside if name in catalogue.at_fault)
    return list(dict.fromkeys(found))


def fingerprint(project: Project, catalogue: Catalogue, pair: Pair) -> str:
    """Return a SHA-256 of parameters, expectations and tables, as a report of `pair` reads them."""
    pairs = pairs_read(project, catalogue, pair)
    found = settings(project) | tables(project, catalogue, pairs)
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def tables(project: Project, catalogue: Catalogue, pairs: Iterable[Pair]) -> dict[str, str]:
    """Return the SHA-256 of the tables of districts and years, by path below the project.

    Files that ingest leaves alone do not count: a workbook may be open in Excel.
    """
    datasets = list(catalogue.datasets.values())
    with unnoticed():
        return {
            found.file: digest_of(found.path)
            for other in pairs
            for folder in (project.raw(other), project.demonstration(other))
            for found in find_files(folder, project.root, datasets)
            if _counts(found)
        }


def settings(project: Project) -> dict[str, str]:
    """Return the SHA-256 of each file of parameters and expectations."""
    return files_below(project.root, project.params) | files_below(
        project.root, project.expectations
    )


def _counts(found: FoundFile) -> bool:
    """Whether a file is read, or is a table that people are told about since nothing takes it."""
    return bool(found.dataset) or (found.is_table and not found.datasets and found.path.is_file())
