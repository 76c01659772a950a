"""What comes along with a question beside its words: files, places, contact cards; and one that is only spoken."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.engine.inbound_event import InboundEvent, InboundKind, Media
from handlers.engine.scene import Scene
from intake.actions.questions.ask_question import MOST_ATTACHMENTS
from intake.rules.message import Message, Param
from intake.rules.questions.question import SPOKEN, is_sound
from wording.files import file_lines
from wording.texts import words

TOO_MANY = "too_many"


def file_of(media: Media) -> dict[str, Any]:
    """A file as a draft keeps it."""
    return {"sha256": media.sha256, "media_type": media.media_type, "size": media.size, "name": media.name}


def with_files(had: Sequence[dict[str, Any]], media: Sequence[Media]) -> tuple[list[dict[str, Any]], list[str]]:
    """The files of a draft with what came, and why some of it could not be taken."""
    files, problems = list(had), []
    for one in media:
        if one.problem is not None:
            problems.append(one.problem.value)
        elif len(files) >= MOST_ATTACHMENTS:
            problems.append(TOO_MANY)
        elif one.sha256 not in [file["sha256"] for file in files]:
            files.append(file_of(one))
    return files, problems


def file_problems(media: Sequence[Media]) -> tuple[Message, ...]:
    """Why files could not be taken, a sentence for each."""
    return tuple(Message(f"ask.file_{one.problem.value}") for one in media if one.problem is not None)


def words_of(scene: Scene, event: InboundEvent) -> str:
    """What an event says in words: a contact card of somebody else says the name and the number that stand on it."""
    if event.kind is InboundKind.CONTACT:
        if event.proven or not event.text.strip():
            return ""
        name = event.text.strip()
        if name == event.phone:
            return words(scene.language, "ask.card_nameless", {"phone": event.phone})
        return words(scene.language, "ask.card", {"name": name, "phone": event.phone})
    return "" if event.kind is InboundKind.LOCATION else event.text.strip()


def enclosed_lines(draft: Mapping[str, Any]) -> tuple[Param, ...]:
    """What came along so far, an item a line."""
    files = file_lines((file["media_type"], file["name"]) for file in draft.get("files", ()))
    return (*files, *(place for place in draft.get("places", ())))


def whole_text(scene: Scene, draft: Mapping[str, Any]) -> str:
    """The words of the question with the places below them; of one that is only spoken, that it is."""
    text = str(draft.get("text", "")) or f"{SPOKEN} {words(scene.language, 'ask.spoken')}"
    return "\n".join([text, *draft.get("places", ())])


def has_sound(draft: Mapping[str, Any]) -> bool:
    """Whether something was spoken."""
    return any(is_sound(file["media_type"]) for file in draft.get("files", ()))
