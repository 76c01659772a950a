"""A show of hands: secretary or chair ask the hall, people answer from the chat (`/giotay`), never secretly."""

from handlers.engine.form import Field, form_steps, read_words
from handlers.engine.scene import Choice, Command, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.counted_hands import HandsCount, counted
from intake.actions.meetings.hands_by_eye import enter_hands, hands_to_count, place_of_hands, places_to_count
from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.meetings.show_of_hands import (
    ask_for_hands,
    count_hands,
    count_message,
    hands_for,
    hands_message,
    put_hand_up,
)
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.meetings.show_of_hands import HandsId, clean_answers, read_counts
from intake.rules.message import Button, Message, Param, Term, button
from intake.rules.people.unit import UnitId


async def hands_row(scene: Scene, meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    """The row by which a question is put to the hall, or the hands for it are counted."""
    if meeting.state is not MeetingState.OPEN:
        return ()
    up = any(one.counted_at is None for one in await scene.uow.hands.of_meeting(meeting.id))
    if up:
        return ((button("hands.see_button", f"hands.{meeting.id}"),),)
    return ((button("hands.ask_button", f"handsask.{meeting.id}"),),)


async def own(scene: Scene, _rest: str) -> Turn:
    """`/giotay`: what one may put a hand up for right now, and where one counts those without a phone."""
    found = [hands_message(one) for one in await hands_for(scene.uow, scene.me)]
    found += [count_message(one, place) for one, place in await hands_to_count(scene.uow, scene.me)]
    return Turn(say=tuple(found) or (Message("hands.none", {}, ((button("button.menu", "cmd.menu"),),)),))


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


def _lines(count: HandsCount) -> list[Param]:
    lines: list[Param] = [
        Term("hands.line", {"answer": answer, "count": number})
        for answer, number in zip(count.hands.answers, count.counts, strict=True)
    ]
    if count.by_eye:
        lines.append(Term("hands.by_eye", {"count": count.by_eye}))
    return lines


def _card(count: HandsCount, meeting: Meeting) -> Message:
    rows: list[tuple[Button, ...]] = [
        (button("hall.screen_button", f"hall.{meeting.id}"), button("programme.back_button", f"room.{meeting.id}"))
    ]
    if count.is_open:
        again = button("hands.see_button", f"hands.{meeting.id}")
        rows.insert(0, (button("hands.count_button", f"handscount.{meeting.id}"), again))
        rows.insert(1, (button("hands.enter_button", f"handsenter.{count.hands.id}.{meeting.unit_id}"),))
    key = "hands.up" if count.is_open else "hands.counted"
    return Message(
        key, {"question": count.hands.question, "lines": tuple(_lines(count)), "total": count.total}, tuple(rows)
    )


async def count(scene: Scene, rest: str) -> Turn:
    """A button `handscount.<meeting id>`."""
    meeting_id = MeetingId(id_in(rest))
    result = await count_hands(scene.uow, by=scene.me, meeting_id=meeting_id)
    return Turn(say=(_card(result, await scene.uow.meetings.get(meeting_id)),))


async def start(scene: Scene, rest: str) -> Turn:
    """A button `handsask.<meeting id>`: the question, then the answers."""
    meeting = await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(rest)))
    return Turn(to="handsask.question", draft={"meeting": meeting.id})


async def start_entering(scene: Scene, rest: str) -> Turn:
    """A button `handsenter.<hands id>.<place id>`: how many of those without a phone, answer by answer."""
    number, _, where = rest.partition(".")
    hands, place = await place_of_hands(scene.uow, scene.me, HandsId(id_in(number)), UnitId(id_in(where)))
    draft = {"hands": hands.id, "place": place.id, "where": place.name, "answers": "\n".join(hands.answers)}
    return Turn(to="handsenter.counts", draft={**draft, "question": hands.question})


def _read_counts(scene: Scene, typed: str) -> str:
    counts = read_counts(typed, len(_answers(scene)))
    return " ".join(str(one) for one in counts)


def _answers(scene: Scene) -> list[str]:
    return str(scene.draft["answers"]).splitlines()


def _entered(scene: Scene) -> dict[str, Param]:
    counts = str(scene.draft["counts"]).split()
    lines = [
        Term("hands.line", {"answer": answer, "count": int(count)})
        for answer, count in zip(_answers(scene), counts, strict=True)
    ]
    return {"where": str(scene.draft["where"]), "lines": tuple(lines)}


async def _enter(scene: Scene) -> Turn:
    result = await enter_hands(
        scene.uow,
        by=scene.me,
        hands_id=HandsId(int(scene.draft["hands"])),
        place_id=UnitId(int(scene.draft["place"])),
        counts=[int(one) for one in str(scene.draft["counts"]).split()],
    )
    meeting = await scene.uow.meetings.get(result.hands.meeting_id)
    if [one.id for one in await places_to_count(scene.uow, scene.me, meeting)] == [meeting.unit_id]:
        return Turn(say=(_card(result, meeting),))
    again = f"handsenter.{result.hands.id}.{scene.draft['place']}"
    rows = ((button("hands.enter_button", again),), (button("button.menu", "cmd.menu"),))
    return Turn(say=(Message("hands.entered", _entered(scene), rows),))


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
        Choice("handsenter", start_entering, leads_to=("handsenter.counts",)),
    ),
    steps=(
        *form_steps(
            "handsask",
            (Field("question", "handsask.question", read_words), Field("answers", "handsask.answers", _read_answers)),
            preview=_typed,
            send=_ask,
        ),
        *form_steps("handsenter", (Field("counts", "handsenter.counts", _read_counts),), preview=_entered, send=_enter),
    ),
)
