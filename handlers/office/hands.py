"""A show of hands: secretary or chair ask the hall, people answer from the chat (`/giotay`), never secretly."""

from handlers.engine.form import Field, form_steps, read_words
from handlers.engine.scene import Choice, Command, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.counted_hands import HandsCount, counted
from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.meetings.show_of_hands import (
    ask_for_hands,
    count_hands,
    hands_for,
    hands_message,
    put_hand_up,
)
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.meetings.show_of_hands import HandsId, clean_answers
from intake.rules.message import Button, Message, Param, Term, button


async def hands_row(scene: Scene, meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    """The row by which a question is put to the hall, or the hands for it are counted."""
    if meeting.state is not MeetingState.OPEN:
        return ()
    up = any(one.counted_at is None for one in await scene.uow.hands.of_meeting(meeting.id))
    if up:
        return ((button("hands.see_button", f"hands.{meeting.id}"),),)
    return ((button("hands.ask_button", f"handsask.{meeting.id}"),),)


async def own(scene: Scene, _rest: str) -> Turn:
    """`/giotay`: what one may put a hand up for right now."""
    found = await hands_for(scene.uow, scene.me)
    if not found:
        return Turn(say=(Message("hands.none", {}, ((button("button.menu", "cmd.menu"),),)),))
    return Turn(say=tuple(hands_message(one) for one in found))


async def put_up(scene: Scene, rest: str) -> Turn:
    """A button `hand.<id>.<answer>`; another answer takes the place of the one before."""
    number, _, answer = rest.partition(".")
    hands = await put_hand_up(scene.uow, by=scene.me, hands_id=HandsId(id_in(number)), answer=id_in(answer))
    chosen = hands.answers[id_in(answer)]
    return Turn(say=(Message("hands.put_up", {"answer": chosen}, hands_message(hands).buttons),))


async def show(scene: Scene, rest: str) -> Turn:
    """A button `hands.<meeting id>`, of the office: how many hands are up by now."""
    meeting = await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(rest)))
    shown = await scene.uow.hands.of_meeting(meeting.id)
    if not shown:
        raise NotFound
    return Turn(say=(_card(await counted(scene.uow, shown[-1]), meeting),))


def _card(count: HandsCount, meeting: Meeting) -> Message:
    lines: list[Param] = [
        Term("hands.line", {"answer": answer, "count": number})
        for answer, number in zip(count.hands.answers, count.counts, strict=True)
    ]
    rows = [(button("hall.screen_button", f"hall.{meeting.id}"), button("programme.back_button", f"room.{meeting.id}"))]
    if count.is_open:
        again = button("hands.see_button", f"hands.{meeting.id}")
        rows.insert(0, (button("hands.count_button", f"handscount.{meeting.id}"), again))
    key = "hands.up" if count.is_open else "hands.counted"
    return Message(key, {"question": count.hands.question, "lines": tuple(lines), "total": count.total}, tuple(rows))


async def count(scene: Scene, rest: str) -> Turn:
    """A button `handscount.<meeting id>`."""
    meeting_id = MeetingId(id_in(rest))
    result = await count_hands(scene.uow, by=scene.me, meeting_id=meeting_id)
    return Turn(say=(_card(result, await scene.uow.meetings.get(meeting_id)),))


async def start(scene: Scene, rest: str) -> Turn:
    """A button `handsask.<meeting id>`: the question, then the answers."""
    meeting = await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(rest)))
    return Turn(to="handsask.question", draft={"meeting": meeting.id})


def _read_answers(scene: Scene, typed: str) -> str:
    del scene
    return "\n".join(clean_answers(typed))


def _typed(scene: Scene) -> dict[str, Param]:
    return {"question": str(scene.draft["question"]), "answers": str(scene.draft["answers"])}


async def _ask(scene: Scene) -> Turn:
    meeting_id = MeetingId(int(scene.draft["meeting"]))
    hands = await ask_for_hands(
        scene.uow,
        by=scene.me,
        meeting_id=meeting_id,
        question=str(scene.draft["question"]),
        answers=str(scene.draft["answers"]),
    )
    return Turn(say=(_card(await counted(scene.uow, hands), await scene.uow.meetings.get(meeting_id)),))


MODULE = ConversationModule(
    commands=(Command("giotay", own, aliases=("giơ tay",)),),
    choices=(
        Choice("hand", put_up),
        Choice("hands", show),
        Choice("handscount", count),
        Choice("handsask", start, leads_to=("handsask.question",)),
    ),
    steps=form_steps(
        "handsask",
        (Field("question", "handsask.question", read_words), Field("answers", "handsask.answers", _read_answers)),
        preview=_typed,
        send=_ask,
    ),
)
