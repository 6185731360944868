from __future__ import annotations

from collections import Counter

import pytest

from ecoreport.config.crosswalk import CompleteCrosswalk, load_crosswalk
from ecoreport.config.load import load_catalogue
from ecoreport.errors import ParameterError
from ecoreport.project import Project

NAME = "national-demonstration"
TABLE = f"crosswalks/{NAME}.csv"


def read(project: Project) -> CompleteCrosswalk:
    return load_crosswalk(project, load_catalogue(project), NAME)


def spoil(project: Project, old: str, new: str) -> str:
    path = project.params / TABLE
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ParameterError) as raised:
        read(project)
    return str(raised.value)


def test_every_indicator_of_hailing_is_paired_or_said_to_be_unseen(project: Project) -> None:
    crosswalk = read(project)
    ours = [one.commitment for one in crosswalk.pairings if one.commitment]
    assert len(set(ours)) == 37
    twice = {name for name, n in Counter(ours).items() if n > 1}
    editions = {one.commitment: one.edition for one in crosswalk.pairings}
    assert all(editions[name] for name in twice), "a second row only where another edition was read"


def test_what_was_not_read_has_no_target(project: Project) -> None:
    for one in read(project).pairings:
        if one.match in {"name_only", "only_plan"}:
            assert not one.target_zh and one.attribute is None, one
        if one.match in {"same", "differs"}:
            assert one.name_zh and one.target_zh, one
        assert one.missing_zh or one.certainty == "read", one


def test_an_indicator_left_out_is_named(project: Project) -> None:
    assert "hailing/36" in spoil(project, "hailing/36,", "hailing/37,")


def test_an_edition_that_does_not_exist_is_named(project: Project) -> None:
    message = spoil(project, "hailing/18,trial-county,", "hailing/18,trial-conty,")
    assert "trial-conty" in message and "trial-county" in message
