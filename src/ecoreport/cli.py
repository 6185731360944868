"""The command line: ``python -m ecoreport report hailing 2018``; the Makefile calls it as well.

Every option may also stand in the environment under its name in capitals, as make gives it.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack

from ecoreport import __version__
from ecoreport.errors import EcoReportError, InputError, words_of
from ecoreport.i18n import LOCALES, SOURCE_LOCALE, _, use_locale
from ecoreport.opened import watch
from ecoreport.project import INTERNAL, PUBLIC, Project
from ecoreport.unchanged import GIVEN, standing
from ecoreport.visible import spelt

NOTEBOOK_VERBS = ("report", "word", "pdf")

INTERRUPTED = 130
"""Exit code of a task ended by Ctrl+C, as shells have it."""

VERBS = (
    "report", "reports", "prepare", "check", "import", "archive", "templates", "demonstration",
    "word", "pdf", "verify", "approve", "publish", "diff", "serve", "ledger", "remind",
    "cluster",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one task and return its exit code: 0, or that of the error that a person can mend."""
    try:
        # Help and mistakes of the command line speak the language of the environment.
        use_locale(_known_locale(_given("LOCALE") or SOURCE_LOCALE))
        options = _parser().parse_args(arguments)
        use_locale(_known_locale(options.locale))
        options.is_edition_given = bool(options.edition)
        options.edition = options.edition or INTERNAL
        watch(Project.here().root)
        if options.verb == "report" and (said := _standing(options)) is not None:
            return _told("" if options.quiet else "\n".join(said), 0)
        with ExitStack() as stack:
            if options.verb in NOTEBOOK_VERBS:
                from ecoreport.warmup import warm_up  # noqa: PLC0415 - not where nothing is to do

                options.validator = warm_up(stack, options.district, options.year, options.engine)
            from ecoreport import tasks  # noqa: PLC0415 - loads while what was started does

            return tasks.TASKS[options.verb](options)
    except EcoReportError as error:
        return _told(str(error), error.exit_code)
    except KeyboardInterrupt:
        return _told(_("已中断。原有报告未受影响。"), INTERRUPTED)
    except OSError as error:
        return _told(words_of(error), EcoReportError.exit_code)


def _standing(options: argparse.Namespace) -> list[str] | None:
    """Return what to say of a report that stands as it is; None where it has to be made."""
    project = Project.here()
    options.given = {name: getattr(options, name) for name in GIVEN}
    try:
        pair = project.pair(options.district, options.year)
    except InputError:
        return None
    kept, options.changed = standing(project, pair, options.given)
    if kept is None or options.changed:
        return None
    return [*kept.said, _("没有变化，报告仍是最新的。")]


def _told(text: str, exit_code: int) -> int:
    if text:
        sys.stderr.write(spelt(text) + "\n")
    return exit_code


def _known_locale(name: str) -> str:
    if name not in LOCALES:
        raise InputError(
            _("LOCALE 应为 {known} 之一；收到的是 {name!r}").format(
                known=_("、").join(LOCALES), name=name[:40]
            )
        )
    return name


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ecoreport", description=_("区县年度生态环境评估报告"))
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("verb", choices=VERBS, help=_("要做的事"))
    parser.add_argument("district", nargs="?", default=_given("DISTRICT"), help=_("区域代号"))
    parser.add_argument("year", nargs="?", default=_given("YEAR"), help=_("年份"))
    for name, words in {
        "districts": _("多个区域，或 all"),
        "years": _("多个年份，如 2016-2018"),
        "as-of": _("数据截至日期，如 2018-09-30"),
        "period": _("调度的月份，如 2018-06"),
        "source": _("数据来源，如 cnemc"),
        "from": _("要导入的文件、文件夹或通配符"),
        "target": _("发布到的文件夹，或 用户@主机:路径"),
        "compiled-by": _("编制人"),
        "checked-by": _("审核人"),
        "released-by": _("签发人"),
        "why-revised": _("修订了什么、为什么"),
        "against": _("相比的年份"),
        "kind": _("文件种类：annual | self-assessment | bulletin"),
        "port": _("端口"),
        "engine": "warm | ordinary",
        "scheduler": _("Dask 调度器的地址，如 tcp://127.0.0.1:8786"),
        "store": _("各机器都能读写的文件夹，或 s3://桶/前缀"),
        "workers": _("工作进程的个数"),
        "host": _("监听的地址"),
    }.items():
        key = name.replace("-", "_")
        parser.add_argument(f"--{name}", dest=key, default=_given(key.upper()), help=words)
    parser.add_argument("--locale", default=_given("LOCALE") or SOURCE_LOCALE, help="zh | en")
    parser.add_argument("--edition", default=_given("EDITION"), help=f"{INTERNAL} | {PUBLIC}")
    parser.add_argument(
        "--draft", action="store_true", default=_given("DRAFT") in {"1", "true", "yes"},
        help=_("数据未通过校验时仍出草稿"),
    )  # fmt: skip
    parser.add_argument(
        "--resume", action="store_true", default=_given("RESUME") == "1",
        help=_("继续上一次没有做完的批量任务"),
    )  # fmt: skip
    parser.add_argument(
        "--why", action="store_true", default=_given("WHY") == "1", help=_("说明重做了什么、为什么")
    )
    parser.set_defaults(validator=None, given={}, changed="")
    parser.add_argument("-v", "--verbose", action="store_true", default=_given("V") == "1")
    parser.add_argument("-q", "--quiet", action="store_true", default=_given("Q") == "1")
    return parser


def _given(name: str) -> str:
    return os.environ.get(name, "").strip()
