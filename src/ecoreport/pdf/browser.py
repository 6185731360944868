"""Find a browser that prints, and let it print pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from ecoreport.errors import InputError
from ecoreport.i18n import _

NAMED = "ECOREPORT_BROWSER"
"""Environment variable: the program to print with, where it is not found by its name."""
NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "microsoft-edge", "msedge",
)  # fmt: skip
USUAL_PLACES = (
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
LONGEST_PRINT_SECONDS = 300


def find_browser() -> str:
    """Return the program to print with.

    Raises
    ------
    InputError
        If there is none: the message says what to install.
    """
    named = os.environ.get(NAMED, "").strip()
    wanted = (named,) if named else NAMES
    found = next(filter(None, map(shutil.which, wanted)), None)
    if found is None and not named:
        found = next((place for place in USUAL_PLACES if Path(place).is_file()), None)
    if found is None:
        raise InputError(
            _(
                "没有找到 Chromium、Chrome 或 Edge，无法生成 PDF。请安装其中一个，"
                "或用 ECOREPORT_BROWSER 指明程序的位置；也可以在浏览器中打开报告后打印为 PDF"
            )
        )
    return found


def print_page(browser: str, page: Path, target: Path) -> None:
    """Print a page of the report as its style sheet has it for paper, with bookmarks.

    Parameters
    ----------
    browser : str
    page, target : pathlib.Path

    Raises
    ------
    InputError
        If the browser ends without a PDF; its own words are in the message.
    """
    with tempfile.TemporaryDirectory(prefix="ecoreport-browser-") as profile:
        command = [
            browser, "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions",
            "--no-pdf-header-footer", "--generate-pdf-document-outline",
            # Nothing of a report lies outside of it.
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={profile}", f"--print-to-pdf={target}",
            # As root a browser refuses its sandbox.
            *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
            page.resolve().as_uri(),
        ]  # fmt: skip
        try:
            done = subprocess.run(  # noqa: S603 - our own pages, no shell
                command, capture_output=True, text=True, check=False,
                timeout=LONGEST_PRINT_SECONDS, stdin=subprocess.DEVNULL,
            )  # fmt: skip
            said = done.stderr.strip().splitlines()
        except subprocess.TimeoutExpired:
            said = [_("超过 {seconds} 秒没有打印完").format(seconds=LONGEST_PRINT_SECONDS)]
        except OSError as error:
            said = [str(error)]
    if not target.exists() or not target.stat().st_size:
        raise InputError(
            _("浏览器没有打印出 {page}：{said}").format(
                page=page.name, said=said[-1][:200] if said else browser
            )
        )
