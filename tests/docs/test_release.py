"""A version is told the same everywhere: by the package, the changelog, the page on security and the lock file."""

import re
import tomllib
from datetime import date
from typing import Any

from tests.support.tree import ROOT


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_the_newest_dated_version_of_the_changelog_is_ours():
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    version, _, day = headings[1].partition(" – ")

    assert headings[0] == "Unreleased", "what is done next is written here"
    assert version == project()["version"]
    assert date.fromisoformat(day)


def test_the_page_on_security_promises_repairs_for_this_version():
    page = (ROOT / "SECURITY.md").read_text("utf-8")
    line = project()["version"].rpartition(".")[0]

    assert f"| {line} | yes |" in page
    assert "private vulnerability report" in page
    assert "@" not in page, "no address of anybody"


def test_the_lock_file_knows_this_version():
    locked = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]

    assert [one["version"] for one in locked if one["name"] == "doithoai"] == [project()["version"]]


def test_the_licence_comes_along():
    about = project()

    assert about["license"] == "MIT"
    for name in about["license-files"]:
        assert (ROOT / name).read_text("utf-8").startswith("MIT License\n\nCopyright (c) 2026 The Đối Thoại developers")


def test_the_pythons_it_is_for_begin_with_the_oldest_that_installs_it():
    about = project()
    named = [one.rpartition(" ")[2] for one in about["classifiers"] if re.search(r":: 3\.\d+$", one)]

    assert named == sorted(named, key=lambda one: int(one.partition(".")[2]))
    assert about["requires-python"] == f">={named[0]}"
