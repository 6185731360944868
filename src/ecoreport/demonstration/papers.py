"""Invent the papers behind a figure; their names and numbers say that they are invented."""

from __future__ import annotations

from ecoreport.demonstration.workbook import Row


def document(title: str, number: int, year: int) -> Row:
    """Return the document of a row and its number."""
    return {
        "document": f"演示文件《{title}情况说明》",
        "document_number": f"演示〔{year}〕{number}号",
    }


def evidence_file(name: str) -> Row:
    """Return the name of a file of evidence; none lies anywhere."""
    return {"evidence_file": f"演示材料/{name}.pdf"}
