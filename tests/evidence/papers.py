"""Papers put into the folders of a year and written into its register, as people do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.evidence import EvidenceState
from ecoreport.evidence.examine import register_path
from ecoreport.evidence.ledger import Paper, kept_ledger
from ecoreport.evidence.make import Made, make_ledger
from ecoreport.evidence.register import COLUMNS
from ecoreport.project import Pair, Project

WHOLE = {
    "number": "HL-001",
    "title": "海陵区生态文明建设规划",
    "document_number": "泰海政发〔2016〕1号",
    "issuer": "区政府",
    "date": "2016年3月",
    "pages": "1-120",
    "form": "复印件",
}
"""All that a registration has to say, but the file."""


@dataclass
class Bureau:
    """One district's papers of one year."""

    project: Project
    catalogue: Catalogue
    year: int = 2016

    @property
    def pair(self) -> Pair:
        return Pair("hailing", self.year)

    @property
    def folder(self) -> Path:
        return self.project.evidence(self.pair)

    @property
    def register(self) -> Path:
        return register_path(self.project, self.pair)

    def run(self, *years: int) -> Made:
        return make_ledger(self.project, self.catalogue, "hailing", years or [self.year])

    def indicator(self, number: int) -> Path:
        """Return the folder of an indicator."""
        return next(self.folder.glob(f"*/{number:02d} *"))

    def put(self, name: str, number: int = 1, content: bytes = b"paper") -> Path:
        path = self.indicator(number) / name
        path.write_bytes(content)
        return path

    def write(self, code: str, **said: str) -> int:
        """Fill the row of a paper in the register; return its number."""
        book = load_workbook(self.register)
        sheet = book.worksheets[0]
        column = {name: number for number, name in enumerate(COLUMNS, start=1)}
        row = next(
            number
            for number in range(2, sheet.max_row + 1)
            if str(sheet.cell(number, 1).value).startswith(f"{code} ")
        )
        for name, text in said.items():
            cell = sheet.cell(row, column[name])
            cell.value, cell.data_type = text, "s"
        book.save(self.register)
        return row

    def papers(self) -> tuple[Paper, ...]:
        ledger = kept_ledger(self.project, self.pair)
        assert ledger is not None
        return ledger.papers

    def state(self, code: str) -> EvidenceState:
        (found,) = (one.state for one in self.papers() if one.code == code)
        return found

    def everything(self) -> dict[str, str]:
        """Return the hash of every file of the year, links by what they say."""
        return {
            str(path): str(path.readlink())
            if path.is_symlink()
            else hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.folder.rglob("*")
            if path.is_symlink() or path.is_file()
        }
