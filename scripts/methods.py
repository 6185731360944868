"""Write the pages of docs/methods from the tables and docstrings: how each number is computed."""

from __future__ import annotations

import sys
from pathlib import Path

from ecoreport.config.load import load_catalogue
from ecoreport.config.methods import load_methods
from ecoreport.markdown import write_pages
from ecoreport.method_pages import method_pages
from ecoreport.project import Project

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "methods"


def made(project: Project) -> dict[str, str]:
    """Return every page by its name."""
    return method_pages(load_catalogue(project), load_methods(project))


def main() -> int:
    """Write every page; take away those of areas that are gone."""
    pages = made(Project(ROOT))
    write_pages(FOLDER, pages)
    print(f"{FOLDER.relative_to(ROOT)}: {len(pages)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
