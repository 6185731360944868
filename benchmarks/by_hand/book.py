"""Put the parameters into the notebooks and bind them as a book: ``book.py DISTRICT YEAR FOLDER``.

Jupyter Book executes notebooks as they stand: it takes no parameters.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import papermill

CONFIG = {
    "title": "report",
    "only_build_toc_files": True,
    "execute": {"execute_notebooks": "force", "timeout": 600},
    "sphinx": {"config": {"nb_execution_raise_on_error": True}},
}


def main(district: str, year: str, folder: str) -> None:
    stems = sorted(path.stem for path in Path("notebooks").glob("*.ipynb"))
    for stem in stems:
        papermill.execute_notebook(
            f"notebooks/{stem}.ipynb",
            f"{folder}/{stem}.ipynb",
            {"district": district, "year": int(year)},
            prepare_only=True,
            progress_bar=False,
        )
    chapters = [{"file": stem} for stem in stems[1:]]
    contents = {"format": "jb-book", "root": stems[0], "chapters": chapters}
    # JSON is YAML.
    Path(folder, "_config.yml").write_text(json.dumps(CONFIG), encoding="utf-8")
    Path(folder, "_toc.yml").write_text(json.dumps(contents), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
