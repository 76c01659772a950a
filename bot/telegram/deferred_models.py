"""aiogram with each model built when it is first used.

aiogram 3.31 asks pydantic to put building its 444 models off (`defer_build`), and then builds all of them at the end of
`aiogram.types`, since their annotations name types that only a type checker imports there. That takes 2.3 of the 3
seconds of the import and 100 of its 128 MiB; a bot that chats uses a few dozen of them. Here that last loop is held
back and the modules are given the names it had collected, so that pydantic builds a model by itself once it is needed
(decision 0035).
"""

import re
import sys
from collections.abc import Mapping
from typing import Any

import structlog
from pydantic import BaseModel

_TYPES = "aiogram.types"
_NAME = re.compile(r"[A-Za-z_]\w*")
log = structlog.get_logger()


def import_aiogram() -> None:
    """Import aiogram, its models unbuilt; to be called before anything else imports it, else nothing is saved.

    With a version that does without that loop, or whose models cannot be built this way, everything is as if aiogram
    had just been imported.
    """
    if _TYPES in sys.modules:
        return
    held: dict[type[BaseModel], dict[str, Any]] = {}
    rebuild = BaseModel.__dict__["model_rebuild"]

    def hold(model: type[BaseModel], /, **how: Any) -> bool | None:
        if model.__module__.startswith(_TYPES):
            held[model] = how
            return None
        built: bool | None = rebuild.__func__(model, **how)
        return built

    BaseModel.model_rebuild = classmethod(hold)  # type: ignore[assignment, method-assign]
    try:
        import aiogram.types
    finally:
        BaseModel.model_rebuild = rebuild  # type: ignore[method-assign]
    for model, how in held.items():
        _name(model, how.get("_types_namespace") or {})
    if aiogram.types.Update.model_rebuild(raise_errors=False) is False:
        log.warning("aiogram_built_whole", models=len(held))
        for model, how in held.items():
            model.model_rebuild(force=True, **how)


def _name(model: type[BaseModel], names: Mapping[str, Any]) -> None:
    """Give a model's module the names its annotations, inherited ones too, mention and it does not have."""
    module = vars(sys.modules[model.__module__])
    annotations = [one for origin in model.__mro__ for one in vars(origin).get("__annotations__", {}).values()]
    for name in _NAME.findall(" ".join(map(str, annotations))):
        if name in names:
            module.setdefault(name, names[name])
