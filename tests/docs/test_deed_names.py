"""What was done is read at the desk in words: every act of the audit trail has a name (`deed.` in `audit.po`)."""

import ast
from pathlib import Path

import intake
from locales import LANGUAGES, catalogue
from tests.support.deeds import DEEDS


def test_every_deed_has_a_name() -> None:
    acts = {act for act, _ in DEEDS.values()}
    for file in Path(intake.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "AuditEntry":
                acts |= {one.value for one in call.args[2:3] if isinstance(one, ast.Constant)}
    for language in LANGUAGES:
        assert sorted(act for act in acts if f"deed.{act}" not in catalogue(language)) == []
