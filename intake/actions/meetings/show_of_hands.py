"""A show of hands in the hall: asked by the office, answered from the chat, counted for the screen and the minutes."""

from collections.abc import Sequence

from intake.actions.meetings.counted_hands import HandsCount, count_up, counted
from intake.actions.meetings.hands_by_eye import hands_left
from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.meetings.meeting_people import hamlets_in_scope
from intake.actions.outbox.tell import tell
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState, RegistrationState
from intake.rules.meetings.show_of_hands import (
    LONGEST_QUESTION,
    SHOWN_AFTER,
    Hand,
    HandsId,
    ShowOfHands,
    clean_answers,
)
from intake.rules.message import Button, Message, button
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import Unit
from intake.rules.questions.promise import required


async def hands_in_hall(uow: UnitOfWork, meeting: Meeting) -> HandsCount | None:
    """What the hall sees: hands that are up, or the last result for some minutes; else None."""
    all_ = await uow.hands.of_meeting(meeting.id)
    if not all_:
        return None
    last = all_[-1]
    if last.counted_at is not None and uow.now - last.counted_at > SHOWN_AFTER:
        return None
    return await counted(uow, last)


async def ask_for_hands(
    uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, question: str, answers: str
) -> ShowOfHands:
    """Put a question to the hall, the answers one a line; whoever is registered and has a chat gets the buttons.

    Heads of the hamlets it is for are asked to count those who have no phone.

    One at a time: `RuleBroken` while hands are up, before the meeting has begun and after its end.
    """
    meeting = await meeting_in_unit(uow, by, meeting_id, lock=True)
    if meeting.state is not MeetingState.OPEN:
        raise RuleBroken("refusal.meeting_not_open")
    if any(one.counted_at is None for one in await uow.hands.of_meeting(meeting.id)):
        raise RuleBroken("refusal.hands_up")
    question = required(question, "refusal.text_missing")
    if len(question) > LONGEST_QUESTION:
        raise RuleBroken("refusal.hands_question", {"letters": LONGEST_QUESTION})
    hands = await uow.hands.add(ShowOfHands(meeting.id, question, clean_answers(answers), uow.now))
    await _note(uow, by, "ask_for_hands", hands)
    registered = [one.person_id for one in await uow.meetings.registrations(meeting.id)]
    reachable: Sequence[PersonId] = list(await uow.accounts.of(registered))
    await tell(uow, reachable, hands_message(hands), relay=False)
    for hamlet in await hamlets_in_scope(uow, meeting):
        heads = await uow.accounts.of([one.id for one in await uow.people.holders(Role.HAMLET_HEAD, hamlet)])
        await tell(uow, list(heads), count_message(hands, hamlet), relay=False)
    return hands


def count_message(hands: ShowOfHands, place: Unit) -> Message:
    """What somebody reads who counts the hands of those without a phone at a place."""
    row = ((button("hands.enter_button", f"handsenter.{hands.id}.{place.id}"),),)
    return Message("hands.count_there", {"question": hands.question, "place": place.name}, row)


def hands_message(hands: ShowOfHands) -> Message:
    """The question with a button for each answer; it says that this is no secret ballot."""
    rows = tuple(
        (Button(f"hand.{hands.id}.{number}", answer, literal=True),) for number, answer in enumerate(hands.answers)
    )
    return Message("hands.ask", {"question": hands.question}, rows)


async def hands_for(uow: UnitOfWork, by: Person) -> list[ShowOfHands]:
    """The questions for whose answer somebody may put a hand up right now."""
    registered = await uow.meetings.registrations_of(by.id)
    seated = [one.meeting_id for one in registered if one.state is RegistrationState.STANDING]
    return [one for number in seated for one in await uow.hands.of_meeting(number) if one.counted_at is None]


async def put_hand_up(uow: UnitOfWork, *, by: Person, hands_id: HandsId, answer: int) -> ShowOfHands:
    """Put one's hand up for an answer, or for another one than before, while hands are up.

    One hand a person with a seat at the meeting or let in at its door; `NotFound` for all others. `RuleBroken` where
    everybody registered is counted, so that who was counted by eye counts once.
    """
    hands = await uow.hands.get(hands_id, lock=True)
    registered = {one.person_id: one for one in await uow.meetings.registrations(hands.meeting_id)}
    if by.id not in registered or answer >= len(hands.answers):
        raise NotFound
    if hands.counted_at is not None:
        raise RuleBroken("refusal.hands_counted")
    if await uow.hands.at_places(hands.id):  # a hundred tap at once, and mostly nobody was counted by eye
        is_up = by.id in await uow.hands.raised(hands.id)
        if not is_up and await hands_left(uow, hands, registered[by.id].unit_id) <= 0:
            raise RuleBroken("refusal.hands_all_counted")
    await uow.hands.put(Hand(hands.id, by.id, answer, uow.now))
    entry = AuditEntry(uow.now, by.id, "put_hand_up", f"hands:{hands.id}", {"meeting": hands.meeting_id})
    await uow.ledger.write(entry)
    return hands


async def count_hands(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId) -> HandsCount:
    """Count the hands that are up: the result stays, who chose what is forgotten."""
    meeting = await meeting_in_unit(uow, by, meeting_id, lock=True)
    count = await count_up(uow, by, meeting)
    if count is None:
        raise ChangedMeanwhile
    return count


async def _note(uow: UnitOfWork, by: Person, act: str, hands: ShowOfHands) -> None:
    await uow.ledger.write(AuditEntry(uow.now, by.id, act, f"hands:{hands.id}", {"meeting": hands.meeting_id}))
