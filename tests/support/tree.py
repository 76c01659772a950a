"""The files of the checkout, as git sees them: what is tracked, and what is new and not ignored."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_BINARY = {".png", ".jpg", ".ico", ".woff2", ".docx", ".pdf"}


@cache
def checkout_files() -> tuple[Path, ...]:
    """Every file that belongs to the tree. Skips the test outside a checkout, where nobody can tell."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("only a checkout knows which files belong to it")
    listed = subprocess.run(  # noqa: S603 - the arguments are these and no others
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def text_files() -> tuple[Path, ...]:
    """Those that people read."""
    return tuple(path for path in checkout_files() if path.suffix not in _BINARY)


def readable_files() -> list[tuple[str, str]]:
    """Name and text of every text file but the lock file, which people do not write."""
    return [(str(path.relative_to(ROOT)), path.read_text("utf-8")) for path in text_files() if path.name != "uv.lock"]
