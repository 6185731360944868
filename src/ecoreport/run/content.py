"""Leave only content in an executed notebook, so that the same inputs give the same bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

RUN_METADATA = ("start_time", "end_time", "duration", "input_path", "output_path")
# A kernel names the code of a cell after its own process: /tmp/ipykernel_4711/1449325287.py
CELL_FILE = re.compile(r"[^\s\"'<]*[/\\]ipykernel_\d+[/\\](\d+\.py)")
MADE_BY_PAPERMILL = ("injected-parameters", "papermill-error-cell-tag")


def strip_times(notebook: NotebookNode) -> NotebookNode:
    """Remove times, paths and process numbers of the run; keep sources, outputs and parameters.

    Stream outputs that follow each other are joined: where a kernel cuts them depends on the
    clock.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; changed in place.

    Returns
    -------
    NotebookNode
        The same notebook.
    """
    _forget(notebook.metadata.get("papermill", {}))
    for number, cell in enumerate(notebook.cells):
        _forget(cell.metadata.get("papermill", {}))
        cell.metadata.pop("execution", None)
        if any(tag in MADE_BY_PAPERMILL for tag in cell.metadata.get("tags", [])):
            cell["id"] = f"papermill-{number}"
        if "outputs" in cell:
            cell.outputs = _joined(cell.outputs)
            for output in cell.outputs:
                _name_cells(output)
    return notebook


def _forget(metadata: dict[str, Any]) -> None:
    for key in RUN_METADATA:
        metadata.pop(key, None)


def _joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    joined: list[NotebookNode] = []
    for output in outputs:
        previous = joined[-1] if joined else None
        if (
            previous is not None
            and output.output_type == previous.output_type == "stream"
            and output.name == previous.name
        ):
            previous.text += output.text
        else:
            joined.append(output)
    return joined


def _name_cells(output: NotebookNode) -> None:
    if output.output_type == "stream":
        output.text = CELL_FILE.sub(r"\1", output.text)
    elif output.output_type == "error":
        output.traceback = [CELL_FILE.sub(r"\1", line) for line in output.traceback]
