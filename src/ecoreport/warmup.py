"""What is started before anything else: a process that imports while this one reads."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack

from ecoreport.checkers import Checkers
from ecoreport.errors import InputError
from ecoreport.notebooks import imports_of
from ecoreport.project import Pair, Project
from ecoreport.run import choose_engine, start_warm_server
from ecoreport.validate.check import Validator

RENDERING, STEPS, CHECKS = "ecoreport.rendered", "ecoreport.steps", "ecoreport.checking"


def preloaded(project: Project) -> list[str]:
    """Return what children need: rendering, and whatever of the package notebooks import."""
    named = {name for path in project.notebooks.glob("*.ipynb") for name in imports_of(path)}
    own = sorted(name for name in named if name.startswith("ecoreport."))
    # A name may be a module or stand in one; what is no module is passed over.
    modules = dict.fromkeys(part for name in own for part in (name.rpartition(".")[0], name))
    return [RENDERING, *modules]


def warm_up_batch(project: Project, pairs: Iterable[Pair], engine: str) -> None:
    """Start the server of all steps and notebooks, with all that they import.

    Parameters
    ----------
    pairs : iterable of Pair
        To be observed: where one has tables that were not checked, the library of checks is
        loaded too, once for all.
    """
    if choose_engine(engine) == "warm":
        checks = [CHECKS] if any(_is_unchecked(project, one) for one in pairs) else []
        start_warm_server([*preloaded(project), STEPS, *checks])


def _is_unchecked(project: Project, pair: Pair) -> bool:
    """Guess, by times alone, whether a pair will have to be checked."""
    checked = project.processed(pair) / "validation.json"
    if not checked.exists():
        return True
    since = checked.stat().st_mtime_ns
    folders = (project.raw(pair), project.demonstration(pair), project.expectations)
    return any(path.stat().st_mtime_ns > since for one in folders for path in one.rglob("*"))


def warm_up(stack: ExitStack, district: str, year: str, engine: str) -> Validator | None:
    """Start the server of checks and notebooks, with all that they import.

    Parameters
    ----------
    stack : ExitStack
        Ends what was started.
    district, year : str
        As given, not yet checked: where they are wrong nothing is started.

    Returns
    -------
    Validator or None
        None where an earlier validation may still hold, or notebooks run in ordinary kernels.
    """
    project = Project.here()
    try:
        pair = project.pair(district, year)
    except InputError:
        return None
    if choose_engine(engine) != "warm":
        return None
    is_unchecked = _is_unchecked(project, pair)
    start_warm_server([*preloaded(project), *([CHECKS] if is_unchecked else [])])
    logs = project.processed(pair).parents[1] / ".logs"
    return stack.enter_context(Checkers(logs)) if is_unchecked else None
