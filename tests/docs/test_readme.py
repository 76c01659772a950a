import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from bot.cli.main import app
from bot.settings import PREFIX, Settings
from handlers.wiring import conversation_table
from locales import catalogue
from tests.support.tree import ROOT, text_files

PAGES = sorted(
    str(page.relative_to(ROOT))
    for pattern in ("*.md", "docs/*.md", "docs/*/*.md", "deploy/*.md")
    for page in ROOT.glob(pattern)
)
READMES = ("README.md", "README.vi.md")
CODE = re.compile(r"```\w*\n(.*?)```|`([^`\n]+)`", re.DOTALL)
TOOLS_OF_OTHERS = {"newbot"}
ADDRESSES = {"healthz", "readyz", "metrics"}


def code_of(page: str) -> Iterator[str]:
    """Every line of code of a page: those of the blocks and those between single strokes."""
    for block, span in CODE.findall((ROOT / page).read_text("utf-8")):
        yield from (block or span).splitlines()


def commands_of_doithoai() -> dict[str, set[str]]:
    """`run` → its options; `plans load` likewise."""
    found: dict[str, set[str]] = {}

    def walk(command: object, name: str) -> None:
        inner = getattr(command, "commands", None)
        if inner is None:
            found[name] = {option for parameter in command.params for option in parameter.opts}  # type: ignore[attr-defined]
            return
        for word, one in inner.items():
            walk(one, f"{name} {word}".strip())

    walk(typer.main.get_command(app), "")
    return found


def targets_of_make() -> set[str]:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    return set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))


@pytest.mark.parametrize("page", PAGES)
def test_every_command_a_page_names_exists(page):
    known = commands_of_doithoai()
    for line in code_of(page):
        for said in re.findall(r"\bdoithoai ([a-z][^#\n]*)", line):
            words = said.split()
            name = " ".join(words[:2]) if " ".join(words[:2]) in known else words[0]
            assert name in known, f"{page}: doithoai {said}"
            assert set(re.findall(r"--[a-z-]+", said)) <= known[name], f"{page}: doithoai {said}"


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_a_page_names_exists(page):
    named = {target for line in code_of(page) for target in re.findall(r"\bmake ([a-z]+)", line)}

    assert named <= targets_of_make()


def test_the_readmes_name_both_commands_of_a_newcomer():
    for page in READMES:
        assert "make run" in list(map(str.strip, (line.partition("#")[0] for line in code_of(page))))


def test_every_subcommand_is_in_the_readme():
    text = (ROOT / "README.md").read_text("utf-8")

    assert [name for name in commands_of_doithoai() if f"| `doithoai {name}" not in text] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_setting_a_page_names_exists(page):
    named = {name for line in code_of(page) for name in re.findall(rf"{PREFIX}([A-Z_]+)", line)}

    assert {name.lower() for name in named} <= set(Settings.model_fields)


@pytest.mark.parametrize("page", READMES)
def test_every_chat_command_a_readme_names_exists(page):
    named = {name for line in code_of(page) for name in re.findall(r"^/([a-z]+)", line)}

    assert named - TOOLS_OF_OTHERS - ADDRESSES <= set(conversation_table().commands)


def test_what_the_vietnamese_page_prints_bold_is_a_button():
    text = (ROOT / "README.vi.md").read_text("utf-8")
    sentences = set(catalogue("vi").values())
    bold = set(re.findall(r"\*\*(.+?)\*\*", text))

    assert "Duyệt" in bold
    assert bold - sentences == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_leads_somewhere(page):
    text = (ROOT / page).read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not link.startswith(("http://", "https://"))]
    folder = (ROOT / page).parent

    assert [link for link in links if not Path(folder / link.partition("#")[0]).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_path_a_page_names_exists(page):
    """A path is code with a stroke in it whose first part is a folder of the tree; `*` stands for anything."""
    tops = {entry.name for entry in ROOT.iterdir() if entry.is_dir() and entry.name not in {"var", ".venv"}}
    named = {path for line in code_of(page) for path in re.findall(r"(?<![\w/.<-])([a-z_]+/[\w./*@-]*)", line)}
    ours = {path for path in named if path.split("/")[0] in tops}

    assert [path for path in sorted(ours) if not list(ROOT.glob(path.rstrip("/")))] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_module_a_page_names_exists(page):
    modules = {path.name for path in text_files() if path.suffix == ".py"}
    named = {name for line in code_of(page) for name in re.findall(r"\b\w+\.py\b", line)}

    assert named <= modules
