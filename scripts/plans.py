"""Write the pages of docs/plans from the catalogue: what each plan commits to."""

from __future__ import annotations

import sys
from pathlib import Path

from ecoreport.config.crosswalk import load_crosswalk
from ecoreport.config.load import load_catalogue
from ecoreport.markdown import write_pages
from ecoreport.plan_pages import plan_pages
from ecoreport.project import Project

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "plans"


def made(project: Project) -> dict[str, str]:
    """Return every page by its name."""
    catalogue = load_catalogue(project)
    names = sorted(path.stem for path in (project.params / "crosswalks").glob("*.yml"))
    crosswalks = [load_crosswalk(project, catalogue, name) for name in names]
    return plan_pages(catalogue, crosswalks)


def main() -> int:
    """Write every page; take away those of plans that are gone."""
    pages = made(Project(ROOT))
    write_pages(FOLDER, pages)
    print(f"{FOLDER.relative_to(ROOT)}: {len(pages)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
