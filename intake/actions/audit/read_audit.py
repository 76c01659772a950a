"""The audit trail of a unit as whoever watches over it reads it; every reading is an entry itself (LAW C4, A2.10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from intake.actions.sealed.access import readable
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry, Recorded
from intake.rules.errors import RuleBroken
from intake.rules.people.permissions import holds, require
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.questions.question import Question, QuestionId, QuestionState

READING_AUDIT = (Role.SUPERVISOR, Role.ADMIN)
"""Who reads the audit trail of a unit."""
SHOWN_BY_ITSELF = timedelta(days=30)
"""How far back one looks who has not said from which day on."""


@dataclass(frozen=True, slots=True)
class AuditAsked:
    """Which entries somebody wants: of whom, about which thing (`question:12`), from which day to which.

    `before`: only what is older than the entry of this id.
    """

    since: date
    until: date
    person_id: PersonId | None = None
    subject: str = ""
    before: int | None = None


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An entry as it is read.

    `actor` is empty for whoever held no role, and for the system, which `by_system` tells apart. `thing` is what the
    thing is called, empty where it has no name of its own; `role` is the one a deed gave or ended; `words` were typed
    beside it.
    """

    id: int
    at: datetime
    act: str
    actor_id: PersonId | None
    actor: str
    by_system: bool
    kind: str
    number: str
    thing: str
    role: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A page of entries, the newest first; `older` is where the next page begins, None when there is none."""

    lines: Sequence[AuditLine]
    older: int | None


async def audited_units(uow: UnitOfWork, by: Person) -> Sequence[Unit]:
    """The units whose audit trail `by` may read, by name."""
    grants = await uow.people.grants_of(by.id)
    roots = await uow.places.roots_under(grant.unit_id for grant in grants)
    return [unit for unit in roots if any(holds(grants, role, unit) for role in READING_AUDIT)]


async def audited_unit(uow: UnitOfWork, by: Person, unit_id: UnitId) -> Unit:
    """A unit whose audit trail `by` may read; `NotFound` for any other."""
    unit = await uow.places.unit(unit_id)
    require(await uow.people.grants_of(by.id), READING_AUDIT, unit)
    return unit


async def read_audit(uow: UnitOfWork, *, by: Person, unit_id: UnitId, asked: AuditAsked, most: int) -> AuditPage:
    """A page of the trail of a unit; that it was read is written down. Raises `NotFound` for whoever may not.

    A question that names somebody of the office is kept from whom its other readers are (R126). What was typed beside a
    deed is shown with neither people nor sensitive questions. Whoever asked a question is not named as who did
    something to it, nor found by it, also where they hold a role: they did so as one of the people.
    """
    unit = await audited_unit(uow, by, unit_id)
    found = await uow.audit.within(
        unit,
        person_id=asked.person_id,
        subject=asked.subject,
        since=asked.since,
        until=asked.until,
        before=asked.before,
        most=most + 1,
    )
    page = found[:most]
    questions = await _questions_of(uow, page)
    may = {f"question:{one.id}" for one in await readable(uow, by, questions.values())}
    names = await _names(uow, page, questions)
    lines = [
        _line(one, names, questions.get(one.entry.subject), named=bool(one.actor) and not _by_asker(one, questions))
        for one in page
        if one.entry.subject not in questions
        or (one.entry.subject in may and not (_by_asker(one, questions) and one.entry.actor_id == asked.person_id))
    ]
    looked_for = {"person": asked.person_id, "thing": asked.subject or None, "before": asked.before}
    detail = {"from": asked.since.isoformat(), "to": asked.until.isoformat(), **looked_for}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "read_audit", f"unit:{unit.id}", detail))
    return AuditPage(lines, page[-1].entry.id if len(found) > most else None)


async def subject_named(uow: UnitOfWork, by: Person, unit: Unit, typed: str) -> str:
    """The thing somebody means: a question by its code, or a thing as its entries name it; empty for nothing typed.

    Raises `RuleBroken` for what can be neither, and for a question whose entries `by` does not read in this unit.
    """
    typed = typed.strip()
    kind, colon, number = typed.partition(":")
    if not typed or (colon and kind.replace("_", "").isalpha() and kind.isascii() and number):
        return typed
    question = await uow.questions.by_reference(typed.upper())
    if (
        question is None
        or question.unit_id != unit.id
        or question.state is QuestionState.SEALED
        or not await readable(uow, by, [question])
    ):
        raise RuleBroken("audit.no_such_thing", {"typed": typed})
    return f"question:{question.id}"


async def _questions_of(uow: UnitOfWork, page: Sequence[Recorded]) -> dict[str, Question]:
    numbers = _numbers(page, "question")
    return {f"question:{one}": await uow.questions.get(QuestionId(one)) for one in numbers}


async def _names(uow: UnitOfWork, page: Sequence[Recorded], questions: Mapping[str, Question]) -> dict[str, str]:
    """What the things of a page are called, where they have a name that may be shown; people by their role alone.

    Whose role was given or ended held it, also where they hold none any more.
    """
    lent = {one.entry.subject for one in page if "role" in one.entry.detail}
    units = await uow.places.units(UnitId(one) for one in _numbers(page, "unit"))
    people = await uow.people.many(PersonId(one) for one in _numbers(page, "person"))
    return {
        **{subject: question.reference for subject, question in questions.items()},
        **{f"unit:{one.id}": one.name for one in units.values()},
        **{
            f"person:{one.id}": one.called
            for one in people.values()
            if f"person:{one.id}" in lent or await uow.people.grants_of(one.id)
        },
    }


def _numbers(page: Sequence[Recorded], kind: str) -> list[int]:
    subjects = {one.entry.subject for one in page if one.entry.subject.startswith(f"{kind}:")}
    return sorted(int(subject.partition(":")[2]) for subject in subjects)


def _by_asker(one: Recorded, questions: Mapping[str, Question]) -> bool:
    question = questions.get(one.entry.subject)
    return question is not None and question.asker_id == one.entry.actor_id


def _line(one: Recorded, names: Mapping[str, str], question: Question | None, *, named: bool) -> AuditLine:
    entry = one.entry
    kind, _, number = entry.subject.partition(":")
    told = kind != "person" and (question is None or not question.sensitive)
    return AuditLine(
        entry.id,
        entry.at,
        entry.act,
        entry.actor_id if named else None,
        one.actor if named else "",
        entry.actor_id is None,
        kind,
        number,
        names.get(entry.subject, ""),
        str(entry.detail.get("role", "")),
        tuple(text for text in one.words.values() if text) if told else (),
    )
