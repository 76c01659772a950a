"""Remind whoever registered: the day before and two hours before, once; neighbours through their head, in one list."""

from collections.abc import Iterable, Mapping, Sequence

from intake.actions.outbox.tell import News, tell, tell_each
from intake.ports import UnitOfWork
from intake.rules.deadlines.calendar import LOCAL, ONE_DAY
from intake.rules.deadlines.deadline import Alert
from intake.rules.meetings.meeting import Meeting
from intake.rules.meetings.meeting_reminders import AHEAD, MeetingReminder, reminder_at
from intake.rules.message import Button, Message, Param
from intake.rules.people.person import Account, Person, PersonId, Role


async def remind_registered(uow: UnitOfWork) -> int:
    """Tell everybody registered for a meeting that is near what is owed now. Returns how many letters that makes.

    May run at any time and in any number of processes: a reminder is an alert, unique by meeting and moment, person
    and kind, so that nobody hears one twice and a meeting that was moved is reminded of anew. What is waiting to be
    sent while its time has passed is taken back.
    """
    letters = 0
    for meeting in await uow.proofs.fixed_between(uow.now - ONE_DAY, uow.now + AHEAD):
        which = reminder_at(meeting.starts_at or uow.now, uow.now)
        for kind in MeetingReminder:
            if _over(meeting, kind, uow):
                await uow.letters.drop_waiting(_name(meeting, kind))
        if which is not None:
            letters += await _remind(uow, meeting, which)
    return letters


async def drop_reminders(uow: UnitOfWork, meeting: Meeting) -> None:
    """Take back the reminders of a meeting that have not been sent: it is moved or cancelled."""
    await uow.letters.drop_waiting(f"remind:{meeting.id}:")


def _over(meeting: Meeting, kind: MeetingReminder, uow: UnitOfWork) -> bool:
    """Whether a reminder that still waits would come too late: the day before is over, the meeting has begun."""
    starts_at = meeting.starts_at or uow.now
    if kind is MeetingReminder.DAY_BEFORE:
        return uow.today >= starts_at.astimezone(LOCAL).date()
    return uow.now >= starts_at


def _name(meeting: Meeting, kind: MeetingReminder) -> str:
    return f"remind:{meeting.id}:{_moment(meeting)}:{kind.value}:"


def _moment(meeting: Meeting) -> str:
    return "" if meeting.starts_at is None else f"{meeting.starts_at.astimezone(LOCAL):%Y%m%dT%H%M}"


async def _remind(uow: UnitOfWork, meeting: Meeting, kind: MeetingReminder) -> int:
    registered = [one.person_id for one in await uow.meetings.registrations(meeting.id)]
    subject = f"meeting:{meeting.id}:{_moment(meeting)}"
    raised = await uow.clocks.raise_each_once(
        Alert(subject, person_id, kind.value, (meeting.starts_at or uow.now).astimezone(LOCAL).date())
        for person_id in registered
    )
    new = {alert.recipient_id for alert in raised}
    persons = await uow.people.many(new)
    accounts = await uow.accounts.of(new)
    by_chat = [one for one in registered if one in accounts]
    params: dict[str, Param] = {"title": meeting.title, "at": meeting.starts_at or uow.now, "venue": meeting.venue}
    name = _name(meeting, kind)
    change = (Button(f"register.{meeting.id}", "remind.change"), Button("cmd.hoi", "menu.ask"))
    said = f"remind.meeting_{kind.value}"
    letters = await tell_each(
        uow,
        [
            News(
                one,
                Message(said, params, ((Button(f"mycode.{meeting.id}.{one}", "register.code"),), change)),
                once=f"{name}{one}",
            )
            for one in by_chat
            if one in new
        ],
    )
    without = [persons[one] for one in registered if one in new and one not in accounts]
    for head_id, neighbours in (await _heads(uow, without)).items():
        listed = Message(
            "remind.meeting_list", {**params, "names": tuple(f"– {person.called}" for person in neighbours)}
        )
        # named after the first of the list: who registers later makes a list of their own
        letters += await tell(uow, [head_id], listed, once=f"{name}{neighbours[0].id}:list")
    return letters


async def _heads(uow: UnitOfWork, people: Iterable[Person]) -> Mapping[PersonId, Sequence[Person]]:
    """For each who can tell somebody at the door, whom: who entered them, else the heads of their hamlet."""
    lists: dict[PersonId, list[Person]] = {}
    heads_of: dict[int, Sequence[PersonId]] = {}
    for person in people:
        if person.erased_at is not None:
            continue
        tellers: Sequence[PersonId] = [] if person.entered_by is None else [person.entered_by]
        reachable: Mapping[PersonId, Account] = await uow.accounts.of(tellers)
        if not reachable and person.hamlet_id is not None:
            if person.hamlet_id not in heads_of:
                hamlet = await uow.places.unit(person.hamlet_id)
                heads_of[person.hamlet_id] = [head.id for head in await uow.people.holders(Role.HAMLET_HEAD, hamlet)]
            tellers = heads_of[person.hamlet_id]
        for teller in tellers:
            lists.setdefault(teller, []).append(person)
    return lists
