import ast
import re
import unicodedata

from intake.rules import errors
from tests.support import import_tree
from tests.support.tree import readable_files

LEFT_OVER = re.compile(r"^(<{7}|>{7}|\|{7}) ", re.MULTILINE)
REQUIREMENT = re.compile(r"\bR\d+\w*\b")


def test_no_file_has_left_overs_of_a_merge():
    assert [name for name, text in readable_files() if LEFT_OVER.search(text)] == []


def test_every_file_is_in_composed_letters():
    decomposed = [name for name, text in readable_files() if not unicodedata.is_normalized("NFC", text)]

    assert decomposed == []


def test_every_requirement_is_cited_with_three_digits():
    cited = {
        (name, number)
        for name, text in readable_files()
        if name.endswith((".py", ".md", ".toml", ".po"))
        for number in REQUIREMENT.findall(text)
    }

    assert cited, "the rules name where they come from"
    assert {one for one in cited if not re.fullmatch(r"R\d{3}", one[1])} == set()


def test_the_files_looked_at_are_those_of_the_tree():
    names = {name for name, _ in readable_files()}

    assert errors.__name__.replace(".", "/") + ".py" in names
    assert not any(name.startswith((".venv/", "var/")) for name in names)


def test_imports_run_in_no_circle_and_never_up():
    imports = import_tree.imports_of(import_tree.modules())

    assert import_tree.circles(imports) == []
    assert import_tree.arrows_up(imports) == []


def test_a_circle_and_an_arrow_up_are_named():
    assert import_tree.circles({"bot.a": {"bot.b"}, "bot.b": {"bot.a"}})
    assert import_tree.arrows_up({"intake.a": {"bot.b"}, "bot.b": set()}) == ["arrow up: intake.a → bot.b"]
    assert import_tree.arrows_up({"handlers.a": {"storage.b"}, "storage.b": set()}), "one layer, two roots"


def test_a_class_name_stands_for_one_thing_in_the_whole_product():
    named: dict[str, list[str]] = {}
    for module, path in import_tree.modules().items():
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                named.setdefault(node.name, []).append(module)

    assert {name: where for name, where in named.items() if len(where) > 1} == {}
