"""pyproject.toml, the pins and environment.yml say the same."""

from __future__ import annotations

import re
import tomllib

import lock
import pytest
import wheelhouse
import yaml
from interpreter import SUPPORTED
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version
from small_project import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = {
    "run": PROJECT["project"]["dependencies"],
    # A group that includes another has its pins as well.
    **{
        group: [one for one in lines if isinstance(one, str)]
        for group, lines in PROJECT["dependency-groups"].items()
    },
}
PINS = {
    group: (ROOT / "requirements" / f"{group}.txt").read_text(encoding="utf-8") for group in GROUPS
}
VERSIONS = [f"{major}.{minor}" for major, minor in SUPPORTED]


def pinned(group: str, platform: str, python: str) -> dict[str, Version]:
    """The versions of a group that one machine installs."""
    environment = wheelhouse.marker_environment(platform, f"{python}.9")
    requirements = [
        Requirement(line.split(" --hash")[0])
        for line in wheelhouse.select(PINS[group], environment)
    ]
    names = [canonicalize_name(requirement.name) for requirement in requirements]
    assert len(names) == len(set(names)), "a package is pinned twice for one machine"
    return {
        name: Version(str(requirement.specifier).removeprefix("=="))
        for name, requirement in zip(names, requirements, strict=True)
    }


def test_environment_yml_is_as_generated() -> None:
    text = lock.ENVIRONMENT.read_text(encoding="utf-8")
    assert text == lock.environment_yml(), "run make lock"


def test_conda_takes_the_same_python_and_existing_pins() -> None:
    *conda, pip = yaml.safe_load(lock.environment_yml())["dependencies"]
    versions = SpecifierSet(PROJECT["project"]["requires-python"])
    assert SpecifierSet(conda[0].removeprefix("python ")) == versions
    assert [v for v in ("3.10", *VERSIONS, "3.14") if v in versions] == VERSIONS
    files = [ROOT / line.removeprefix("-r ") for line in pip["pip"]]
    assert files == [ROOT / "requirements" / f"{group}.txt" for group in GROUPS]


@pytest.mark.parametrize("platform", list(wheelhouse.TAGS))
@pytest.mark.parametrize("python", VERSIONS)
def test_pins_fulfil_pyproject_and_agree(platform: str, python: str) -> None:
    groups = {group: pinned(group, platform, python) for group in GROUPS}
    unmet = [
        f"{group}: {line}"
        for group, lines in GROUPS.items()
        for requirement, line in ((Requirement(line), line) for line in lines)
        if groups[group].get(canonicalize_name(requirement.name), Version("0"))
        not in requirement.specifier
    ]
    assert unmet == [], "run make lock"
    versions: dict[str, set[Version]] = {}
    for pins in groups.values():
        for name, version in pins.items():
            versions.setdefault(name, set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_reports_do_not_wait_for_jupyterlab() -> None:
    run = pinned("run", "linux-x86_64", "3.12")
    assert not {"jupyterlab", "rfc3987-syntax", "jupyter-events"} & set(run)


@pytest.mark.parametrize("group", list(GROUPS))
def test_pins_name_no_host_and_carry_hashes(group: str) -> None:
    lines = [line for line in PINS[group].splitlines() if not line.lstrip().startswith("#")]
    assert [line for line in lines if re.search(r"https?:|file:|index|find-links| @ ", line)] == []
    joined = " ".join(lines).replace("\\", "")
    entries = re.split(r"\s(?=[a-zA-Z0-9][\w.-]*==)", joined)
    assert [entry for entry in entries if entry and "--hash=sha256:" not in entry] == []


def test_unknown_platform_is_answered_with_those_that_can_be_packed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLATFORM", "../x")
    assert wheelhouse.main() == 2
    assert "windows-amd64" in capsys.readouterr().err
