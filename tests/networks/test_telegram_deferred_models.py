"""aiogram is imported in a fraction of its time and memory, and every kind of update is read all the same."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EVERY_MODEL = """
import json, sys
from bot.telegram.deferred_models import import_aiogram
if sys.argv[1] == "deferred":
    import_aiogram()
import aiogram.methods, aiogram.types
models = [one for one in vars(aiogram.types).values() if hasattr(one, "model_rebuild")]
unbuilt = sum(not one.__pydantic_complete__ for one in models)
fields = {}
for one in models:
    one.model_rebuild()
    fields[one.__name__] = sorted(one.model_fields)
updates = [
    {"update_id": 1, "message": {
        "message_id": 2, "date": 1, "chat": {"id": 5, "type": "private"}, "caption": "Đường hỏng",
        "from": {"id": 5, "is_bot": False, "first_name": "Mai"},
        "photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}],
        "contact": {"phone_number": "+84905000001", "first_name": "Mai"},
        "reply_to_message": {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}},
    }},
    {"update_id": 2, "callback_query": {
        "id": "7", "from": {"id": 5, "is_bot": False, "first_name": "Mai"}, "chat_instance": "1", "data": "send~1",
        "message": {"message_id": 2, "date": 0, "chat": {"id": 5, "type": "private"}},
    }},
    {"update_id": 3, "my_chat_member": {
        "chat": {"id": 5, "type": "private"}, "from": {"id": 5, "is_bot": False, "first_name": "Mai"}, "date": 1,
        "old_chat_member": {"user": {"id": 9, "is_bot": True, "first_name": "Bot"}, "status": "member"},
        "new_chat_member": {
            "user": {"id": 9, "is_bot": True, "first_name": "Bot"}, "status": "kicked", "until_date": 0
        },
    }},
]
read = [aiogram.types.Update.model_validate(one).model_dump(mode="json", exclude_none=True) for one in updates]
print(json.dumps({"unbuilt": unbuilt, "fields": fields, "read": read}))
"""


def imported(how: str) -> dict[str, object]:
    run = subprocess.run(  # noqa: S603 - the program above
        [sys.executable, "-c", EVERY_MODEL, how], capture_output=True, text=True, check=True
    )
    found: dict[str, object] = json.loads(run.stdout)
    return found


@pytest.mark.whole_processes
def test_every_model_can_still_be_built_and_updates_read_the_same() -> None:
    whole, deferred = imported("whole"), imported("deferred")
    assert whole["unbuilt"] == 0
    assert isinstance(deferred["unbuilt"], int)
    assert deferred["unbuilt"] > 300, "this version of aiogram builds its models another way"
    assert deferred["fields"] == whole["fields"]
    assert deferred["read"] == whole["read"]


LATER_VERSION = """
from __future__ import annotations
from pydantic import BaseModel, ConfigDict
Words = list["Word"]
class Update(BaseModel):
    model_config = ConfigDict(defer_build=True)
    said: Words
class _Word(BaseModel):
    text: str
Update.model_rebuild(_types_namespace={"Word": _Word, "Words": Words})
"""

READ = """
from bot.telegram.deferred_models import import_aiogram
import_aiogram()
from aiogram.types import Update
print(Update.model_validate({"said": [{"text": "xin chào"}]}).said[0].text)
"""


@pytest.mark.whole_processes
def test_a_version_whose_models_cannot_wait_is_built_whole(tmp_path: Path) -> None:
    (tmp_path / "aiogram" / "types").mkdir(parents=True)
    (tmp_path / "aiogram" / "__init__.py").touch()
    (tmp_path / "aiogram" / "types" / "__init__.py").write_text(LATER_VERSION, "utf-8")
    where = {**os.environ, "PYTHONPATH": str(tmp_path)}
    run = subprocess.run(  # noqa: S603 - the program above
        [sys.executable, "-c", READ], capture_output=True, text=True, check=True, env=where
    )
    assert "aiogram_built_whole" in run.stdout
    assert run.stdout.strip().endswith("xin chào")
