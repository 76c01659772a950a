"""Somebody builds the package from a clean checkout, installs it in an environment of its own and tries the demo."""

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from tests.support.processes import answered, ended, environment, free_port, running
from tests.support.tree import ROOT, checkout_files

pytestmark = [
    pytest.mark.whole_processes,
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("wheel"),  # it is built and installed once, by one worker
]
UV = shutil.which("uv", path=Path(sys.executable).parent) or shutil.which("uv")
PATIENCE = 30
MOST_BYTES = 230 * 1024 * 1024
"""Of an environment without our tools."""


def done(*command: str | Path, cwd: Path) -> str:
    """What a command says; the test fails with its words when it fails."""
    plain = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    ran = subprocess.run(command, cwd=cwd, env=plain, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert ran.returncode == 0, f"{command}: {ran.stdout}{ran.stderr}"
    return ran.stdout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a clean clone would hold: the files of the tree and nothing that lies about beside them."""
    folder = tmp_path_factory.mktemp("checkout")
    for path in checkout_files():
        copy = folder / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    return folder


@pytest.fixture(scope="module")
def installed(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that has the package, in the locked versions, and none of our tools."""
    if UV is None:
        pytest.fail("uv comes with make setup")
    folder = tmp_path_factory.mktemp("elsewhere")
    # by way of the source distribution, so that this one is seen to be whole too
    done(UV, "build", "--quiet", "--out-dir", folder / "dist", cwd=checkout)
    (wheel,) = (folder / "dist").glob("*.whl")
    locked = done(UV, "export", "--quiet", "--frozen", "--no-dev", "--no-emit-project", cwd=checkout)
    (folder / "locked.txt").write_text(locked, "utf-8")
    done(UV, "venv", "--quiet", "--python", sys.executable, folder / "env", cwd=folder)
    into = (UV, "pip", "install", "--quiet", "--python", folder / "env" / "bin" / "python")
    done(*into, "--requirement", folder / "locked.txt", cwd=folder)
    done(*into, "--no-deps", wheel, cwd=folder)
    return folder / "env" / "bin"


def test_the_package_says_which_version_it_is_and_what_it_may_be_used_for(installed: Path, tmp_path: Path) -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert done(installed / "doithoai", "--version", cwd=tmp_path) == f"doithoai {built['version']}\n"
    asked = "from importlib.metadata import metadata; print(metadata('doithoai')['License-Expression'])"
    assert done(installed / "python", "-c", asked, cwd=tmp_path) == "MIT\n"


def test_nothing_of_the_tests_and_tools_is_installed(installed: Path, tmp_path: Path) -> None:
    asked = "from importlib.util import find_spec; print(*map(find_spec, ('tests', 'benchmarks', 'pytest', 'uv')))"

    assert done(installed / "python", "-c", asked, cwd=tmp_path) == "None None None None\n"


def test_an_installation_is_no_heavier_than_it_has_to_be(installed: Path) -> None:
    files = [path for path in installed.parent.rglob("*") if path.is_file() and not path.is_symlink()]
    # what Python compiles when it is first run was not installed, and depends on what ran before
    heavy = sum(path.stat().st_size for path in files if "__pycache__" not in path.parts)

    assert heavy < MOST_BYTES


async def test_the_demo_is_served_outside_the_tree_and_a_resident_is_answered(installed: Path, tmp_path: Path) -> None:
    port = free_port()
    process = await begun(installed / "doithoai", tmp_path, environment(tmp_path / "data", port))
    async with running(process), httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE) as client:
        picker = (await answered(process, client, "/")).text
        for unit in ("Vĩnh Bảo", "Di Lăng", "Thạch Thất", "Tuyết Diêm", "An Dương"):
            assert unit.lower() in picker.lower(), "the five plans came along"
        for asset in set(re.findall(r'(?:href|src)="(/[^"]+\.\w+)"', picker)):
            assert (await client.get(asset)).status_code == 200, f"{asset} came along"

        entered = await client.post(re.findall(r'action="(/demo/enter/[^"]*lan)"', picker)[0])
        chat = entered.headers["location"]
        assert "Phạm Thị Lan" in (await client.get(chat)).text
        said = await client.post(f"{chat}say", json={"event_id": "first", "text": "/hoi"})
        assert said.json() == {"heard": True, "shown": True}
        async with asyncio.timeout(PATIENCE), client.stream("GET", f"{chat}events") as lines:
            assert await anything_like("câu hỏi", lines), "the sentences came along"

        process.terminate()
        status, err = await ended(process)
    assert status == 0, err
    assert "Traceback" not in err


async def begun(program: Path, folder: Path, settings: Mapping[str, str]) -> asyncio.subprocess.Process:
    outside = {name: value for name, value in settings.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    return await asyncio.create_subprocess_exec(
        program,
        *("run", "--demo"),
        cwd=folder,
        env=outside,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def anything_like(words: str, lines: httpx.Response) -> bool:
    """Whether the bot says such a thing before the stream ends."""
    async for line in lines.aiter_lines():
        if line.startswith("data:") and '"bot"' in line and words in line.lower():
            return True
    return False
