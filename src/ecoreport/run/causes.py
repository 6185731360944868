"""Say in a sentence what an exception or the end of a process means."""

from __future__ import annotations

import signal

from ecoreport import errors
from ecoreport.i18n import _

LONGEST = 300


def cause_of_exception(name: str, value: str) -> str:
    """Return a sentence for an exception; our own errors already are one.

    Parameters
    ----------
    name, value : str
        Class and text, as a notebook's error output holds them.
    """
    text = value.strip()
    if len(text) > LONGEST:
        text = text[:LONGEST] + "……"
    if hasattr(errors, name):
        return text
    meaning = {
        "AttributeError": _("对象没有这个属性或方法"),
        "FileNotFoundError": _("文件不存在"),
        "ImportError": _("无法导入"),
        "IndentationError": _("缩进有误"),
        "IndexError": _("序号超出范围"),
        "KeyError": _("没有这个列或键"),
        "MemoryError": _("内存不足"),
        "ModuleNotFoundError": _("缺少模块，或模块名有误"),
        "NameError": _("名称未定义，可能拼写有误，或前面的单元格没有定义它"),
        "PermissionError": _("没有读写权限"),
        "StdinNotImplementedError": _("运行报告时无人输入，不能使用 input()"),
        "SyntaxError": _("语法有误"),
        "SystemExit": _("单元格提前结束了笔记本，其后的单元格没有运行"),
        "TypeError": _("类型不符"),
        "ValueError": _("值不合要求"),
        "ZeroDivisionError": _("除数为零"),
    }.get(name)
    python = f"{name}: {text}" if text else name
    return _("{meaning}（{python}）").format(meaning=meaning, python=python) if meaning else python


def cause_of_death(exit_code: int | None) -> str:
    """Return a sentence for a process that ended without giving a result.

    Parameters
    ----------
    exit_code : int or None
        As `multiprocessing.Process.exitcode` gives it: negative for a signal.
    """
    if exit_code is None or exit_code >= 0:
        return _("进程自行退出（退出码 {code}），代码中可能调用了 os._exit").format(code=exit_code)
    name = signal.Signals(-exit_code).name
    meaning = {
        "SIGKILL": _("进程被系统终止，可能内存不足"),
        "SIGSEGV": _("进程崩溃（段错误），多半出自某个编译的扩展库"),
        "SIGABRT": _("进程异常中止，多半出自某个编译的扩展库"),
    }.get(name, _("进程被信号终止"))
    return _("{meaning}（{python}）").format(meaning=meaning, python=name)


def cause_of_timeout(seconds: float) -> str:
    """Return a sentence for a notebook that was ended after `seconds`."""
    return _("超过 {seconds:g} 秒仍未完成，已终止").format(seconds=seconds)
