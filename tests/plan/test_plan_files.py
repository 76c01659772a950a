"""Somebody writes the profile of their commune by hand: all that is wrong with it is said at once, line by line."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.plan_files import PLANS, read_profile, read_profiles, shipped_profiles
from bot.toml_lines import line_of, lines_of
from intake.rules.plan.profile import ProfileError
from tests.support.command_line import Command, refused

FILES = [*shipped_profiles(), *sorted((PLANS / "demo").glob("*.toml"))]


def edited(tmp_path: Path, *changes: tuple[str, str], code: str = "vinh-bao-2026") -> Path:
    """The file of a plan with the first place of each text changed."""
    text = (PLANS / f"{code}.toml").read_text("utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    path = tmp_path / f"{code}.toml"
    path.write_text(text, "utf-8")
    return path


def complaints(path: Path) -> list[tuple[int | None, str]]:
    """The line and the field of each flaw of a file."""
    with pytest.raises(ProfileError) as refused:
        read_profile(path)
    return [(flaw.line, flaw.path) for flaw in refused.value.flaws]


def test_whoever_makes_six_mistakes_hears_of_six(tmp_path: Path) -> None:
    """Of the form and of what hangs together, in one run, in the order of the file."""
    path = edited(
        tmp_path,
        ("year = 2026\n", 'year = "2026"\n'),
        ('layout = "party"\n', 'layout = "church"\n'),
        ('desk = "ban-xay-dung-dang"\n', 'desk = "ban-xay-dung"\n'),
        ("\n[[open]]\n", '\n[[open]]\ncolour = "red"\n'),
        ("[clocks.notice]\n", "[clocks.notice]\ndays = 0\n"),
        ("[signature]\n", "[signature]\ntitel = 1\n"),
    )
    lines = path.read_text("utf-8").splitlines()

    found = complaints(path)

    assert [field for _, field in found] == [
        "plan.year",
        "plan.layout",
        "topics[1].desk",
        "clocks.notice.days",
        "signature.titel",
        "open[1].colour",
    ]
    assert [lines[line - 1] for line, _ in found if line is not None] == [
        'year = "2026"',
        'layout = "church"',
        'desk = "ban-xay-dung"',
        "days = 0",
        "titel = 1",
        'colour = "red"',
    ]


def test_what_is_missing_is_looked_for_where_it_should_stand(tmp_path: Path) -> None:
    path = edited(tmp_path, ('key = "quotas"\n', ""))
    [(line, field)] = complaints(path)

    assert field.endswith("].key")
    assert path.read_text("utf-8").splitlines()[(line or 0) - 1] == "[[open]]"


def test_a_mistake_inside_a_list_of_several_lines_has_its_own_line(tmp_path: Path) -> None:
    path = edited(tmp_path, ('    { key = "one", ', '    { kex = "one", '))
    found = complaints(path)

    assert {field.rpartition(".")[2] for _, field in found} == {"key", "kex"}
    [line] = {line for line, _ in found}
    assert 'kex = "one"' in path.read_text("utf-8").splitlines()[(line or 0) - 1]


def test_several_files_are_examined_to_the_end(doithoai: Command, tmp_path: Path) -> None:
    first = edited(tmp_path, ("year = 2026\n", "year = 0\n"))
    second = edited(tmp_path, ('layout = "state"\n', 'layout = "church"\n'), code="an-duong-2024")
    gone, broken = tmp_path / "gone.toml", tmp_path / "broken.toml"
    broken.write_text('code = "x"\nunit = = "y"\n', "utf-8")

    status, out, err = doithoai("plans", "load", *(str(path) for path in (first, second, gone, broken)))

    assert (status, out) == (2, "")
    lines = err.splitlines()
    assert all(line.startswith("doithoai: ") for line in lines)
    on = second.read_text("utf-8").splitlines().index('layout = "church"') + 1
    assert f'doithoai: {second}:{on}: plan.layout: "church" is not one of party, state, front, council, joint.' in lines
    assert any(f"{gone}: The file cannot be read: " in line for line in lines)
    assert any(f"{broken}:2: The file is not a TOML file: " in line for line in lines)
    assert any(f"{first}:" in line and "plan.year: 0 is not a year of four digits." in line for line in lines)
    with pytest.raises(ProfileError):
        read_profiles([first, second])


def test_a_file_of_an_editor_on_windows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "vinh-bao-2026.toml"
    text = (PLANS / path.name).read_text("utf-8").replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8"))

    assert read_profile(path) == read_profile(PLANS / path.name)


def test_a_plan_that_leaves_nothing_open_says_so(doithoai: Command, tmp_path: Path) -> None:
    text = (PLANS / "an-duong-2024.toml").read_text("utf-8")
    head, _, _ = text.partition("\n[[open]]")
    hamlet = '\n[[units]]\ncode = "AD-1"\nname = "Thôn 1"\nlevel = "hamlet"\nparent = "AD"\nphrase = "thôn 1"\n'
    path = tmp_path / "an-duong-2024.toml"
    path.write_text("open = []\n" + head + hamlet, "utf-8")

    assert read_profile(path).open == ()
    for _ in range(2):  # stored, read again, loaded over itself
        status, out, err = doithoai("plans", "load", str(path))
        assert (status, err) == (0, "")
        assert "còn để ngỏ" not in out


# --- the lines of a file ----------------------------------------------------------------------------------------------


def walked(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if path:
        yield path, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from walked(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for place, item in enumerate(value, 1):
            yield from walked(item, f"{path}[{place}]")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_everything_in_a_file_is_found_on_the_line_it_stands_on(path: Path) -> None:
    text = path.read_text("utf-8")
    lines, found = text.splitlines(), lines_of(text)

    everything = dict(walked(tomllib.loads(text)))
    assert found.keys() == everything.keys()
    for where, value in everything.items():
        line = lines[found[where] - 1]
        if not where.endswith("]"):
            assert where.rpartition(".")[2] in line
        if isinstance(value, str):
            assert value in line


def test_a_line_is_found_behind_whatever_toml_allows() -> None:
    text = """# [no] = "table"
'a.b' = \"\"\"two
lines = "1" \"\"\" # tail
x.y = [ # remark ]
  [1, 2],
  { z = 'it''s' , q = [true] },
]
[ one . "two" ]
when = 2026-01-01 07:30:00
text = '''a
[b]'''
[[one.many]]
[[one.many]]
k = "\\\\"
[one.many.sub]
last = 1
""".replace("'it''s'", "'its'")
    assert tomllib.loads(text)["one"]["many"][1]["sub"] == {"last": 1}

    found = lines_of(text)

    assert {path: found[path] for path in ("a.b", "x.y", "x.y[1][2]", "x.y[2].z", "x.y[2].q[1]")} == {
        "a.b": 2,
        "x.y": 4,
        "x.y[1][2]": 5,
        "x.y[2].z": 6,
        "x.y[2].q[1]": 6,
    }
    assert {path: found[path] for path in ("one.two.when", "one.two.text", "one.many[1]", "one.many[2].k")} == {
        "one.two.when": 9,
        "one.two.text": 10,
        "one.many[1]": 12,
        "one.many[2].k": 14,
    }
    assert found["one.many[2].sub.last"] == 16


def test_what_is_nowhere_is_looked_for_as_near_as_can_be() -> None:
    found = lines_of("a = 1\n\n[b]\nc = [\n  1,\n]\n")

    assert [line_of(path, found) for path in ("b.c[1]", "b.c[7]", "b.x.y", "z", "")] == [5, 4, 3, 1, 1]


written = st.recursive(
    st.integers() | st.booleans() | st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"[a-z]{1,3}", fullmatch=True), inner),
    max_leaves=8,
)


def toml(value: Any, gap: str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ",".join(f"{gap}{toml(item, gap)}" for item in value) + gap + "]"
    return "{" + ", ".join(f"{key} = {toml(item, gap)}" for key, item in value.items()) + "}"


@given(
    st.dictionaries(st.from_regex(r"[a-z]{1,3}", fullmatch=True), written, max_size=4),
    st.sampled_from([" ", "\n", "\n# ] } = [[x]]\n"]),
)
def test_no_file_is_too_strange(document: dict[str, Any], gap: str) -> None:
    text = "\n".join(f"{key} = {toml(value, gap)}" for key, value in document.items())
    if tomllib.loads(text) != document:  # a table in one line may not be broken up in every version of Python
        return

    assert lines_of(text).keys() == dict(walked(document)).keys()


@pytest.mark.parametrize(
    ("written", "line", "said"),
    [
        ("code = 'x'\nunit = 'Vĩnh Bảo'\n".encode("utf-16"), 1, "The file is not saved as UTF-8"),
        ("code = 'x'\nunit = 'à'\n".encode("latin-1"), 2, "The file is not saved as UTF-8"),
        (b"code = " + b"[" * 9000 + b"]" * 9000, None, "The file has too many brackets"),
    ],
    ids=["Unicode of Notepad", "an old code page", "deep"],
)
def test_a_file_nobody_can_read_is_one_sentence_that_says_what_to_do(
    doithoai: Command, tmp_path: Path, written: bytes, line: int | None, said: str
) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(written)

    place = str(path) if line is None else f"{path}:{line}"
    refused(doithoai("plans", "load", str(path)), f"{place}: {said}")
