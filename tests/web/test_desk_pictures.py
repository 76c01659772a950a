"""The pictures of the desk, in its page and in the README, are those a command takes from the demonstration."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.support.browser import CHROMIUM, REQUIRED
from tests.support.desk_pictures import FOLDER, take
from tests.support.tree import ROOT

pytestmark = pytest.mark.skipif(CHROMIUM is None and not REQUIRED, reason="no Chromium is installed on this machine")


async def test_the_command_takes_every_picture_of_the_page(tmp_path: Path, browser: Browser) -> None:
    pages = [ROOT / "docs" / "desk.md", ROOT / "README.vi.md", ROOT / "README.md"]
    shown = {name for page in pages for name in re.findall(r"\]\((?:docs/)?desk/(.+?)\)", page.read_text("utf-8"))}

    assert {file.name for file in await take(tmp_path, browser)} == shown
    assert {file.name for file in FOLDER.iterdir()} == shown
