"""What a step depends on: code by its imports, questions by their answers, files by content."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoreport import opened
from ecoreport.code import Code
from ecoreport.config.load import load_catalogue
from ecoreport.keys import Key, reasons
from ecoreport.project import Pair, Project
from ecoreport.traced import Answers, Traced, digest, essential

ROOT = Path(__file__).parents[1]
HASH_SEEDS = ("1", "2")
NO_KEY = Key(code={}, pins={}, given={}, files={}, answers={})


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package of four modules: ``air`` and ``water`` both use ``shared``."""
    folder = tmp_path / "small"
    (folder / "standards").mkdir(parents=True)
    for name, text in {
        "__init__.py": "",
        "air.py": "from small.standards.air import limit\n\ndef go():\n    import small.shared\n",
        "shared.py": "import json\n",
        "standards/__init__.py": "from small.standards import water\n",
        "standards/air.py": "limit = 35\n",
        "standards/water.py": (
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from small import shared\n"
        ),
    }.items():
        (folder / name).write_text(text)
    return folder


def test_code_is_what_is_imported_also_inside_functions_and_nothing_beside_it(
    package: Path,
) -> None:
    code = Code(package)
    assert set(code.closure(["small.air"])) == {"small.air", "small.shared", "small.standards.air"}
    assert set(code.closure(["small.standards.water"])) == {"small.standards.water"}
    assert "small.standards" in code.closure(["small.standards"])
    assert "small.standards.water" in code.closure(["small.standards"])


def test_touching_one_module_changes_only_who_imports_it(package: Path, tmp_path: Path) -> None:
    known = tmp_path / "kept" / "imports.json"
    before = Code(package, known)
    water = package / "standards" / "water.py"
    os.utime(water, (1, 1))
    assert Code(package, known).modules == before.modules
    water.write_text(water.read_text() + "from small.shared import json\n")
    after = Code(package, known)
    assert after.closure(["small.air"]) == before.closure(["small.air"])
    assert set(after.closure(["small.standards.water"])) == {
        "small.standards.water",
        "small.shared",
    }
    known.write_text("spoilt")
    assert Code(package, known).closure(["small.air"]) == after.closure(["small.air"])


def test_the_chapter_on_air_does_not_rest_on_the_standards_of_water() -> None:
    code = Code()
    air = code.closure(["ecoreport.findings.air", "ecoreport.drawings.air", "ecoreport.show"])
    assert "ecoreport.standards.air.days" in air
    assert [name for name in air if name.startswith("ecoreport.standards.water")] == []
    assert "ecoreport.standards.water.classes" in code.closure(["ecoreport.observe"])


@dataclass(frozen=True)
class Shelf:
    books: dict[str, Decimal] = field(default_factory=dict)
    owner: str = "a"

    def price(self, name: str, n: int = 1) -> Decimal:
        return self.books[name] * n

    def above(self, least: Decimal) -> list[str]:
        return [name for name, price in self.books.items() if price > least]


def asked_by(shelf: Shelf, *reads: str) -> dict[str, str]:
    """Digests of what some reads ask of a shelf."""
    asked: set = set()
    traced = Traced(shelf, "shelf", asked)
    for read in reads:
        eval(read, {"shelf": traced, "Decimal": Decimal})  # noqa: S307 - written below
    return Answers({"shelf": shelf}).digests(essential(asked))


PRICES = st.dictionaries(st.sampled_from("xyz"), st.decimals(0, 9, places=1), min_size=3)


@given(PRICES, PRICES)
def test_a_read_notices_exactly_what_it_read(before: dict, after: dict) -> None:
    first, second = Shelf(before), Shelf(after)
    for read, answer in {
        "shelf.books['x']": lambda shelf: shelf.books["x"],
        "shelf.price('x', 2)": lambda shelf: shelf.price("x", 2),
        "list(shelf.books)": lambda shelf: list(shelf.books.items()),
        "shelf.above(Decimal(3))": lambda shelf: shelf,
        "shelf.books.get('q')": lambda shelf: shelf.books.get("q"),
    }.items():
        is_same = asked_by(first, read) == asked_by(second, read)
        # Decimals are compared as they are written: 1.0 is shown as 1.0, and 1 as 1.
        assert is_same == (str(answer(first)) == str(answer(second))), read


def test_who_goes_through_all_need_not_say_which_he_took() -> None:
    shelf = Shelf({"x": Decimal(1), "y": Decimal(2)})
    assert len(asked_by(shelf, "shelf.books['x']", "dict(shelf.books)")) == 1


def test_a_question_about_what_is_gone_has_another_answer() -> None:
    asked = {("shelf", "books", "key", "x"), ("shelf", "price", "call", "x", 1)}
    there, gone = (Answers({"shelf": Shelf(one)}).digests(asked) for one in ({"x": Decimal(1)}, {}))
    assert all(there[question] != gone[question] for question in there)


def test_the_parameters_have_the_same_digest_in_every_process() -> None:
    command = (
        "from ecoreport.config.load import load_catalogue\n"
        "from ecoreport.project import Project\nfrom ecoreport.traced import digest\n"
        f"import pathlib; print(digest(load_catalogue(Project(pathlib.Path({str(ROOT)!r})))))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", command],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in HASH_SEEDS
    }
    assert printed == {f"{digest(load_catalogue(Project(ROOT)))}\n"}


def test_calls_with_a_district_and_year_are_asked_again_as_they_were() -> None:
    catalogue = load_catalogue(Project(ROOT))
    asked: set = set()
    traced = Traced(catalogue, "catalogue", asked)
    assert traced.district_year(Pair("hailing", 2018)) == catalogue.district_year(
        Pair("hailing", 2018)
    )
    assert asked == {("catalogue", "district_year", "call", "pair:hailing/2018")}
    (answer,) = Answers({"catalogue": catalogue}).digests(asked).values()
    assert answer == digest(catalogue.district_year(Pair("hailing", 2018)))


def test_files_count_by_content_and_folders_by_what_is_in_them(tmp_path: Path) -> None:
    file, missing = tmp_path / "a.csv", tmp_path / "b.csv"
    file.write_text("1")
    before = opened.digests(tmp_path, [str(file), str(missing)])
    os.utime(file, (1, 1))
    assert opened.digests(tmp_path, [str(file), str(missing)]) == before
    missing.write_text("")
    after = opened.digests(tmp_path, [str(file), str(missing)])
    assert after["a.csv"] == before["a.csv"]
    assert after["b.csv"] != before["b.csv"]
    listing = opened.content_of(tmp_path)
    (tmp_path / "c.csv").touch()
    assert opened.content_of(tmp_path) != listing


def test_what_a_process_reads_is_noted_and_what_it_hashes_or_writes_is_not(tmp_path: Path) -> None:
    for name in ("read", "hashed", "listed/one"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    command = (
        "import sys, pathlib\nfrom ecoreport import opened\nroot = pathlib.Path(sys.argv[1])\n"
        "opened.watch(root)\n(root / 'read').read_bytes()\nlist((root / 'listed').iterdir())\n"
        "(root / 'written').write_text('')\n(root / 'missing').exists()\n"
        "try:\n    open(root / 'sought')\nexcept OSError:\n    pass\n"
        "opened.digests(root, [str(root / 'hashed')])\n"
        "opened.note(root / 'told')\n"
        "print(*sorted(pathlib.Path(one).name for one in opened.seen(root)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", command, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["listed", "read", "sought", "told"]


def test_a_template_compiled_beforehand_is_noted_by_who_uses_it(tmp_path: Path) -> None:
    script = (
        "import pathlib; from ecoreport import components, opened;"
        "from ecoreport.project import Project; root = Project.here().root; opened.watch(root);"
        "components.preload();"
        "told = lambda: print(*sorted(pathlib.Path(one).name for one in opened.seen(root)"
        " if one.endswith('.j2')));"
        "told(); components.component('missing_of_test'); told()"
    )
    folder = tmp_path / "templates" / "components"
    folder.mkdir(parents=True)
    (folder / "missing_of_test.html.j2").write_text("{% include 'part.html.j2' %}", "utf-8")
    (folder / "part.html.j2").write_text("<p></p>", "utf-8")
    (folder / "unused.html.j2").write_text("<p></p>", "utf-8")
    said = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"ECOREPORT_ROOT": str(tmp_path.resolve())},
    ).stdout
    assert said.split("\n") == ["", "missing_of_test.html.j2 part.html.j2", ""]


def test_reasons_name_what_changed() -> None:
    assert reasons(NO_KEY, NO_KEY) == []
    assert reasons(None, NO_KEY)
    (said,) = reasons(
        Key({"ecoreport.show": "1"}, {}, {}, {}, {}), Key({"ecoreport.show": "2"}, {}, {}, {}, {})
    )
    assert "ecoreport.show" in said
    question = '["report", "facts", "key", "hailing/2018/count/met"]'
    (said,) = reasons(Key({}, {}, {}, {}, {question: "1"}), NO_KEY)
    assert "facts hailing/2018/count/met" in said
