"""Steps after execution, as the pool loads them by name."""

import sys
from typing import Any

from nbformat import NotebookNode

from ecoreport.errors import InputError
from ecoreport.run import NotebookJob


def count_outputs(notebook: NotebookNode, job: NotebookJob) -> dict[str, Any]:
    return {
        "outputs": sum(len(cell.get("outputs", [])) for cell in notebook.cells),
        "page": job.options["page"],
        "is_in_place": job.output.exists(),
        "is_preloaded": "seaborn" in sys.modules,
    }


def refuse(notebook: NotebookNode, job: NotebookJob) -> None:  # noqa: ARG001
    raise InputError("模板 report.html 不存在")
