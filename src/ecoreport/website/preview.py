"""The site of the project's own reports, drafts among them: for this machine only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ecoreport.config.catalogue import Catalogue
from ecoreport.current import report_folders
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.project import Project
from ecoreport.render.assemble import OPENING
from ecoreport.website.edition import draft_editions
from ecoreport.website.tree import Tree, site_tree


@dataclass
class Preview:
    """The site as it would be with all reports of the project on it, made anew when one changes.

    Attributes
    ----------
    say : callable
        Takes a line for each report that cannot be read, and is left out.
    """

    project: Project
    catalogue: Catalogue
    say: Callable[[str], object]
    _tree: Tree = field(default_factory=dict)
    _state: dict[Path, int] = field(default_factory=dict)

    def tree(self) -> Tree:
        """Return the site.

        Raises
        ------
        InputError
            If there is no report.
        """
        state = self._look()
        if not state:
            raise InputError(
                _("{folder} 中没有报告，请先生成：make report DISTRICT=… YEAR=…").format(
                    folder=self.project.root / "reports"
                )
            )
        if state != self._state:
            editions = draft_editions(self.project, self.say)
            self._tree = site_tree(self.catalogue, editions, is_preview=True)
            self._state = state
        return self._tree

    def _look(self) -> dict[Path, int]:
        opening = (folder / OPENING for folder in report_folders(self.project))
        return {path: path.stat().st_mtime_ns for path in opening}
