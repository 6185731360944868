"""Set-up on a machine that has nothing: real environments, real pip, packages of our own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from pathlib import Path

import pytest
from small_project import SmallProject

PRINT_VERSIONS = "import small, ecoreport; print(small.VERSION, ecoreport.WORD)"
# An address where nothing listens, asked once.
NO_NETWORK = {
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_RETRIES": "0",
    "PIP_CONFIG_FILE": os.devnull,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    """A project under a Chinese path with spaces, set up with the group run."""
    project = SmallProject(tmp_path_factory.mktemp("checkout") / "海陵 评估")
    project.pin("run", "small", "1.0")
    result = project.bootstrap()
    assert result.returncode == 0, result.stderr
    return project


@pytest.fixture
def fresh(tmp_path: Path) -> SmallProject:
    """A project that is not set up yet."""
    project = SmallProject(tmp_path / "checkout")
    project.pin("run", "small", "1.0")
    return project


def test_packages_are_compiled_and_the_project_can_be_imported(made: SmallProject) -> None:
    assert any("__pycache__/small." in path for path in made.installed())
    assert made.bootstrap("--", "-c", PRINT_VERSIONS).stdout == "1.0 here\n"


def test_second_run_installs_nothing(made: SmallProject) -> None:
    before = made.installed()
    os.utime(made.pin_file("run"))
    result = made.bootstrap("run", "--", "-c", "import sys; sys.exit(7)")
    assert (result.returncode, result.stderr) == (7, "")
    assert made.installed() == before


def test_failed_addition_leaves_what_was_there(made: SmallProject) -> None:
    made.pin_file("lab").write_text("absent==1.0 --hash=sha256:" + 64 * "0" + "\n")
    wheels = made.root / "wheels"
    wheels.rename(made.root / "away")
    try:
        result = made.bootstrap("run", "lab", **NO_NETWORK)
    finally:
        (made.root / "away").rename(wheels)
    assert result.returncode == 2
    assert "PIP_INDEX_URL" in result.stderr
    assert "make wheelhouse PLATFORM=" in result.stderr
    assert "Traceback" not in result.stderr
    assert made.bootstrap("--", "-c", PRINT_VERSIONS).stdout == "1.0 here\n"


def test_unpacked_package_names_the_wheels_folder(made: SmallProject) -> None:
    made.pin_file("other").write_text("absent==1.0 --hash=sha256:" + 64 * "0" + "\n")
    result = made.bootstrap("other")
    assert result.returncode == 2
    assert "wheels/ 不完整" in result.stderr
    assert made.stamp.exists()


def test_group_is_added_to_the_same_environment(made: SmallProject) -> None:
    made.pin("dev", "other", "2.0")
    created = (made.venv / "pyvenv.cfg").stat().st_mtime_ns
    result = made.bootstrap("run", "dev", "--", "-c", "import small, other; print(other.VERSION)")
    assert result.stdout == "2.0\n"
    assert (made.venv / "pyvenv.cfg").stat().st_mtime_ns == created
    assert set(json.loads(made.stamp.read_text())["groups"]) == {"run", "dev"}


def test_environment_cut_while_it_is_made_is_made_anew(fresh: SmallProject) -> None:
    process = fresh.start()
    while not (fresh.venv / "pyvenv.cfg").exists():
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert not fresh.stamp.exists()
    assert fresh.bootstrap("--", "-c", PRINT_VERSIONS).stdout == "1.0 here\n"


def test_two_at_once_make_one_environment(fresh: SmallProject) -> None:
    both = [fresh.start("run", "--", "-c", PRINT_VERSIONS) for _ in range(2)]
    outputs = [process.communicate(timeout=300) for process in both]
    assert [out for out, _ in outputs] == ["1.0 here\n"] * 2
    assert sum("正在安装 Python 环境" in err for _, err in outputs) == 1


def test_active_conda_environment_is_used_if_it_holds_the_pins(
    made: SmallProject, fresh: SmallProject
) -> None:
    conda = {"CONDA_DEFAULT_ENV": "ecoreport", "CONDA_PREFIX": str(made.venv)}
    shutil.copy(made.pin_file("run"), fresh.pin_file("run"))
    try:
        result = fresh.bootstrap("--", "-c", "import sys; print(sys.prefix)", **conda)
        assert result.stdout.strip() == str(made.venv)
        fresh.pin("run", "small", "1.1")
        result = fresh.bootstrap(**conda)
    finally:
        assert made.bootstrap().returncode == 0
    assert result.returncode == 2
    assert "conda env update --name ecoreport --file environment.yml" in result.stderr
    assert not fresh.venv.exists()


@pytest.mark.parametrize(
    ("version", "has_venv", "command"),
    [
        ([3, 10, 13], True, "sudo apt install python3.11 python3.11-venv"),
        ([3, 14, 0], True, "sudo apt install python3.13 python3.13-venv"),
        ([3, 11, 2], False, "sudo apt install python3.11-venv"),
        (None, True, "PYTHON=python3.13"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_unfit_python_is_answered_with_the_command_that_cures_it(
    fresh: SmallProject,
    tmp_path: Path,
    version: list[int] | None,
    has_venv: bool,
    command: str,
) -> None:
    python = tmp_path / "python-asked-for"
    if version:
        answer = json.dumps([str(python), version, has_venv])
        python.write_text(f"#!/bin/sh\necho '{answer}'\n")
        python.chmod(0o755)
    result = fresh.bootstrap(PYTHON=str(python), PATH="/nowhere")
    assert result.returncode == 2
    assert command in result.stderr
    assert "Traceback" not in result.stderr
    assert not fresh.venv.exists()


def test_unknown_group_is_named(fresh: SmallProject) -> None:
    result = fresh.bootstrap("../run2")
    assert result.returncode == 2
    assert "没有依赖组 ../run2" in result.stderr


def test_copied_checkout_is_set_up_anew(made: SmallProject, tmp_path: Path) -> None:
    copied = SmallProject(tmp_path / "copied")
    shutil.copytree(made.root, copied.root, symlinks=True, dirs_exist_ok=True)
    result = copied.bootstrap("--", "-c", "import ecoreport; print(ecoreport.__file__)")
    assert result.stdout.startswith(str(copied.root))


def test_changed_pins_make_a_new_environment_with_all_groups(made: SmallProject) -> None:
    made.pin("dev", "other", "2.0")
    assert made.bootstrap("run", "dev").returncode == 0
    made.pin("run", "small", "1.1")
    assert made.bootstrap("--", "-c", PRINT_VERSIONS).stdout == "1.1 here\n"
    assert made.bootstrap("--", "-c", "import other").returncode == 0
