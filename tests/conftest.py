import json
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
import whole_runs
from filelock import FileLock
from hypothesis import settings

from ecoreport.run.pool import cores

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Started in the background of a shell, which makes all that is started here deaf to Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)


# A property holds on a slow machine too.
settings.register_profile("whatever-it-takes", deadline=None)
settings.load_profile("whatever-it-takes")


def pytest_xdist_auto_num_workers() -> int:
    """Return two workers more than cores: whole runs often wait for what they started."""
    return cores() + 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files with whole runs first: a long file that came last would leave workers idle."""
    items.sort(key=lambda item: not hasattr(getattr(item, "module", None), "whole_runs"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data and published examples, which stands outside the project."""
    beside = Path(__file__).parents[2] / "shared"
    folder = Path(os.environ.get("ECOREPORT_SHARED") or beside)
    if not folder.is_dir():
        pytest.skip("real data not found: set ECOREPORT_SHARED to its folder")
    return folder


def _made_once(base: Path, name: str, make: Callable[[Path], Path]) -> Path:
    """Return a project with the report of Hailing 2018, made once for all workers."""
    root = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    answer = root / "answer.json"
    with FileLock(f"{root}.lock"):
        if not answer.exists():
            run = whole_runs.report(make(root))
            answer.write_text(json.dumps([run.exit_code, run.said]), "utf-8")
    exit_code, said = json.loads(answer.read_text("utf-8"))
    assert exit_code == 0, said
    return root


@pytest.fixture(scope="session")
def hailing_2018(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the report of Hailing 2018; only to be read."""
    return _made_once(tmp_path_factory.getbasetemp(), "hailing-2018", whole_runs.make_project)


@pytest.fixture(scope="session")
def small_2018(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with two chapters and few tables, where what they are does not matter."""
    return _made_once(tmp_path_factory.getbasetemp(), "small-2018", whole_runs.make_small)


@pytest.fixture
def project_of_hailing(hailing_2018: Path, tmp_path: Path) -> Path:
    """A copy of it to do anything with; what was computed need not be computed again."""
    return Path(shutil.copytree(hailing_2018, tmp_path / "project", symlinks=True))


@pytest.fixture
def small_hailing(small_2018: Path, tmp_path: Path) -> Path:
    """A copy of the small one."""
    return Path(shutil.copytree(small_2018, tmp_path / "project", symlinks=True))
