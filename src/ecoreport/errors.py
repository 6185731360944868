"""Errors that a user can mend: each has a message for people and an exit code."""

from __future__ import annotations

import errno

from ecoreport.i18n import _


def reason_of(error: OSError) -> str:
    """Return why the system refused, in the reader's words where they are known."""
    known = {
        # Absent on Windows.
        getattr(errno, "EDQUOT", errno.ENOSPC): _("超出了磁盘配额"),
        errno.ENOSPC: _("磁盘已满"),
        errno.EFBIG: _("文件过大"),
        errno.EROFS: _("文件夹是只读的"),
        errno.EACCES: _("没有权限"),
        errno.EPERM: _("没有权限"),
    }
    own = error.strerror or str(error)
    words = known.get(error.errno or 0)
    return f"{words} ({own})" if words else own


def words_of(error: EcoReportError | OSError) -> str:
    """Return what to tell a person of an error, also where the system raised it."""
    if isinstance(error, EcoReportError):
        return str(error)
    text = _("无法读写 {file}：{reason}。请检查磁盘空间和权限。")
    return text.format(file=error.filename or _("文件"), reason=reason_of(error))


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
