"""The room of approvals: what waits, with what changed since it was sent back; approved or sent back, one or many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from fastapi.responses import Response

from intake.actions.people.office import owed_on
from intake.actions.questions.approvers import approvable, is_one_person_office, waiting_for
from intake.actions.questions.decide import approve, proposal_to_decide, send_back
from intake.actions.questions.groups import followers
from intake.actions.questions.many import to_each
from intake.actions.questions.propose import what_it_is
from intake.actions.sealed.access import note_reading
from intake.ports import UnitOfWork
from intake.rules.deadlines.clock import is_overdue
from intake.rules.errors import RuleBroken
from intake.rules.people.person import Role
from intake.rules.questions.promise import required
from intake.rules.questions.question import Proposal, ProposalId, ProposalKind, ProposalState, QuestionId
from wording.changes import ChangedPiece, changes
from wording.clocks import time_left
from wording.questions import kept_words
from wording.texts import shown

from .deputies import DEPUTY_FIELDS, absence_of, end_at_desk, name_at_desk
from .doors import Doors
from .many_questions import said_of
from .office import HOME
from .question import page_path
from .room import DeskRoom, everybody, for_roles
from .said import sentence
from .visiting import Visit, number_in

ROOM = DeskRoom("/duyet", "desk.approvals", everybody, shown_to=for_roles(Role.CHAIR))
"""Whom a unit has decided on instead of the chair holds any role; the proposals say who may decide on them (A7)."""
PATH = HOME + ROOM.path
MOST = 50
_TICK = "duyet-"
_FIELDS = {"refusal.text_missing": "remark"}


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A proposal that waits, in words; of what is sensitive the words are shown on its own page alone."""

    id: ProposalId
    reference: str
    question_path: str
    question: str
    kind: str
    desk: str
    by: str
    text: str
    pieces: Sequence[ChangedPiece]
    remark: str
    what: str
    agency: str
    promised: str
    what_was: str
    agency_was: str
    promised_was: str
    """Of the version that was sent back; empty where it is the same."""
    left: str
    late: bool
    others: int
    hidden: bool
    own: bool


def open_room(doors: Doors) -> None:
    """Add the list, the page of one, and the deeds."""
    doors.show("", _list)
    doors.act("/nhieu", _approve_many, again=_list)
    doors.act("/sua-nhieu", _send_back_many, again=_list, fields=_FIELDS)
    doors.act("/thay", _name_deputy, again=_list, fields=DEPUTY_FIELDS)
    doors.act("/thay/{number}/thoi", _end_deputy)
    doors.show("/{proposal}", _one)
    doors.act("/{proposal}/duyet", _approve)
    doors.act("/{proposal}/sua", _send_back, again=_one, fields=_FIELDS)


async def _list(visit: Visit) -> Response:
    async with visit.reading() as uow:
        waiting = await waiting_for(uow, visit.person)
        lines = [await _line(visit, uow, one, hides=True) for one in waiting[:MOST]]
        absence = await absence_of(uow, visit)
    ticked = {name.removeprefix(_TICK) for name in visit.typed if name.startswith(_TICK)}
    return visit.page("approvals.html", lines=lines, count=len(waiting), ticked=ticked, absence=absence)


async def _one(visit: Visit) -> Response:
    async with visit.acting() as uow:  # that a sensitive one was read is noted
        proposal, question = await proposal_to_decide(uow, visit.person, _id(visit))
        await note_reading(uow, visit.person, [question])
        line = await _line(visit, uow, proposal, hides=False)
    return visit.page("approval.html", line=line)


async def _line(visit: Visit, uow: UnitOfWork, proposal: Proposal, *, hides: bool) -> WaitingLine:
    language = visit.person.language
    question = await uow.questions.get(proposal.question_id)
    kept = kept_words(question) if hides else None
    hidden = kept is not None
    desk = "" if question.desk_id is None else (await uow.places.desk(question.desk_id)).name
    by = (await uow.people.many([proposal.proposed_by]))[proposal.proposed_by]
    due_on = await owed_on(uow, question)
    before = await _version_before(uow, proposal)
    said = _said(language, proposal)
    old = said if hidden or before is None else _said(language, before)
    was = _ProposalInWords(*("" if then == now else then for then, now in zip(old, said, strict=True)))
    own = proposal.proposed_by == visit.person.id and not await is_one_person_office(uow, question)
    return WaitingLine(
        id=proposal.id,
        reference=question.reference,
        question_path=page_path(question.reference),
        question=question.text if kept is None else shown(language, kept),
        kind=shown(language, proposal.kind.word),
        desk=desk,
        by=by.called,
        text="" if hidden else proposal.text,
        pieces=() if hidden or before is None else changes(before.text, proposal.text),
        remark="" if hidden or before is None else before.note,
        what=said.what,
        agency=said.agency,
        promised=said.promised,
        what_was=was.what,
        agency_was=was.agency,
        promised_was=was.promised,
        left=shown(language, time_left(due_on, uow.today)),
        late=_is_late(due_on, uow.today),
        others=len(await followers(uow, question)),
        hidden=hidden,
        own=own,
    )


class _ProposalInWords(NamedTuple):
    """What a proposal says beside its text, in words."""

    what: str
    agency: str
    promised: str


def _said(language: str, proposal: Proposal) -> _ProposalInWords:
    return _ProposalInWords(
        what=shown(language, what_it_is(proposal)) if proposal.kind is ProposalKind.ANSWER else "",
        agency=proposal.agency,
        promised="" if proposal.promised_on is None else shown(language, proposal.promised_on),
    )


def _is_late(due_on: date | None, today: date) -> bool:
    return due_on is not None and is_overdue(due_on, today)


async def _version_before(uow: UnitOfWork, proposal: Proposal) -> Proposal | None:
    """What the desk had put before the chair last and got back with a remark, of the same kind."""
    earlier = [
        one
        for one in await uow.questions.proposals(proposal.question_id)
        if one.id < proposal.id and one.kind is proposal.kind and one.state is ProposalState.RETURNED and one.note
    ]
    return earlier[-1] if earlier else None


async def _approve(visit: Visit) -> Response:
    async with visit.acting() as uow:
        proposal = await approve(uow, by=visit.person, proposal_id=_id(visit))
        question = await uow.questions.get(proposal.question_id)
    return visit.to(PATH, sentence("desk.approved", kind=proposal.kind.word, reference=question.reference))


async def _send_back(visit: Visit) -> Response:
    async with visit.acting() as uow:
        proposal = await send_back(uow, by=visit.person, proposal_id=_id(visit), remark=visit.typed.get("remark", ""))
        question = await uow.questions.get(proposal.question_id)
    return visit.to(PATH, sentence("office.redo_done", reference=question.reference))


async def _approve_many(visit: Visit) -> Response:
    async with visit.acting() as uow:
        ticked = await _ticked(visit, uow)
        done = await to_each(uow, ticked, lambda number: approve(uow, by=visit.person, proposal_id=ticked[number]))
    return visit.to(PATH, *said_of(done, "desk.approved_many"))


async def _send_back_many(visit: Visit) -> Response:
    remark = required(visit.typed.get("remark", ""), "refusal.text_missing")
    async with visit.acting() as uow:
        ticked = await _ticked(visit, uow)
        done = await to_each(
            uow, ticked, lambda number: send_back(uow, by=visit.person, proposal_id=ticked[number], remark=remark)
        )
    return visit.to(PATH, *said_of(done, "desk.sent_back_many"))


async def _ticked(visit: Visit, uow: UnitOfWork) -> dict[QuestionId, ProposalId]:
    """What is ticked, by question. Raises `RuleBroken` where one of it does not wait for this person any more."""
    wanted = {number_in(name.removeprefix(_TICK)) for name in visit.typed if name.startswith(_TICK)}
    if not wanted:
        raise RuleBroken("refusal.none_ticked")
    found = {one.question_id: one.id for one in await approvable(uow, visit.person) if one.id in wanted}
    if len(found) < len(wanted):
        raise RuleBroken("refusal.some_decided")
    return found


async def _name_deputy(visit: Visit) -> Response:
    return await name_at_desk(visit, PATH)


async def _end_deputy(visit: Visit) -> Response:
    return await end_at_desk(visit, PATH)


def _id(visit: Visit) -> ProposalId:
    return ProposalId(number_in(visit.request.path_params["proposal"]))
