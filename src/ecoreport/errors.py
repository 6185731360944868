"""Errors that a user can mend: each has a message for people and an exit code."""

from __future__ import annotations

from ecoreport.i18n import _


def words_of(error: EcoReportError | OSError) -> str:
    """Return what to tell a person of an error, also where the system raised it."""
    if isinstance(error, EcoReportError):
        return str(error)
    text = _("无法读写 {file}：{reason}。请检查磁盘空间和权限。")
    return text.format(file=error.filename or "", reason=error.strerror or error)


class EcoReportError(Exception):
    """Base of all errors shown to the user without a traceback.

    Parameters
    ----------
    message : str
        What is wrong and what to do, already translated.
    """

    exit_code = 1


class InputError(EcoReportError):
    """A file, a table or an argument given by people cannot be used as it is."""

    exit_code = 2


class ParameterError(InputError):
    """Something under ``params/`` is wrong: the message names file and line."""


class ValidationStoppedError(EcoReportError):
    """An expectation with severity ``stop`` failed: there is no report."""

    exit_code = 2


class NotebookFailedError(EcoReportError):
    """A cell of a notebook raised: the message names notebook, cell and cause."""

    exit_code = 3


class VerificationFailedError(EcoReportError):
    """The rendered pages do not show what was computed."""

    exit_code = 4


class BusyError(EcoReportError):
    """Another run works on the same district and year."""

    exit_code = 5
