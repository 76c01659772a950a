"""Sending a question: the words, a look at them, `Gửi`. Photos, voice and files may come with it at any time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import Command, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.language.choice import learn_language
from handlers.language.courtesy import Courtesy, courtesy_in
from handlers.language.legacy import from_legacy
from handlers.office.namesakes import MEMBER, UNNAMED, called, person_meant
from handlers.secretary.entering import told_words
from intake.actions.people.enrol import home_unit
from intake.actions.questions.ask_question import Receipt, ask_question, clean_question
from intake.actions.questions.gathered import is_gathered
from intake.actions.questions.look_up import look_up_signs
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import due_words
from intake.rules.errors import RuleBroken, TooLong
from intake.rules.files import NewFile
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.unit import UnitId
from intake.rules.plan.profile_terms import QuestionKind
from intake.rules.questions.question import CameBy, QuestionState, known_again
from intake.rules.questions.reference import bare_reference
from intake.rules.sealed.risk import risk_of
from wording.meetings import when_of
from wording.texts import words

from ..menu import menu_message
from .enclosed import TOO_MANY, enclosed_lines, has_sound, whole_text, with_files, words_of
from .gate import GATE, SEALED, emergency_card, gate_step, needs_gate, seal_step
from .household import whose, whose_message
from .questions import show_status
from .sealed import promised

TEXT = "ask.text"
PREVIEW = "ask.preview"
KIND = "ask.kind"
MEETING = "ask.meeting"
WHOSE = "ask.whose"
NO_MEETING = "none"
STRAY_AFTER = timedelta(days=1)
"""How long a question that was begun out of the blue waits for `Gửi`: until the same hour of the next day."""


async def ask(scene: Scene, rest: str) -> Turn:
    """`/hoi`, and what stands behind it is the question."""
    if scene.me.hamlet_id is None:
        return home_first(rest)
    first = WHOSE if scene.me.members else TEXT
    if not rest:
        return Turn(to=first)
    if bare_reference(rest) is not None:
        return await show_status(scene, rest)
    chat = scene.account
    typed = InboundEvent(chat.network, chat.channel, chat.address, "", InboundKind.TEXT, text=rest)
    turn = await _more(scene, typed, {})
    return replace(turn, to=WHOSE) if first == WHOSE else turn


async def _ask_whose(scene: Scene) -> Message:
    return await whose_message(scene, "household.whose_question")


async def _hear_whose(scene: Scene, event: InboundEvent) -> Turn:
    """For somebody else nothing is sent sealed, and what accuses is asked about anew (LAW C4.4)."""
    draft = await whose(scene, event)
    if draft is None:
        if event.kind is InboundKind.CHOICE or _courtesy(event) is not None:
            return Turn(to=WHOSE, say=(Message("talk.tap_one"),), draft=scene.draft)
        turn = await _more(scene, event, scene.draft)  # the question itself, before it was asked for
        return replace(turn, to=WHOSE, say=(*turn.say, Message("ask.kept")))
    draft = {name: value for name, value in draft.items() if name not in ("gate", SEALED, "unasked", "meeting")}
    if not draft.get("text"):
        return Turn(to=TEXT, draft=draft)
    return Turn(to=GATE if needs_gate(str(draft["text"])) else PREVIEW, draft=draft)


async def ask_unasked(scene: Scene, event: InboundEvent) -> Turn:
    """Free text or a file while nothing was asked: taken as the start of a question."""
    courtesy = _courtesy(event)
    where = "_office" if scene.me.hamlet_id is None and scene.grants else ""
    if courtesy is not None:
        return Turn(say=(Message(f"courtesy.{courtesy.value}{where}", {"name": scene.me.name}), menu_message(scene)))
    if where:
        return await _of_no_hamlet(scene, event.text)
    if scene.me.hamlet_id is None:
        files, problems = with_files(scene.draft.get("files", ()), event.media)
        text = words_of(scene, event)
        turn = home_first("\n".join(filter(None, (str(scene.draft.get("wanted", "")), text))), files)
        said = [Message(f"ask.file_{problem}") for problem in dict.fromkeys(problems)]
        return replace(turn, say=(*said, *await emergency_card(scene, risk_of(text)), *turn.say))
    return await _more(scene, event, {**scene.draft, "unasked": True})


def home_first(wanted: str, files: Sequence[dict[str, Any]] = ()) -> Turn:
    """Whoever named no place where they live is asked for it; what they wrote is kept, and goes on as a question."""
    row = (button("settings.hamlet_button", "cmd.doithon"), button("button.menu", "cmd.menu"))
    kept: dict[str, Any] = {"wanted": wanted, "files": list(files)}
    return Turn(say=(Message("ask.home_first", {}, (row,)),), draft={name: one for name, one in kept.items() if one})


async def _of_no_hamlet(scene: Scene, text: str) -> Turn:
    """Whoever works in the office and has named no hamlet of their own: nothing they type becomes a question.

    They may be in danger, or have to accuse somebody, like everybody else.
    """
    risk = risk_of(text)
    said = await emergency_card(scene, risk)
    if needs_gate(text, risk):
        said = (*said, Message("ask.of_no_hamlet", {}, ((button("menu.settings", "cmd.caidat"),),)))
    return Turn(say=said or (Message("talk.not_understood"),))


async def _ask_text(scene: Scene) -> Message:
    enclosed = enclosed_lines(scene.draft)
    if enclosed:
        return Message("ask.text_enclosed", {"lines": enclosed})
    return Message("ask.text_for" if "neighbour" in scene.draft else "ask.text", _neighbour(scene))


async def _more(scene: Scene, event: InboundEvent, draft: dict[str, Any]) -> Turn:
    """Take in words, files or a place; a question without words is asked for them, unless it is spoken."""
    draft, said = _taken_in(scene, event, draft)
    text = words_of(scene, event)
    risk = risk_of(text)
    said = (*said, *await emergency_card(scene, risk))
    if event.kind in (InboundKind.CONTACT, InboundKind.CHOICE) and not text:
        return Turn(to=scene.step or TEXT, say=(Message("talk.not_understood"),), draft=draft)
    if not draft.get("text"):
        return Turn(to=PREVIEW if has_sound(draft) else TEXT, say=said, draft=draft)
    try:
        clean_question(whole_text(scene, draft))
    except RuleBroken as refusal:
        if isinstance(refusal, TooLong) or not any(letter.isalpha() for letter in draft["text"]):
            raise
        # too few words so far: what follows is added to them
        return Turn(to=TEXT, say=(*said, refusal.message), draft=draft)
    if not draft.get("gate") and needs_gate(draft["text"], risk if draft["text"] == text else None):
        return Turn(to=GATE, say=said, draft=draft)
    return Turn(to=PREVIEW, say=said, draft=draft)


def _taken_in(scene: Scene, event: InboundEvent, draft: dict[str, Any]) -> tuple[dict[str, Any], tuple[Message, ...]]:
    """The draft with what came, and what there is to say about it."""
    files, problems = with_files(draft.get("files", ()), event.media)
    if draft.get("full"):  # of an album it is said once
        problems = [one for one in problems if one != TOO_MANY]
    draft = {**draft, "files": files, "full": TOO_MANY in problems or bool(draft.get("full"))}
    said: tuple[Message, ...] = tuple(Message(f"ask.file_{problem}") for problem in dict.fromkeys(problems))
    if event.kind is InboundKind.LOCATION:
        place = words(scene.language, "ask.place", {"place": event.text.strip()})
        draft["places"] = [*draft.get("places", ()), place]
    typed = words_of(scene, event)
    text = from_legacy(typed) or typed
    if text:
        said = (*learn_language(scene, text), *said)
        draft["text"] = f"{draft['text']}\n{text}" if draft.get("text") else text
    if text != typed:  # the preview that follows is where they see whether it was read rightly
        said = (*said, Message("ask.old_font"))
    return draft, said


def _courtesy(event: InboundEvent) -> Courtesy | None:
    return courtesy_in(event.text) if event.kind is InboundKind.TEXT else None


async def _hear_text(scene: Scene, event: InboundEvent) -> Turn:
    courtesy = _courtesy(event)
    if courtesy is not None:
        return Turn(to=TEXT, say=(Message(f"courtesy.{courtesy.value}", {"name": scene.me.name}),), draft=scene.draft)
    if bare_reference(event.text) is not None:
        looked_up = await show_status(scene, event.text)
        return Turn(to=TEXT, say=looked_up.say, draft=scene.draft)
    return await _more(scene, event, scene.draft)


async def _meetings(scene: Scene) -> list[Meeting]:
    """The meetings this question can still be sent for: not over, and not yet in session when fixed for another day."""
    hamlet_id = scene.draft.get("hamlet") or scene.me.hamlet_id
    hamlet = await scene.uow.places.unit(UnitId(int(str(hamlet_id))))
    coming = await scene.uow.meetings.for_hamlet(hamlet)
    return list(coming)


def _chosen(scene: Scene, meetings: list[Meeting]) -> Meeting | None:
    chosen = scene.draft.get("meeting")
    if chosen == NO_MEETING or not meetings:
        return None
    return next((one for one in meetings if one.id == chosen), meetings[0])


async def _ask_preview(scene: Scene) -> Message:
    meetings = await _meetings(scene)
    meeting = _chosen(scene, meetings)
    kind = QuestionKind(scene.draft.get("kind", QuestionKind.QUESTION))
    where = (
        Term("ask.outside")
        if meeting is None
        else Term("ask.for_meeting", {"title": meeting.title, **when_of(meeting)})
    )
    enclosed = enclosed_lines(scene.draft)
    sealed = bool(scene.draft.get(SEALED))
    params: dict[str, Param] = {
        "text": str(scene.draft.get("text", "")) or Term("ask.spoken_preview"),
        "files": Term("ask.files", {"lines": enclosed}) if enclosed else "",
        "kind": Term(f"kind.{kind.value}"),
        "where": Term(promised(scene, "ask.sealed"), {"where": where})
        if sealed
        else await _with_reply(scene, kind, meeting, where),
        **_neighbour(scene),
    }
    more = [button("ask.change_kind", "kind")]
    if "neighbour" not in scene.draft:
        more.append(button("ask.unseal_button" if sealed else "ask.seal_button", SEALED))
    if scene.me.members and ("neighbour" not in scene.draft or MEMBER in scene.draft):
        more.append(button("household.whose_button", "whose"))
    if meetings:
        more.append(button("ask.change_meeting", "meeting"))
    key = "ask.preview_for" if "neighbour" in scene.draft else "ask.preview"
    if "came_by" in scene.draft:
        key = "ask.preview_entered"
        params["how"] = Term(f"came_by.{scene.draft['came_by']}")
        params["day"] = date.fromisoformat(scene.draft["received_on"])
    if scene.draft.get("unasked"):
        key = "ask.preview_unasked"
    return Message(
        key,
        params,
        (
            (button("button.send", "send"), button("button.edit", "edit"), button("button.cancel", "cancel")),
            tuple(more),
        ),
    )


async def _with_reply(scene: Scene, kind: QuestionKind, meeting: Meeting | None, where: Term) -> Term:
    """Where it goes, and that no reply of its own follows where the plan gathers what is of this kind (R128)."""
    hamlet_id = UnitId(int(str(scene.draft.get("hamlet") or scene.me.hamlet_id)))
    unit = await home_unit(scene.uow, await scene.uow.places.unit(hamlet_id))
    if await is_gathered(scene.uow, kind, unit.id, None if meeting is None else meeting.id):
        return Term("gathered.preview", {"where": where})
    return where


async def _hear_preview(scene: Scene, event: InboundEvent) -> Turn:
    match event.choice:
        case "send":
            return await _send(scene)
        case "edit":
            kept = {name: value for name, value in scene.draft.items() if name not in ("text", "gate", "unasked")}
            return Turn(to=TEXT, draft=kept)
        case "whose" | "kind" | "meeting":
            return Turn(to={"whose": WHOSE, "kind": KIND, "meeting": MEETING}[event.choice], draft=scene.draft)
        case "sealed" if "neighbour" not in scene.draft:
            return Turn(to=PREVIEW, draft={**scene.draft, SEALED: not scene.draft.get(SEALED)})
        case _:
            polite = _courtesy(event) is not None
            not_sent = Turn(to=PREVIEW, say=(Message("courtesy.not_sent_yet"),), draft=scene.draft)
            return not_sent if polite else await _more(scene, event, scene.draft)


def outlived(scene: Scene) -> tuple[Message, ...] | None:
    """What is said when a question that was begun out of the blue has lain for a day: it is said back, and ends.

    Whoever comes back a day later speaks of something else, and it would be filed together with what lies there.
    """
    last, step = scene.heard_before, scene.step
    if last is None or not scene.draft.get("unasked") or scene.uow.now - last < STRAY_AFTER:
        return None
    if step not in (TEXT, PREVIEW, KIND, MEETING, GATE):
        return None
    text = str(scene.draft.get("text", "")) or Term("ask.spoken_preview")
    return (Message("ask.outlived", {"at": last, "text": text}),)


async def _send(scene: Scene) -> Turn:
    meeting = _chosen(scene, await _meetings(scene))
    draft = scene.draft
    asker, entered_by = scene.me, None
    if "neighbour" in draft:
        entered_by = scene.me
        asker = await person_meant(scene, draft)
    receipt = await ask_question(
        scene.uow,
        asker=asker,
        text=whole_text(scene, draft),
        kind=QuestionKind(draft.get("kind", QuestionKind.QUESTION)),
        meeting_id=None if meeting is None else meeting.id,
        files=[NewFile(**file) for file in draft.get("files", ())],
        entered_by=entered_by,
        sensitive=bool(draft.get(SEALED)),
        came_by=CameBy(draft.get("came_by", CameBy.CHAT)),
        home_id=UnitId(int(draft["hamlet"])) if draft.get(UNNAMED) else None,
        received_on=date.fromisoformat(draft["received_on"]) if "received_on" in draft else None,
    )
    said = receipt_message(receipt, look_up_signs(scene.uow, receipt.question.reference))
    if receipt.question.came_by is not CameBy.CHAT:
        params: dict[str, Param] = {"receipt": Term(said.key, said.params), "told": await told_words(scene, asker)}
        again = ((button("entering.another", "cmd.hoho"), button("button.menu", "cmd.menu")),)
        said = Message("entering.receipt", params, again)
    return Turn(say=(said,))


def receipt_message(receipt: Receipt, signs: str) -> Message:
    """What the asker is told at once: the reference, the meeting, and the due date or what starts the clock.

    With the reference the `signs` open the look-up of the public page (R222).
    """
    question = receipt.question
    buttons = ((button("ask.follow", f"status.{question.id}"), button("button.menu", "cmd.menu")),)
    if question.state is QuestionState.GATHERED:
        own = ((button("gathered.own_reply", f"petition.{question.id}"),), *buttons)
        return Message("gathered.receipt", {"reference": known_again(question), "signs": signs}, own)
    if receipt.meeting is not None:
        params = {
            "signs": signs,
            "reference": known_again(question),
            "title": receipt.meeting.title,
            **when_of(receipt.meeting),
        }
        return Message("ask.receipt_meeting", params, buttons)
    if receipt.clock is None:
        raise ValueError("a question outside a meeting has a clock from its receipt")
    params = {"signs": signs, "reference": known_again(question), "due": due_words(unpack_due(receipt.clock.due))}
    return Message("ask.receipt_outside", params, buttons)


async def _ask_kind(scene: Scene) -> Message:
    del scene
    return Message("ask.kind", {}, rows_of([button(f"kind.{kind.value}", kind.value) for kind in QuestionKind]))


async def _hear_kind(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice not in list(QuestionKind):
        return Turn(to=KIND, say=(Message("talk.tap_one"),), draft=scene.draft)
    return Turn(to=PREVIEW, draft={**scene.draft, "kind": event.choice})


async def _ask_meeting(scene: Scene) -> Message:
    buttons: list[Button] = [literal(meeting.title, f"m{meeting.id}") for meeting in await _meetings(scene)]
    return Message("ask.meeting", {}, rows_of([*buttons, button("ask.outside_button", NO_MEETING)], 1))


async def _hear_meeting(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice == NO_MEETING:
        return Turn(to=PREVIEW, draft={**scene.draft, "meeting": NO_MEETING})
    ids = {f"m{meeting.id}": meeting.id for meeting in await _meetings(scene)}
    if event.choice not in ids:
        return Turn(to=MEETING, say=(Message("talk.tap_one"),), draft=scene.draft)
    return Turn(to=PREVIEW, draft={**scene.draft, "meeting": MeetingId(ids[event.choice])})


def _neighbour(scene: Scene) -> dict[str, Param]:
    return {"name": called(scene.draft)} if "neighbour" in scene.draft else {}


MODULE = ConversationModule(
    commands=(
        Command(
            "hoi",
            ask,
            aliases=("hỏi", "gửi câu hỏi", "✍️ Gửi câu hỏi"),
            leads_to=(TEXT, WHOSE, GATE, PREVIEW),
        ),
    ),
    steps=(
        Step(WHOSE, _ask_whose, _hear_whose, leads_to=(TEXT, GATE, PREVIEW)),
        Step(TEXT, _ask_text, _hear_text, leads_to=(GATE, PREVIEW), free_text=True),
        gate_step(PREVIEW),
        seal_step(),
        Step(
            PREVIEW,
            _ask_preview,
            _hear_preview,
            leads_to=(TEXT, KIND, MEETING, GATE, WHOSE),
            free_text=True,  # what comes to mind while looking is added to the question
            digits_choose=True,
        ),
        Step(KIND, _ask_kind, _hear_kind, leads_to=(PREVIEW,)),
        Step(MEETING, _ask_meeting, _hear_meeting, leads_to=(PREVIEW,)),
    ),
)
