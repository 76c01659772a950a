import importlib
import inspect
import pkgutil
import re
from enum import Enum, IntEnum
from pathlib import Path

import pytest

import handlers
import intake
from intake.rules.people.person import Conversation
from locales import catalogue
from storage import tables

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"


def sections() -> dict[str, list[list[str]]]:
    """The rows of every table of the glossary, by the heading above it."""
    found: dict[str, list[list[str]]] = {}
    heading = ""
    for line in GLOSSARY.read_text("utf-8").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        elif line.startswith("|") and not line.startswith("|---"):
            found.setdefault(heading, []).append([cell.strip() for cell in line.strip("|").split("|")])
    return {heading: rows[1:] for heading, rows in found.items()}


def enum_sections() -> dict[str, list[list[str]]]:
    named = {re.match(r"`([\w.]+)` · \S", heading): rows for heading, rows in sections().items()}
    return {match[1]: rows for match, rows in named.items() if match}


def enums() -> dict[str, type[Enum]]:
    found = {}
    for package in (intake, handlers):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for value in vars(importlib.import_module(info.name)).values():
                if inspect.isclass(value) and issubclass(value, Enum) and value.__module__ == info.name:
                    found[f"{info.name}.{value.__qualname__}"] = value
    return found


def words_of(enum: type[Enum]) -> list[str]:
    return [one.name.lower() if issubclass(enum, IntEnum) else str(one.value) for one in enum]


def test_every_enumeration_is_in_the_glossary_and_no_other():
    assert sorted(enum_sections()) == sorted(enums())


@pytest.mark.parametrize("name", sorted(enums()))
def test_every_member_of_an_enumeration_is_in_the_glossary_in_its_order(name):
    rows = enum_sections().get(name, [])

    assert [row[0].strip("`") for row in rows] == words_of(enums()[name])


def test_every_stored_noun_is_in_the_glossary_and_no_other():
    tables.map_nouns()
    stored = {mapper.class_.__name__ for mapper in tables.mapped.mappers}
    stored.add(Conversation.__name__)  # written by plain statements (`AccountRows.keep`)

    assert {row[0].strip("`") for row in sections()["What is stored"]} == stored


def test_every_entry_has_a_vietnamese_word_and_a_line_that_says_what_it_is():
    for heading, rows in sections().items():
        for row in rows:
            assert len(row) >= 3, f"{heading}: {row}"
            assert all(row), f"{heading}: {row}"


def test_two_members_of_an_enumeration_never_share_a_vietnamese_word():
    for heading, rows in enum_sections().items():
        vietnamese = [row[1] for row in rows]
        assert len(vietnamese) == len(set(vietnamese)), heading


@pytest.mark.parametrize(
    ("enum", "prefix"),
    [
        ("intake.rules.people.person.Role", "role."),
        ("intake.rules.plan.profile_terms.QuestionKind", "kind."),
        ("intake.rules.questions.question.QuestionState", "office.state_"),
        ("intake.rules.questions.question.ProposalKind", "office.kind_"),
        ("intake.rules.meetings.meeting.RegistrationKind", "register.kind."),
        ("intake.rules.plan.profile_terms.Seat", "seat."),
        ("intake.rules.meetings.roster.RosterState", "roster.state_"),
    ],
)
def test_the_glossary_and_the_chat_say_the_same_word(enum, prefix):
    said = catalogue("vi")

    for value, vietnamese, *_ in enum_sections()[enum]:
        assert vietnamese == said[f"{prefix}{value.strip('`')}"].lower()
