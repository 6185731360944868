"""The papermill engine ``warm``: cells run in this process, outputs are those of a kernel.

Messages are made by ipykernel's own shell and read by nbclient's own client; only the process
and the sockets between the two are left out. One notebook a process: what its cells changed
stays changed.
"""

from __future__ import annotations

import builtins
import getpass
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, Protocol

import traitlets
from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError, UsageError
from jupyter_client.session import Session
from nbclient.util import run_hook, run_sync
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from traitlets.config import Config

ENGINE_NAME = "warm"

Message = dict[str, Any]


class Sender(Protocol):
    """Whatever takes a message of the Jupyter protocol."""

    def send(self, stream: None, msg_or_type: str, content: Message) -> object:
        """Hand over one message."""


class DirectSession(Session):
    """Hands each message over at once, packed and unpacked as on the wire."""

    deliver = traitlets.Callable()

    def send(  # type: ignore[override]
        self,
        stream: None,  # noqa: ARG002
        msg_or_type: str | Message,
        content: Message | None = None,
        parent: Message | None = None,
        ident: bytes | None = None,  # noqa: ARG002
    ) -> Message:
        """Deliver a message, made here if only its type is given."""
        if isinstance(msg_or_type, str):
            message = self.msg(msg_or_type, content, parent)
        else:
            message = msg_or_type
        message["content"] = self.unpack(self.pack(message["content"]))
        self.deliver(message)
        return message


class CapturedStream(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of the cells, sent when flushed as a kernel's are.

    Parameters
    ----------
    session : Sender
    name : {"stdout", "stderr"}
    file : int or None
        Descriptor of the regular file that the process's own descriptor was pointed to: what C
        code and child processes wrote there is sent too.
    """

    encoding = "UTF-8"
    errors = "strict"

    def __init__(self, session: Sender, name: str, file: int | None) -> None:
        self.name = name
        self._session = session
        self._file = file
        self._offset = os.fstat(file).st_size if file is not None else 0
        self._text: list[str] = []

    def writable(self) -> bool:
        """Return True."""
        return True

    def fileno(self) -> int:
        """Return the descriptor that child processes may write to."""
        if self._file is None:
            raise io.UnsupportedOperation("fileno")
        return self._file

    def write(self, text: str) -> int:
        """Keep `text` until the next flush."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._text.append(text)
        return len(text)

    def flush(self) -> None:
        """Send what was written since the last flush."""
        text = self._written_below() + "".join(self._text)
        self._text.clear()
        if text:
            self._session.send(None, "stream", {"name": self.name, "text": text})

    def _written_below(self) -> str:
        if self._file is None:
            return ""
        length = os.fstat(self._file).st_size - self._offset
        raw = os.pread(self._file, length, self._offset) if length > 0 else b""
        self._offset += len(raw)
        return raw.decode("utf-8", errors="replace")


class WarmShell(ZMQInteractiveShell):
    """The kernel's shell without its kernel."""

    def enable_gui(self, gui: str | None = None) -> None:
        """Accept the inline backend; there is no event loop for another."""
        if gui not in (None, "inline"):
            raise UsageError(f"No event loop for {gui!r}")

    def ask_exit(self) -> None:
        """Stop the cell: there is no kernel to stop."""
        raise SystemExit(0)


def _refuse_input(*_prompt: object, **_options: object) -> str:
    raise StdinNotImplementedError(
        "raw_input was called, but this frontend does not support input requests."
    )


def _first_of_installed() -> int:
    """Return where a kernel puts the working folder: behind the standard library."""
    installed = {"site-packages", "dist-packages"}
    places = (at for at, folder in enumerate(sys.path) if Path(folder).name in installed)
    return next(places, 0)


@contextmanager
def open_shell(
    deliver: Callable[[Message], object], is_capturing_descriptors: bool
) -> Iterator[WarmShell]:
    """Give a fresh shell whose outputs go to `deliver`.

    Parameters
    ----------
    deliver : callable
        Takes each message as nbclient would read it.
    is_capturing_descriptors : bool
        Whether descriptors 1 and 2 are regular files to be read for outputs.
    """
    session = DirectSession(deliver=deliver, key=b"")
    stdout = CapturedStream(session, "stdout", 1 if is_capturing_descriptors else None)
    stderr = CapturedStream(session, "stderr", 2 if is_capturing_descriptors else None)
    sys.path.insert(_first_of_installed(), "")
    builtins.input = getpass.getpass = _refuse_input
    with redirect_stdout(stdout), redirect_stderr(stderr):
        shell = WarmShell.instance(
            compiler_class=XCachingCompiler,
            config=Config({"HistoryManager": {"enabled": False}}),
        )
        shell.displayhook.session = session  # type: ignore[attr-defined]
        shell.display_pub.session = session  # type: ignore[attr-defined]
        # Imported before the fork, matplotlib knew no shell: else every figure would be lost.
        shell.enable_matplotlib("inline")  # type: ignore[no-untyped-call]
        yield shell
    WarmShell.clear_instance()


class WarmClient(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client with the shell in the same process."""

    is_capturing_descriptors = traitlets.Bool(False)

    def execute(self) -> NotebookNode:
        """Run all cells; the notebook is changed in place."""
        self.reset_execution_trackers()
        with open_shell(self._receive, self.is_capturing_descriptors) as self._shell:
            self._streams = (sys.stdout, sys.stderr)
            self.papermill_execute_cells()
        notebook: NotebookNode = self.nb
        notebook.metadata["language_info"] = IPythonKernel.language_info
        self.set_widgets_metadata()
        return notebook

    def _receive(self, message: Message) -> None:
        self.process_message(message, self._cell, self._cell_index)

    async def async_execute_cell(
        self, cell: NotebookNode, cell_index: int, **_options: object
    ) -> NotebookNode:
        """Run one cell as nbclient does, without the wire."""
        await run_hook(self.on_cell_start, cell=cell, cell_index=cell_index)
        is_skipped = self.skip_cells_with_tag in cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or is_skipped:
            return cell
        self._cell, self._cell_index = cell, cell_index
        self.clear_before_next_output = False
        self.code_cells_executed += 1
        cell.outputs = []
        cell.execution_count = self._shell.execution_count
        reply = await self._run(cell.source)
        await self._check_raise_for_error(cell, cell_index, {"content": reply})
        return cell

    # papermill's loop is not asynchronous and calls this name.
    execute_cell = run_sync(async_execute_cell)

    async def _run(self, source: str) -> Message:
        """Run `source` as ipykernel's ``do_execute`` does and return its reply."""
        shell: Any = self._shell
        transformed = shell.transform_cell(source)
        if shell.should_run_async(source, transformed_cell=transformed):
            result = await shell.run_cell_async(
                source, store_history=True, transformed_cell=transformed
            )
            shell.events.trigger("post_execute")
            shell.events.trigger("post_run_cell", result)
        else:
            result = shell.run_cell(source, store_history=True)
        for stream in self._streams:
            stream.flush()
        error = result.error_before_exec or result.error_in_exec
        if result.success and not shell._last_traceback_during_displayhook:
            return {"status": "ok"}
        return {
            "status": "error",
            "ename": type(error).__name__,
            "evalue": str(error),
            "traceback": shell._last_traceback or [],
        }


class WarmEngine(Engine):  # type: ignore[misc]
    """Executes in this process; see the module's docstring."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        start_timeout: int = 0,  # noqa: ARG003
        input_path: object = None,  # noqa: ARG003
        **options: Any,
    ) -> NotebookNode:
        """Run the notebook that papermill prepared.

        Parameters
        ----------
        nb_man : NotebookExecutionManager
        kernel_name : str
        start_timeout, input_path
            Given by papermill to every engine; mean nothing without a kernel.
        **options
            Traits of `WarmClient`.
        """
        return WarmClient(nb_man, kernel_name=kernel_name, **options).execute()


papermill_engines.register(ENGINE_NAME, WarmEngine)
