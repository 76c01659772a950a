"""The broadcasters: the unit's radio and the hamlets' loudspeakers get the script.

They and the heads who hold a notice hear when it is out of date.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, cast

from intake.actions.meetings.meeting_people import hamlets_in_scope
from intake.actions.meetings.results_words import results_script
from intake.actions.outbox.tell import tell
from intake.ports import UnitOfWork
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.meetings.aloud import aloud, day_aloud, time_aloud, unspoken
from intake.rules.meetings.meeting import Meeting, Notice, NoticeKind
from intake.rules.message import Button, Message, Param, Term
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import Unit

CalledOff = Literal["moved", "postponed", "cancelled"]
"""Why a released notice holds no longer."""


async def words_to_air(uow: UnitOfWork, meeting: Meeting, notice: Notice) -> Term:
    """What is read out of a notice: the invitation, or what came of the meeting."""
    if notice.kind is NoticeKind.RESULTS:
        return await results_script(uow, meeting)
    return await script_of(uow, meeting)


async def script_of(uow: UnitOfWork, meeting: Meeting) -> Term:
    """The script of a fixed meeting: short sentences, time and place said twice, numbers and days in words."""
    starts_at = (meeting.starts_at or uow.now).astimezone(LOCAL)
    plan = await uow.plans.get(meeting.plan_id)
    profile = plan.decided.profile
    hamlets = await uow.meetings.hamlets(meeting.id)
    unit = await uow.places.unit(meeting.unit_id)
    topics = [topic.name for topic in profile.topics if topic.parent is None]
    params: dict[str, Param] = {
        "unit": aloud(unit.name),
        "title": aloud(meeting.title),
        "scope": aloud(", ".join(hamlet.name for hamlet in hamlets) or unit.name),
        "at": f"{time_aloud(starts_at.time())}, {day_aloud(starts_at.date())}",
        "year": day_aloud(starts_at.date(), year=True).rpartition(" năm ")[2],
        "venue": aloud(meeting.venue),
        "content": aloud(meeting.theme) if meeting.theme else aloud("; ".join(topics)) or Term("notice.any_content"),
    }
    return Term("script.text", params)


def unclear_in(script: Term) -> tuple[Term, ...]:
    """A line that names what a script still says in signs or abbreviations: its reader may read it wrongly."""
    words = dict.fromkeys(word for said in _strings(script) for word in unspoken(said))
    return (Term("script.unclear", {"words": ", ".join(f"“{word}”" for word in words)}),) if words else ()


def _strings(param: Param) -> Iterator[str]:
    """What a script consists of: strings, and sentences and rows made of such."""
    if isinstance(param, str):
        yield param
        return
    parts = param.params.values() if isinstance(param, Term) else cast("Sequence[Param]", param)
    for part in parts:
        yield from _strings(part)


def airing_buttons(notice: Notice, place: Unit) -> tuple[tuple[Button, ...], ...]:
    """The buttons under a script, by which whoever read it out says when."""
    code = f"{notice.id}.{place.id}"
    return (
        (Button(f"aired.{code}", "script.aired_now"), Button(f"airedthen.{code}", "script.aired_then")),
        (Button("cmd.menu", "button.menu"),),
    )


async def hand_to_broadcasters(uow: UnitOfWork, meeting: Meeting, notice: Notice) -> int:
    """Give the script of a notice to everybody who reads it out (R053, R090). Returns how many a chat reaches."""
    script = await words_to_air(uow, meeting, notice)
    told = 0
    for place, people in await _broadcasters(uow, meeting):
        params: dict[str, Param] = {"place": place.name, "title": meeting.title, "text": script}
        message = Message("airing.script", params, airing_buttons(notice, place))
        told += await tell(uow, [person.id for person in people], message)
    return told


async def call_off_notice(uow: UnitOfWork, meeting: Meeting, why: CalledOff, params: dict[str, Param]) -> None:
    """Tell those who have the script of a meeting, and the heads who have its notice, that it holds no longer.

    A head may have read it out and hung it up without sending it on, and is told whether or not (R067). Nobody is
    where no notice was released. `params` are those of `airing.<why>` and `notice.off_<why>`.
    """
    if await uow.meetings.notice_of(meeting.id) is None:
        return
    for _, people in await _broadcasters(uow, meeting):
        await tell(uow, [person.id for person in people], Message(f"airing.{why}", dict(params)))
    heads = [
        head.id
        for hamlet in await hamlets_in_scope(uow, meeting)
        for head in await uow.people.holders(Role.HAMLET_HEAD, hamlet)
    ]
    await tell(uow, list(dict.fromkeys(heads)), Message(f"notice.off_{why}", dict(params)))


async def _broadcasters(uow: UnitOfWork, meeting: Meeting) -> list[tuple[Unit, Sequence[Person]]]:
    """Who reads out where: for the whole unit, and in each hamlet the meeting is for; nobody twice."""
    unit = await uow.places.unit(meeting.unit_id)
    of_unit = await uow.people.holders(Role.BROADCASTER, unit)
    found: list[tuple[Unit, Sequence[Person]]] = [(unit, of_unit)]
    has_it = {person.id for person in of_unit}
    for hamlet in await hamlets_in_scope(uow, meeting):
        own = [one for one in await uow.people.holders(Role.BROADCASTER, hamlet) if one.id not in has_it]
        has_it |= {one.id for one in own}
        found.append((hamlet, own))
    return found
