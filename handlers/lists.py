"""`/danhsach`: who has registered. A secretary sees every hamlet, a hamlet head the own one against its quota."""

from collections.abc import Sequence

from intake.rules.meeting import Meeting, Registration, RegistrationKind
from intake.rules.message import Message, Param, Term
from intake.rules.person import Person, Role
from intake.rules.profile_parse import parse_profile
from intake.rules.unit import Unit, UnitId

from .hamlet_head.in_person import PART as IN_PERSON
from .meeting_words import when_of
from .own_units import own_hamlets, units_as
from .scene import Command, Scene, Turn, button
from .table import Part

_QUOTAS = "quotas"


async def lists(scene: Scene, _rest: str) -> Turn:
    """`/danhsach`: one message per meeting, and for a hamlet head the way to those whom no chat reaches."""
    said = [*await _of_units(scene), *await _of_hamlets(scene)]
    return Turn(say=tuple(said))


async def _of_units(scene: Scene) -> list[Message]:
    units = await units_as(scene, Role.SECRETARY)
    said = [
        await _whole_list(scene, meeting) for meeting in await scene.uow.meetings.of_units([unit.id for unit in units])
    ]
    if units and not said:
        said.append(Message("lists.no_meeting", {"unit": ", ".join(unit.name for unit in units)}))
    return said


async def _whole_list(scene: Scene, meeting: Meeting) -> Message:
    """Every registration, hamlet by hamlet; the numbers are the order of speaking: that of registering (R113)."""
    registrations, people = await _registrations(scene, meeting)
    by_hamlet: dict[UnitId | None, list[Param]] = {}
    for place, registration in enumerate(registrations, 1):
        person = people[registration.person_id]
        by_hamlet.setdefault(person.hamlet_id, []).append(_line(place, registration, person))
    lines: list[Param] = []
    for hamlet_id, entries in by_hamlet.items():
        name = "–" if hamlet_id is None else (await scene.uow.places.unit(hamlet_id)).name
        lines += ["", Term("lists.hamlet", {"hamlet": name, "people": len(entries)}), *entries]
    return Message("lists.meeting", {"title": meeting.title, **when_of(meeting), **_counts(registrations, lines)})


async def _of_hamlets(scene: Scene) -> list[Message]:
    said: list[Message] = []
    for hamlet in await own_hamlets(scene):
        meetings = await scene.uow.meetings.for_hamlet(hamlet)
        said += [await _hamlet_list(scene, meeting, hamlet) for meeting in meetings]
        if not meetings:
            said.append(Message("lists.no_meeting", {"unit": hamlet.name}))
        row = (button("lists.unreached_button", f"unreached.{hamlet.id}"), button("menu.register_for", "cmd.dangkyho"))
        said[-1] = Message(said[-1].key, said[-1].params, (row,))
    return said


async def _hamlet_list(scene: Scene, meeting: Meeting, hamlet: Unit) -> Message:
    registrations, people = await _registrations(scene, meeting)
    own = [one for one in registrations if people[one.person_id].hamlet_id == hamlet.id]
    lines: list[Param] = [_line(place, one, people[one.person_id]) for place, one in enumerate(own, 1)]
    params: dict[str, Param] = {
        "title": meeting.title,
        **when_of(meeting),
        "hamlet": hamlet.name,
        "quota": await _quota(scene, meeting, len(own)),
        **_counts(own, lines),
    }
    return Message("lists.hamlet_meeting", params)


async def _registrations(scene: Scene, meeting: Meeting) -> tuple[Sequence[Registration], dict[int, Person]]:
    registrations = await scene.uow.meetings.registrations(meeting.id)
    people = await scene.uow.people.many([one.person_id for one in registrations])
    return registrations, {int(person_id): person for person_id, person in people.items()}


def _counts(registrations: Sequence[Registration], lines: Sequence[Param]) -> dict[str, Param]:
    speaking = sum(one.kind is RegistrationKind.SPEAK for one in registrations)
    return {
        "people": len(registrations),
        "speaking": speaking,
        "attending": len(registrations) - speaking,
        "lines": tuple(lines) or (Term("lists.nobody"),),
    }


def _line(place: int, registration: Registration, person: Person) -> Term:
    key = f"lists.line_{registration.kind.value}" + ("_content" if registration.content else "")
    params: dict[str, Param] = {"place": place, "reference": registration.reference, "name": person.name}
    return Term(key, params | ({"content": registration.content} if registration.content else {}))


async def _quota(scene: Scene, meeting: Meeting, listed: int) -> Param:
    """How the list stands against the hamlet's quota; nothing where the plan has none (R111, R112).

    The plans give no numbers for hamlets: the number is the answer a person gave to the plan's open question.
    """
    plan = await scene.uow.plans.get(meeting.plan_id)
    if not parse_profile(plan.profile, name=plan.code).registration.quotas:
        return ""
    answer = plan.choices.get(_QUOTAS, "")
    if not answer.isdecimal():
        return Term("lists.quota_unknown")
    left = int(answer) - listed
    if left < 0:
        return Term("lists.quota_over", {"quota": int(answer), "over": -left})
    return Term("lists.quota_left" if left else "lists.quota_full", {"quota": int(answer), "left": left})


PART = Part(
    commands=(Command("danhsach", lists, aliases=("danh sách",), roles=(Role.HAMLET_HEAD, Role.SECRETARY)),),
    choices=IN_PERSON.choices,
)
