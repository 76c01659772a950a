"""A form: a few things typed one after the other, a preview with `Gửi` · `Sửa` · `Huỷ`, and only then the deed."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from handlers.language.courtesy import courtesy_in
from intake.rules.message import Button, Message, Param, button, rows_of
from intake.rules.questions.promise import agency_named, promised_day, required
from intake.rules.typed_when import day_typed

from .inbound_event import InboundEvent, InboundKind
from .scene import Scene, Step, Turn

SKIP = "skip"
HOW = "how"
_A_MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a form asks for.

    `asks` is the msgid of the sentence, with the draft's `reference`. `read` makes the value that is kept, or raises
    `RuleBroken`: then it is asked again. With `skippable`, `Bỏ qua` keeps what the draft holds already. `offers` gives
    buttons to tap instead of typing; the code of the one that was tapped is kept as it is, a name on it beside it; with
    `taken`, what that makes of the code.
    """

    name: str
    asks: str
    read: Callable[[Scene, str], str]
    skippable: bool = False
    offers: Callable[[Scene], Awaitable[Sequence[Button]]] | None = None
    taken: Callable[[Scene, str], Awaitable[str]] | None = None


def read_words(scene: Scene, typed: str) -> str:
    """Any words, but at least one."""
    del scene
    return required(typed, "refusal.text_missing")


def read_agency(scene: Scene, typed: str) -> str:
    """The name of an agency."""
    del scene
    return agency_named(typed)


def read_day(scene: Scene, typed: str) -> str:
    """A day after today as people type it, kept as ISO."""
    return promised_day(day_typed(typed, scene.uow.today), scene.uow.today).isoformat()


def _no_other_way(scene: Scene) -> Sequence[Button]:
    """A form that is sent in one way alone."""
    del scene
    return ()


def form_steps(
    name: str,
    fields: Sequence[Field],
    *,
    preview: Callable[[Scene], dict[str, Param]],
    send: Callable[[Scene], Awaitable[Turn]],
    otherwise: Callable[[Scene], Sequence[Button]] = _no_other_way,
) -> tuple[Step, ...]:
    """The steps of a form, the first field first; without fields it is only looked at before it is sent.

    The preview is the sentence `<name>.preview` with the params `preview` makes of the draft; `send` does the deed
    when `Gửi` is tapped and ends the conversation. Where the form asks for somebody's own words alone, what is typed
    under the preview goes on with them. `otherwise` makes further ways of sending: the code of the one that was tapped
    is in the draft under `HOW`.
    """
    names = [f"{name}.{field.name}" for field in fields]
    last = f"{name}.preview"
    steps = [_field_step(step, field, to) for step, field, to in zip(names, fields, [*names, last][1:], strict=True)]
    own = fields[0] if len(fields) == 1 and fields[0].read is read_words else None
    if own is not None and own.offers is not None and own.taken is None:  # what was tapped is a code
        own = None
    return (*steps, _preview_step(last, names[0] if names else None, own, preview, send, otherwise))


def _field_step(name: str, field: Field, to: str) -> Step:
    async def ask(scene: Scene) -> Message:
        row: list[Button] = [button("button.cancel", "cancel")]
        if field.skippable:
            row.insert(0, button("button.skip", SKIP))
        offered = [] if field.offers is None else list(await field.offers(scene))
        shown: dict[str, Param] = {key: value for key, value in scene.draft.items() if isinstance(value, str)}
        shown["example"] = scene.uow.today + _A_MONTH
        return Message(field.asks, shown, (*rows_of(offered, 1), tuple(row)))

    async def hear(scene: Scene, event: InboundEvent) -> Turn:
        if field.skippable and event.choice == SKIP:
            return Turn(to=to, draft=scene.draft)
        if field.offers is not None and event.choice in [one.code for one in await field.offers(scene)]:
            if field.taken is not None:
                return Turn(to=to, draft={**scene.draft, field.name: await field.taken(scene, event.choice)})
            return Turn(
                to=to, draft={**scene.draft, field.name: event.choice, **await _tapped(scene, field, event.choice)}
            )
        return Turn(to=to, draft={**scene.draft, field.name: field.read(scene, event.text)})

    return Step(name, ask, hear, leads_to=(to,), free_text=True)


async def _tapped(scene: Scene, field: Field, code: str) -> dict[str, str]:
    """What stood on a button that is a name, so that a preview can show what was chosen: `<name>_label`."""
    offered = () if field.offers is None else await field.offers(scene)
    return {f"{field.name}_label": one.label for one in offered if one.code == code and one.literal}


def _preview_step(
    name: str,
    first: str | None,
    own: Field | None,
    preview: Callable[[Scene], dict[str, Param]],
    send: Callable[[Scene], Awaitable[Turn]],
    otherwise: Callable[[Scene], Sequence[Button]],
) -> Step:
    async def ask(scene: Scene) -> Message:
        edit = () if first is None else (button("button.edit", "edit"),)
        row = (button("button.send", "send"), *edit, button("button.cancel", "cancel"))
        return Message(name, preview(scene), (row, *rows_of(list(otherwise(scene)), 1)))

    async def hear(scene: Scene, event: InboundEvent) -> Turn:
        match event.choice:
            case "send":
                return await send(scene)
            case "edit" if first is not None:
                return Turn(to=first, draft=scene.draft)
            case how if how in {one.code for one in otherwise(scene)}:
                scene.draft[HOW] = how
                return await send(scene)
            case _ if own is not None and event.kind is InboundKind.TEXT and courtesy_in(event.text) is None:
                whole = own.read(scene, f"{scene.draft[own.name]}\n{event.text}")  # somebody goes on
                return Turn(to=name, draft={**scene.draft, own.name: whole})
            case _:
                return Turn(to=name, say=(Message("talk.tap_one"),), draft=scene.draft)

    return Step(name, ask, hear, leads_to=() if first is None else (first,))
