"""docs/plans.md and the JSON Schema say the form of a plan's file; both are held against what reads the files."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import is_dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from bot.plan_files import shipped_profiles
from intake.rules.plan.profile import PlanProfile, ProfileError
from intake.rules.plan.profile_parse import parse_profile
from intake.rules.plan.profile_schema import is_required, profile_schema, value_type
from intake.rules.plan.profile_structure import read_fields
from intake.rules.plan.window import PlannedWindow
from tests.plan.test_profile_errors import LOADED, WRONG, changed
from tests.support.command_line import Command
from tests.support.tree import ROOT

PAGE = (ROOT / "docs" / "plans.md").read_text("utf-8")
KINDS = {str: "chữ", int: "số", bool: "đúng sai", date: "ngày", time: "giờ", PlannedWindow: "thời gian"}


def inner(hint: Any) -> tuple[Any, bool]:
    """What a value is, and whether there is a list of it."""
    kind = value_type(hint)
    return (get_args(kind)[0], True) if get_origin(kind) is tuple else (kind, False)


def is_table(kind: Any) -> bool:
    return is_dataclass(kind) and kind is not PlannedWindow


def tables(kind: type[Any], path: str = "", heading: str = "") -> Iterator[tuple[str, type[Any]]]:
    """Every table of a file as its heading in the file, with the class it becomes."""
    yield heading, kind
    for name, hint in get_type_hints(kind).items():
        below, listed = inner(hint)
        if is_table(below):
            where = f"{path}.{name}" if path else name
            yield from tables(below, where, f"[[{where}]]" if listed else f"[{where}]")


def described() -> dict[str, list[list[str]]]:
    """The rows of the page by the tables they are about; the fields above all tables under the empty one."""
    found: dict[str, list[list[str]]] = {}
    for part in PAGE.split("\n## ")[1:]:
        head, _, rest = part.partition("\n")
        listed = [line.strip("|").split("|") for line in rest.splitlines() if line.startswith("| `")]
        rows = [[cell.strip() for cell in line] for line in listed]
        for heading in re.findall(r"`(\[[^`]+\])`", head) or [""]:
            found[heading] = rows
    return found


CLASSES = dict(tables(PlanProfile))
ROWS = described()


def test_every_table_of_the_format_is_on_the_page_and_no_other() -> None:
    assert set(ROWS) == set(CLASSES)


@pytest.mark.parametrize("heading", sorted(CLASSES))
def test_every_field_is_described_as_it_is_read(heading: str) -> None:
    kind = CLASSES[heading]
    said = {row[0].strip("`"): row[1:] for row in ROWS[heading]}

    assert list(said) == list(get_type_hints(kind))
    for name, hint in get_type_hints(kind).items():
        what, needed, means, example = said[name]
        below, listed = inner(hint)
        word = "bảng" if is_table(below) else KINDS.get(below, "từ")
        assert what == (f"danh sách {word}" if listed else word), name
        assert needed == ("có" if is_required(kind, name) else ""), name
        if isinstance(below, type) and issubclass(below, StrEnum):
            assert {f"`{one}`" for one in below} <= set(re.findall(r"`[^`]+`", means)), name
        if not is_table(below):
            value = tomllib.loads(f"{name} = {example.strip('`')}")
            assert read_fields(kind, value, but=()).keys() == {name}, "the example is one"


# --- the schema -------------------------------------------------------------------------------------------------------


def as_json(value: Any) -> Any:
    return json.loads(json.dumps(value, default=date.isoformat))


def misfits(value: Any, schema: dict[str, Any], whole: dict[str, Any], path: str = "") -> Iterator[str]:
    """Where a value is not as its schema has it: the keywords our schema uses, and an error for any other."""
    if "$ref" in schema:
        yield from misfits(value, whole["$defs"][schema["$ref"].rpartition("/")[2]], whole, path)
        return
    assert schema.keys() <= {
        *("$schema", "$defs", "title", "type", "properties", "required", "additionalProperties", "items"),
        *("enum", "pattern", "format"),
    }
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
    if type(value) is not kinds[schema["type"]]:
        yield path
        return
    if "enum" in schema and value not in schema["enum"]:
        yield path
    if "pattern" in schema and not re.search(schema["pattern"].replace("(?<", "(?P<"), value):
        yield path
    if schema["type"] == "array":
        for place, item in enumerate(value, 1):
            yield from misfits(item, schema["items"], whole, f"{path}[{place}]")
    if schema["type"] == "object":
        yield from (f"{path}.{key}" for key in schema["required"] if key not in value)
        for key, item in value.items():
            if key in schema["properties"]:
                yield from misfits(item, schema["properties"][key], whole, f"{path}.{key}")
            else:
                yield f"{path}.{key}"


@pytest.mark.parametrize("path", shipped_profiles(), ids=lambda path: path.stem)
def test_the_schema_takes_the_five_profiles(doithoai: Command, path: Any) -> None:
    status, out, err = doithoai("plans", "schema")
    schema = json.loads(out)

    assert (status, err) == (0, "")
    assert list(misfits(as_json(tomllib.loads(path.read_text("utf-8"))), schema, schema)) == []


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case[2][:60])
def test_the_schema_refuses_what_has_not_the_form(case: tuple[str, tuple[Any, ...], str]) -> None:
    """What only other tables can tell is no matter of the form, nor are days that no calendar has."""
    code, change, _ = case
    schema = profile_schema()
    document = changed(code, *change)
    formal = {"missing", "unknown_key", "wrong_kind", "not_a_word", "empty"}
    with pytest.raises(ProfileError) as refused:
        parse_profile(document, name=code)
    wrong_form = any(flaw.key in formal for flaw in refused.value.flaws)

    assert not wrong_form or list(misfits(as_json(document), schema, schema)) != []
    assert list(misfits(as_json(LOADED[code]), schema, schema)) == []
