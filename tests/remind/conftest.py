from pathlib import Path

import openpyxl
import pytest

from ecoreport.config.load import load_catalogue
from ecoreport.ingest.gather import ingest
from ecoreport.project import Pair, Project
from ecoreport.remind import write_workbook

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def catalogue():
    return load_catalogue(Project(ROOT))


@pytest.fixture
def project(tmp_path):
    """An empty project with the parameters of this one."""
    for name in ("params", "expectations", "templates", "notebooks"):
        (tmp_path / name).symlink_to(ROOT / name)
    return Project(tmp_path.resolve())


class Workbook:
    """A workbook of one month as a person has it before them."""

    def __init__(self, path):
        self.path = path
        self.book = openpyxl.load_workbook(path)

    def row(self, commitment):
        """Return sheet and row of a commitment."""
        return next(
            (sheet, cell.row)
            for sheet in self.book.worksheets[:-1]
            for cell in sheet["B"][2:]
            if cell.value == commitment
        )

    def fill(self, commitment, **cells):
        """Type into the cells of a row, by header."""
        sheet, row = self.row(commitment)
        heads = {cell.value: cell.column for cell in sheet[2]}
        for head, content in cells.items():
            sheet.cell(row, heads[head]).value = content
        return sheet, row

    def save(self, path=None):
        self.book.save(path or self.path)
        return path or self.path


@pytest.fixture
def templates(project, catalogue):
    """Write and open the workbook of a month."""

    def written(period="2018-06", district="hailing", known=None):
        pair = Pair(district, int(period[:4]))
        return Workbook(write_workbook(project, pair, catalogue, period, known))

    return written


@pytest.fixture
def read(project, catalogue):
    """Read what came back: the frame of progress (or None) and the problems."""

    def reading(district="hailing", year=2018):
        ingested = ingest(project, Pair(district, year), catalogue)
        return ingested.frames.get("progress"), ingested.problems

    return reading
