"""What was agreed to stay as it is (docs/product.md) is so: commands, what people type for them, labels."""

import re

import typer

from bot.cli.main import app
from handlers.wiring import conversation_table
from intake.rules.text import fold
from locales import catalogue
from tests.support.tree import ROOT

PAGE = (ROOT / "docs" / "product.md").read_text("utf-8")


def part(heading: str) -> str:
    return re.split(r"^## ", PAGE.partition(f"\n## {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def commands(heading: str) -> set[str]:
    return {
        name
        for row in re.findall(r"^\| (`/.+?) \|", part(heading), re.MULTILINE)
        for name in re.findall(r"/([a-z]+)", row)
    }


def test_every_promised_command_is_there_under_its_name():
    assert len(commands("Commands")) >= 32, "the table is read"
    assert commands("Commands") - set(conversation_table().commands) == set()


def test_what_people_type_for_a_promised_command_is_understood():
    table = conversation_table()
    for names, typed in re.findall(r"^\| (`/[^|]+) \| ([^|]+) \|", part("Commands"), re.MULTILINE):
        rows = [table.commands[name] for name in re.findall(r"/([a-z]+)", names)]
        known = {fold(word) for row in rows for word in (row.name, *row.aliases)}
        for word in re.split(r"[,;] ", typed.replace(" MÃ", "")):
            assert fold(word) in known or word == "–" or word.startswith("`#code`"), f"{names}: {word}"


def test_what_is_not_built_is_not_passed_off_as_missing_once_it_is():
    """Whoever builds one of these moves its row up."""
    assert commands("Agreed, not built yet") & set(conversation_table().commands) == set()
    groups = {name.split()[0] for name in re.findall(r"^\| `([a-z]+) ", part("Agreed, not built yet"), re.MULTILINE)}
    assert groups & set(typer.main.get_command(app).commands) <= {"plans"}  # type: ignore[attr-defined]


def test_every_promised_label_is_a_sentence_of_the_catalogue():
    labels = set(re.findall(r"`([^`]+)`", part("Labels")))

    assert "Gửi" in labels
    assert labels - set(catalogue("vi").values()) == set()
