#!/usr/bin/env bash
# aiogram 3.31.0 with pydantic 2.13.4: its models ask to be built when they are first used, and all of them are built while it is imported.
#
# The base of the types sets `defer_build=True`. Their annotations name types that each module imports for a type checker alone, so the end of
# `aiogram.types` rebuilds every one with the names it has collected: after `import aiogram.types` all but their base are built. Most of the processor
# time of the import, and most of the memory, goes there. The share below is of one run, as a ratio; it is not what the check rests on.
#
# Where it bites: a chat bot that uses a few dozen of some four hundred types pays for all of them in each process, and `defer_build` in the
# source makes one look for the cause elsewhere. Counting `__pydantic_complete__` right after the import tells at once.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet aiogram==3.31.0 pydantic==2.13.4
"$folder/env/bin/python" - <<'PY'
import time
from importlib.metadata import version

from pydantic import BaseModel

built, spent = set(), 0.0
rebuild = BaseModel.__dict__["model_rebuild"]


def counted(model, /, **how):
    global spent
    began = time.process_time()
    try:
        return rebuild.__func__(model, **how)
    finally:
        spent += time.process_time() - began
        if model.__module__.startswith("aiogram.types"):
            built.add(model)


BaseModel.model_rebuild = classmethod(counted)
began = time.process_time()
import aiogram.types

whole = time.process_time() - began
BaseModel.model_rebuild = rebuild


def below(model):
    for one in model.__subclasses__():
        yield one
        yield from below(one)


models = {one for one in below(BaseModel) if one.__module__.startswith("aiogram.types")}
deferred = {one for one in models if one.model_config.get("defer_build")}
complete = {one for one in models if one.__pydantic_complete__}
print("aiogram", version("aiogram"), "pydantic", version("pydantic"))
print(f"{len(models)} models, {len(deferred)} ask to be built later, {len(complete)} built once imported, {len(built)} by the loop")
print(f"building took {spent / whole:.0%} of the processor time of the import")
assert len(models) > 300, "changed: far fewer models"
assert deferred == models, "changed: not all ask to be built later"
assert complete >= deferred - {one for one in models if not one.model_fields}, "changed: some are left unbuilt"
assert len(built) > len(models) * 0.9, "changed: the import does not rebuild them"
PY
