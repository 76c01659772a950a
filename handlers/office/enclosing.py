"""Files that come along with a form of the office: taken at any of its steps, kept in the draft under `files`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from handlers.engine.inbound_event import InboundEvent, Media
from handlers.engine.scene import Hear, Scene, Step, Turn
from intake.rules.deadlines.task import MOST_FILES
from intake.rules.files import NewFile
from intake.rules.message import Message, Param
from wording.files import file_lines


def taking_files(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps of a form that asks for a `text`, each of which takes files too: with the words, before, after.

    Several that are sent in one go come one after the other, the words with the first of them: at whatever step the
    form has arrived by then, the others are added, and it asks again.
    """
    return tuple(replace(step, hear=_hearing_files(step)) for step in steps)


def _hearing_files(step: Step) -> Hear:
    async def hear(scene: Scene, event: InboundEvent) -> Turn:
        if not event.media:
            return await step.hear(scene, event)
        scene.draft, said = _with_files(scene.draft, event.media)  # kept also where the words beside them are refused
        typed = event.text.strip()
        if typed and step.free_text:
            turn = await step.hear(scene, event)
            return replace(turn, say=(*said, *turn.say))
        if typed:  # the form is looked at already: more words belong to those it has
            scene.draft["text"] = f"{scene.draft['text']}\n{typed}"
        elif step.free_text and not said:
            said = (Message("form.files_so_far", {"lines": lines_of_files(scene.draft)}),)
        return Turn(to=step.name, say=said, draft=scene.draft)

    return hear


def _with_files(draft: Mapping[str, Any], media: Sequence[Media]) -> tuple[dict[str, Any], tuple[Message, ...]]:
    files, problems = list(draft.get("files", ())), []
    for one in media:
        if one.problem is not None:
            problems.append(Message(f"ask.file_{one.problem.value}"))
        elif one.sha256 in [file["sha256"] for file in files]:
            continue
        elif len(files) >= MOST_FILES:
            problems.append(Message("refusal.too_many_task_files", {"most": MOST_FILES}))
        else:
            file = {"sha256": one.sha256, "media_type": one.media_type, "size": one.size, "name": one.name}
            files.append(file)
    return {**draft, "files": files}, tuple(problems)


def files_in(draft: Mapping[str, Any]) -> list[NewFile]:
    """The files a form has taken so far."""
    return [NewFile(**one) for one in draft.get("files", ())]


def lines_of_files(draft: Mapping[str, Any]) -> tuple[Param, ...]:
    """The same in words, an item a line."""
    return file_lines((one["media_type"], one["name"]) for one in draft.get("files", ()))
