"""Everything that is kept of a person, for the person: gathered in one order, by kind (LAW C5, access)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from intake.ports import UnitOfWork
from intake.rules.message import Param, Term, unpack_message
from intake.rules.people.data_copy import CopyRecord, CopySections
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import UnitId
from intake.rules.questions.question import Question
from wording.texts import render

from .audit import deed_words, thing_words

_MOST_READINGS = 500
_MOST_DEEDS = 10_000
"""How many of the last entries of the audit trail come along; that there are more is said."""


async def own_copy(uow: UnitOfWork, person: Person) -> CopySections:
    """What is kept of a person. What was typed for a neighbour is the neighbour's: only that it was typed is told."""
    questions = list(reversed(await uow.questions.of_person(person.id)))
    own = [one for one in questions if one.asker_id == person.id]
    sections: dict[str, Sequence[CopyRecord]] = {
        "person": [await _person(uow, person)],
        "consents": [
            _known(version=one.version, at=one.given_at, guardian=one.guardian, ended=one.withdrawn_at)
            for one in await uow.people.consents_of(person.id)
        ],
        "corrections": [
            _known(what=Term(f"correct.{one.what.value}_button"), was=uow.vault.open(one.was_sealed), at=one.at)
            for one in await uow.people.corrections_of(person.id)
        ],
        "roles": await _roles(uow, person),
        "chats": await _chats(uow, person),
        "browsers": [
            _known(browser=one.browser, at=one.opened_at) for one in await uow.browsers.open_sessions(person.id)
        ],
        "blocks": [
            _known(at=one.blocked_at, until=one.until, reason=one.reason)
            for one in await uow.own_copies.blocks(person.id)
        ],
        "registrations": await _registrations(uow, person),
        "invitations": await _invitations(uow, person),
        "questions": [await _question(uow, one) for one in own],
        "typed_for_others": [
            _known(reference=one.reference, at=one.received_at) for one in questions if one not in own
        ],
        "readings": await _readings(uow, own),
        "requests": [
            _known(reference=one.title, at=one.opened_at, text=one.text, ended=one.done_at, outcome=one.outcome)
            for one in await uow.tasks.of_person(person.id)
        ],
        "demands": [
            _known(
                at=one.asked_at,
                kind=Term("copy.demand_asked" if one.asked_by == person.id else "copy.demand_joined"),
                text=one.text if one.asked_by == person.id else one.public_text,
            )
            for one in await uow.demands.of_person(person.id)
        ],
        "hands": [
            _known(at=hand.at, text=asked.question, answers=asked.answers[hand.answer])
            for asked, hand in await uow.own_copies.hands(person.id)
        ],
        "surveys": [
            _known(
                at=answer.at,
                name=survey.title,
                text=survey.asks[answer.question].text,
                answers=survey.asks[answer.question].choices[answer.choice],
            )
            for survey, answer in await uow.surveys.answers_of(person.id)
        ],
        "typing": await _typing(uow, person),
        "drafts": [
            _known(reference=(await uow.questions.get(one.question_id)).reference, at=one.seen_at, text=one.text)
            for one in await uow.own_copies.drafts(person.id)
        ],
        "views": [_known(name=one.name, text=one.query) for one in await uow.saved_views.of_person(person.id)],
        "deputies": await _deputies(uow, person),
        "letters": [
            _known(at=one.created_at, text=render(unpack_message(one.content), person.language).text)
            for one in await uow.own_copies.waiting_letters(person.id)
            if one.content
        ],
        "chat_lines": await _chat_lines(uow, person),
        "deeds": await _deeds(uow, person),
    }
    return {kind: records for kind, records in sections.items() if records}


def _known(**fields: Param | None) -> CopyRecord:
    """A record without what is not known."""
    return {name: value for name, value in fields.items() if value is not None and value != ""}


async def _person(uow: UnitOfWork, person: Person) -> CopyRecord:
    hamlet = None if person.hamlet_id is None else (await uow.places.unit(person.hamlet_id)).name
    household = await uow.people.household_of(person.id) if person.members else ()
    return _known(
        name=person.name,
        known_as=person.known_as,
        hamlet=hamlet,
        place=person.place,
        phone=None if person.phone_sealed is None else uow.vault.open(person.phone_sealed),
        phone_proven=Term("button.yes" if person.phone_proven else "button.no") if person.phone_sealed else None,
        language=Term(f"data.language_{person.language}"),
        at=person.created_at,
        withdrawn=person.withdrawn_at,
        restricted=person.restricted_at,
        household=", ".join(one.called for one in household),
    )


async def _roles(uow: UnitOfWork, person: Person) -> list[CopyRecord]:
    async def told(role: Role, unit_id: UnitId, at: datetime | None, ended: datetime | None = None) -> CopyRecord:
        unit = await uow.places.unit(unit_id)
        return _known(role=Term(f"role.{role.value}"), unit=unit.name, at=at, ended=ended)

    held = [await told(one.role, one.unit_id, one.given_at) for one in await uow.people.grants_of(person.id)]
    over = await uow.own_copies.ended_roles(person.id)
    return [*[await told(one.role, one.unit_id, one.given_at, one.ended_at) for one in over], *held]


async def _chats(uow: UnitOfWork, person: Person) -> list[CopyRecord]:
    return [
        _known(network=Term(f"data.network_{one.network.value}"), address=one.address, heard=one.last_heard_at)
        for one in await uow.accounts.all_of(person.id)
    ]


async def _registrations(uow: UnitOfWork, person: Person) -> list[CopyRecord]:
    return [
        _known(
            reference=one.reference,
            meeting=(await uow.meetings.get(one.meeting_id)).title,
            kind=Term(f"register.kind.{one.kind.value}"),
            at=one.registered_at,
            state=Term(f"data.registration_{one.state.value}"),
            text=one.content,
            reason=one.reason,
            number=one.moved_to,
            present=one.present_at,
        )
        for one in await uow.meetings.registrations_of(person.id)
    ]


async def _invitations(uow: UnitOfWork, person: Person) -> list[CopyRecord]:
    return [
        _known(
            meeting=(await uow.meetings.get(one.meeting_id)).title,
            name=one.name,
            office=one.office,
            stand_in=one.stand_in,
            present=one.present_at,
        )
        for one in await uow.guests.of_person(person.id)
    ]


async def _question(uow: UnitOfWork, question: Question) -> CopyRecord:
    answers = (await uow.questions.approved([question.id])).get(question.id, [])
    files = await uow.questions.attachments(question.id)
    return _known(
        reference=question.reference,
        kind=Term(f"kind.{question.kind.value}"),
        at=question.received_at,
        state=Term(f"status.{question.state.value}"),
        text=question.text,
        original=question.original_text if question.original_text != question.text else None,
        public=question.public_text,
        reason=question.reason,
        answers="\n".join(one.text for one in answers),
        rating=Term(f"copy.rated_{question.rating}") if question.rating else None,
        files=", ".join(f"{one.name} ({one.sha256})" for one in files),
    )


async def _readings(uow: UnitOfWork, own: Sequence[Question]) -> list[CopyRecord]:
    """Who of the office opened what was sent sealed, and when."""
    told = []
    for question in own:
        if question.sensitive:
            found = await uow.audit.find(
                person_id=None, subject=f"question:{question.id}", since=None, until=None, limit=_MOST_READINGS
            )
            told += [
                _known(reference=question.reference, at=one.entry.at, name=one.actor)
                for one in found
                if one.entry.act == "read_sensitive"
            ]
    return told


async def _chat_lines(uow: UnitOfWork, person: Person) -> list[CopyRecord]:
    accounts = [one.id for one in await uow.accounts.all_of(person.id)]
    return [
        _known(
            at=at,
            who=Term("copy.we" if said.get("from") == "bot" else "copy.you"),
            text=str(said.get("text", "")),
            files=", ".join(str(one.get("name") or one.get("sha256", "")) for one in said.get("files", ())),
        )
        for at, said in await uow.own_copies.chat_lines(accounts)
        if said.get("text") or said.get("files")
    ]


async def _typing(uow: UnitOfWork, person: Person) -> list[CopyRecord]:
    """What was typed in a chat and not sent yet, whatever the step keeps it under."""
    accounts = {one.id: one for one in await uow.accounts.all_of(person.id)}
    return [
        _known(
            network=Term(f"data.network_{accounts[account_id].network.value}"),
            text="\n".join(_texts(draft)),
        )
        for account_id, draft in await uow.own_copies.typing(accounts)
        if _texts(draft)
    ]


def _texts(kept: object) -> list[str]:
    if isinstance(kept, str):
        return [kept] if kept else []
    inner = kept.values() if isinstance(kept, Mapping) else kept if isinstance(kept, list) else ()
    return [text for one in inner for text in _texts(one)]


async def _deputies(uow: UnitOfWork, person: Person) -> list[CopyRecord]:
    told = []
    for one in await uow.own_copies.deputies(person.id):
        other = one.chair_id if one.deputy_id == person.id else one.deputy_id
        told.append(
            _known(
                kind=Term("copy.deputy_yours" if one.deputy_id == person.id else "copy.deputy_named"),
                name=(await uow.people.many([other]))[other].called,
                unit=(await uow.places.unit(one.unit_id)).name,
                at=one.first_on,
                until=one.last_on,
                ended=one.ended_at,
            )
        )
    return told


async def _deeds(uow: UnitOfWork, person: Person) -> list[CopyRecord]:
    """The entries of the audit trail by and about a person; whoever else did something is not named here."""
    found = await uow.audit.find(person_id=person.id, subject="", since=None, until=None, limit=_MOST_DEEDS + 1)
    told = []
    for one in found[-_MOST_DEEDS:]:
        kind, _, number = one.entry.subject.partition(":")
        told.append(
            _known(
                at=one.entry.at,
                who=Term("copy.you" if one.entry.actor_id == person.id else "copy.somebody"),
                deed=deed_words(person.language, one.entry.act),
                what=thing_words(person.language, kind, number),
                text="\n".join(str(said) for said in one.words.values()) if one.entry.actor_id == person.id else "",
            )
        )
    if len(found) > _MOST_DEEDS:
        told.insert(0, _known(text=Term("copy.deeds_more", {"count": _MOST_DEEDS})))
    return told
