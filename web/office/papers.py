"""The room of documents: the register as a list, each made and looked at as pages, numbered, signed, sent, kept."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from fastapi.responses import Response
from markupsafe import Markup

from intake.actions.papers.make import MAKERS, SESSION, plan_for_papers, require_paper, titles_of
from intake.actions.papers.register import (
    begin_file,
    document_for,
    finish_file,
    keep_final,
    mark_sent,
    mark_signed,
    next_number,
    note_making,
    register_document,
)
from intake.actions.people.confirm_again import what_is_agreed
from intake.actions.people.office import units_of
from intake.ports import UnitOfWork
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.message import Term
from intake.rules.papers.chart import BarChart
from intake.rules.papers.facts import PaperStamp
from intake.rules.papers.issuer import two_digits
from intake.rules.papers.kinds import OF_A_HELD_MEETING, REPORTS_BY_LENGTH, PaperFormat, PaperKind, PaperSubject
from intake.rules.papers.order import WantedPaper
from intake.rules.papers.paper import Block
from intake.rules.papers.periods import period_before, period_typed
from intake.rules.papers.register import OfficeDocument, OfficeDocumentId, number_typed
from intake.rules.people.office_session import ConfirmedAct
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from intake.rules.plan.plan import Plan, PlanId
from web.files import begins_with
from web.forms import LONGEST_WITH_SCAN, sent_file
from wording.papers.file_names import carried_papers, kept_papers
from wording.papers.frame import about_called, number_of
from wording.papers.registry import KINDS, SETS
from wording.texts import file_in_words, words

from .confirming import use_yes
from .doors import Doors
from .office import HOME
from .paper_files import DOCX, NOT_TAKEN, handed_out
from .paper_templates import open_part
from .room import DeskRoom, for_roles
from .visiting import Visit, number_in

ROOM = DeskRoom("/so-van-ban", "desk.papers", for_roles(*MAKERS, Role.OFFICIAL), shown_to=for_roles(*MAKERS))
"""An official comes from a question of the own desk, and finds the papers about it alone."""
PATH = HOME + ROOM.path
MOST_LISTED = 300
_TYPES = {
    PaperFormat.DOCX: DOCX,
    PaperFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PaperFormat.PDF: "application/pdf",
}
_LONGEST_ABOUT = 40


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A line of the register, in words."""

    id: int
    number: str
    day: date | None
    name: str
    about: str
    version: int
    signed: date | None
    sent: Sequence[Mapping[str, str]]


def open_room(doors: Doors) -> None:
    """Add the register, the way to a new document, its pages and files, and what is done with one."""
    doors.show("", _register)
    doors.show("/lap", _make)
    doors.show("/tep", _file)
    doors.act("/lap/tep", _take_list, again=_make)
    open_part(doors)
    doors.act("/lap", _note)
    doors.show("/{document:int}", _card)
    doors.show("/{document:int}/{which}", _kept)
    number = {"refusal.document_number": "number", "refusal.document_number_used": "number"}
    day = dict.fromkeys(("refusal.document_day_to_come", "refusal.document_day_order", "refusal.day_missing"), "day")
    doors.act("/{document:int}/so", _number, again=_card, fields={**number, **day})
    doors.act("/{document:int}/ky", _signed, again=_card, fields=day)
    doors.act(
        "/{document:int}/gui", _sent, again=_card, fields={"refusal.text_missing": "to", "refusal.too_long": "to"}
    )
    doors.act(
        "/{document:int}/tai-len",
        _upload,
        again=_card,
        fields={**dict.fromkeys(NOT_TAKEN, "file"), "refusal.paper_file": "file"},
        longest=LONGEST_WITH_SCAN,
    )


async def _register(visit: Visit) -> Response:
    async with visit.reading() as uow:
        units = await units_of(uow, visit.person, *MAKERS)
        if not units:
            raise NotFound
        language = visit.person.language
        rows = [await _row(language, uow, one) for one in await uow.documents.of_units(units, MOST_LISTED)]
        plans = await uow.plans.of_units(units)
        keeps = bool(await uow.plans.of_units(await units_of(uow, visit.person, Role.SECRETARY)))
    sets = [
        (
            words(language, f"papers.set_{name}"),
            [(kind.value, words(language, f"paper.kind.{kind.value}")) for kind in of_set],
        )
        for name, of_set in SETS.items()
    ]
    registers = [(one.title, _query(one, PaperKind.DOCUMENT_REGISTER, "", PaperFormat.XLSX)) for one in plans]
    return visit.page(
        "papers.html",
        rows=rows,
        plans=[(one.id, one.title) for one in plans],
        sets=sets,
        registers=registers,
        templates=keeps,
        path=PATH,
    )


def _called(visit: Visit, kind: PaperKind) -> str:
    return words(visit.person.language, f"paper.kind.{kind.value}")


async def _row(language: str, uow: UnitOfWork, document: OfficeDocument) -> RegisterRow:
    plan = await uow.plans.get(document.plan_id)
    return RegisterRow(
        document.id,
        "" if document.number is None else number_of(plan.decided.profile, document),
        document.dated_on,
        KINDS[document.kind].name,
        about_called(language, document, await titles_of(uow, [document])),
        document.version,
        document.signed_on,
        document.sent,
    )


def _query(plan: Plan, kind: PaperKind, about: str, form: PaperFormat | None = None) -> str:
    asked = {"plan": str(plan.id), "kind": kind.value, "about": about}
    if form is not None:
        asked["dang"] = form.value
    return urlencode(asked)


def paper_link(visit: Visit, plan: Plan, kind: PaperKind, about: str) -> tuple[str, str]:
    """What people call a document about a meeting or a question, and the address of its pages."""
    return _called(visit, kind), f"{PATH}/lap?{_query(plan, kind, about)}"


def papers_of_meeting(visit: Visit, plan: Plan, meeting: Meeting) -> list[tuple[str, str]]:
    """The documents about a meeting; of one that is cancelled none that says it is held."""
    but = OF_A_HELD_MEETING if meeting.state is MeetingState.CANCELLED else frozenset[PaperKind]()
    return papers_about(visit, plan, str(meeting.id), "before", "room", "after", but=but)


def papers_about(
    visit: Visit, plan: Plan, about: str, *sets: str, but: Container[PaperKind] = ()
) -> list[tuple[str, str]]:
    """The documents there are about a meeting or a question, each with the address of its pages."""
    return [
        paper_link(visit, plan, kind, about)
        for name in sets
        for kind in SETS[name]
        if KINDS[kind].subject in (PaperSubject.MEETING, PaperSubject.QUESTION) and kind not in but
    ]


async def _named(uow: UnitOfWork, visit: Visit, asked: Mapping[str, str]) -> tuple[Plan, PaperKind, str]:
    plan = await plan_for_papers(uow, visit.person, PlanId(number_in(asked.get("plan", ""))))
    name, about = asked.get("kind", ""), asked.get("about", "").strip().upper()[:_LONGEST_ABOUT]
    if name not in set(PaperKind):
        raise NotFound
    if about.startswith(SESSION.upper()) and about[1:].isdecimal():
        about = about.lower()
    return plan, PaperKind(name), about


def _files(plan: Plan, kind: PaperKind, about: str) -> Sequence[tuple[str, str]]:
    """Its formats, each with the address of the file."""
    known = KINDS[kind]
    forms = [one for one in PaperFormat if one is not PaperFormat.XLSX or known.listed]
    return [(one.value, f"{PATH}/tep?{_query(plan, kind, about, one)}") for one in forms]


async def _make(visit: Visit) -> Response:
    """What it is about is asked first where that has to be said; then the document as its pages."""
    async with visit.acting() as uow:  # that somebody had it made is noted
        plan, kind, about = await _named(uow, visit, visit.request.query_params)
        known = KINDS[kind]
        called, press = _called(visit, kind), uow.press
        unread = ""
        if about and known.subject is PaperSubject.PERIOD:
            about, unread = _period_named(kind, about)
        if not unread and (about or known.subject is PaperSubject.PLAN):
            try:
                await require_paper(uow, by=visit.person, plan=plan, kind=kind, subject=known.subject, about=about)
            except NotFound:
                if known.subject is not PaperSubject.QUESTION:
                    raise
                unread = "papers.question_unread"
        chooses = bool(unread) or (not about and known.subject is not PaperSubject.PLAN)
        if chooses:
            choices = await _choices(uow, plan, kind)
            proposed = period_before(kind, uow.today).code if known.subject is PaperSubject.PERIOD else ""
        unit = await uow.places.unit(plan.unit_id)
    if chooses:
        await press.get_ready()
        return visit.page(
            "paper_about.html", called=called, choices=choices, asked={"plan": plan.id, "kind": kind.value},
            proposed=about or proposed, path=PATH, subject=known.subject.value,
            unread=unread and visit.words(Term(unread)),
        )  # fmt: skip
    paper = await press.word(WantedPaper(plan.id, kind, about, None))  # what is looked up for it holds up nobody else
    return visit.page(
        "paper_pages.html",
        called=called,
        papers=[
            (one, _blocks(visit, one.body), [] if one.appendix is None else _blocks(visit, one.appendix.body))
            for one in (paper, *paper.followed_by)
        ],
        files=_files(plan, kind, about),
        takes=f"{PATH}/lap/tep?{_query(plan, kind, about)}" if known.lists_people else "",
        asked={"plan": plan.id, "kind": kind.value, "about": about},
        notes=bool(known.code) and holds(visit.grants, Role.SECRETARY, unit),
        path=PATH,
    )


def _period_named(kind: PaperKind, about: str) -> tuple[str, str]:
    """A period as the address has it, and the msgid of what is said where what was typed is none of its length."""
    period = period_typed(about)
    if period is None or (kind in REPORTS_BY_LENGTH and period.kind is not kind):
        return about, "papers.period_unread"
    return period.code, ""


async def _choices(uow: UnitOfWork, plan: Plan, kind: PaperKind) -> list[tuple[str, str]]:
    """The meetings it may be about: those that were made, and those the plan foresees beside them."""
    if KINDS[kind].subject is not PaperSubject.MEETING:
        return []
    made = [one for one in await uow.meetings.of_plan(plan.id) if one.state is not MeetingState.CANCELLED]
    keys = {one.session_key for one in made}
    offered = [(one.title, str(one.id)) for one in made]
    foreseen = enumerate(plan.decided.profile.sessions)
    offered += [(one.title, f"{SESSION}{at}") for at, one in foreseen if one.key not in keys]
    return [(title, f"{PATH}/lap?{_query(plan, kind, about)}") for title, about in offered]


def _blocks(visit: Visit, body: Sequence[Block]) -> list[tuple[str, object]]:
    """The body as the page shows it: the kind of each block beside it, charts drawn."""
    found: list[tuple[str, object]] = []
    for number, block in enumerate(body):
        if isinstance(getattr(block, "chart", None), BarChart):
            # what is drawn is ours, and every text in it was escaped where it was drawn
            found.append(("drawing", Markup(visit.office.draw(block.chart, f"chart{number}"))))  # type: ignore[union-attr] # noqa: S704
        else:
            found.append((type(block).__name__.lower(), block))
    return found


async def _file(visit: Visit) -> Response:
    """The document as a file; for a list of people, the page where it is asked for."""
    asked = visit.request.query_params
    if asked.get("kind") in {kind.value for kind, known in KINDS.items() if known.lists_people}:
        return visit.to(f"{PATH}/lap?{urlencode({name: asked.get(name, '') for name in ('plan', 'kind', 'about')})}")
    return await _made(visit, asked.get("dang", ""))


async def _take_list(visit: Visit) -> Response:
    """A list of people as a file, after a yes in the chat to just this one."""
    return await _made(visit, visit.typed.get("dang", ""), with_yes=True)


async def _made(visit: Visit, asked_for: str, *, with_yes: bool = False) -> Response:
    """The file, made now."""
    if asked_for not in set(PaperFormat):
        raise NotFound
    form = PaperFormat(asked_for)
    async with visit.acting() as uow:
        plan, kind, about = await _named(uow, visit, visit.request.query_params)
        known = KINDS[kind]
        if form is PaperFormat.XLSX and not known.listed:
            raise NotFound
        await require_paper(uow, by=visit.person, plan=plan, kind=kind, subject=known.subject, about=about)
        if with_yes:
            agreed = what_is_agreed(str(plan.id), kind.value, about, form.value)
            await use_yes(uow, visit, ConfirmedAct.EXPORT_PEOPLE, agreed)
        begun, press = await begin_file(uow, plan=plan, kind=kind, about=about), uow.press
    # it may take seconds, and nobody else waits for it
    wanted = WantedPaper(plan.id, kind, about, form)
    made = await press.make(wanted)
    async with visit.acting() as uow:
        await finish_file(uow, begun, made[0].file)
        [file] = await carried_papers(uow, wanted, made)
    name = file_in_words(visit.person.language, file).called(f".{form.value}")
    return await handed_out(visit, file.sha256, _TYPES[form], name)


async def _note(visit: Visit) -> Response:
    """Put it into the register: a draft, or one more version of it."""
    async with visit.acting() as uow:
        plan, kind, about = await _named(uow, visit, visit.typed)
        known = KINDS[kind]
        if not known.code:
            raise NotFound
        await require_paper(uow, by=visit.person, plan=plan, kind=kind, subject=known.subject, about=about)
        document = await note_making(uow, by=visit.person, plan=plan, kind=kind, code=known.code, about=about)
    return visit.to(f"{PATH}/{document.id}")


async def _document(uow: UnitOfWork, visit: Visit, *roles: Role) -> OfficeDocument:
    number = OfficeDocumentId(int(visit.request.path_params["document"]))
    return await document_for(uow, visit.person, number, *roles)


async def _card(visit: Visit) -> Response:
    async with visit.reading() as uow:
        document = await _document(uow, visit)
        plan = await uow.plans.get(document.plan_id)
        clerk = holds(visit.grants, Role.SECRETARY, await uow.places.unit(document.unit_id))
        row = await _row(visit.person.language, uow, document)
        following = await next_number(uow, document, uow.today) if document.number is None else 0
        today = uow.today
    return visit.page(
        "paper_card.html",
        row=row,
        document=document,
        clerk=clerk,
        following=following,
        today=today.isoformat(),
        opens=f"{PATH}/lap?{_query(plan, document.kind, document.about)}",
        path=f"{PATH}/{document.id}",
    )


async def _number(visit: Visit) -> Response:
    """Number and day, and the file with them in it, kept as it was laid out: both together or neither.

    It is laid out before anything is written, with the number that comes next: a long document takes a second, in which
    nobody else waits. Where somebody else got that number meanwhile, it is laid out once more with the next one. With a
    file of the clerk's own nothing is laid out.
    """
    typed = visit.typed.get("number", "").strip()
    wanted = number_typed(typed) if typed else None
    number, day = OfficeDocumentId(int(visit.request.path_params["document"])), _day(visit)
    while True:
        async with visit.acting() as uow:  # that it is made is noted
            document = await document_for(uow, visit.person, number, Role.SECRETARY)
            if document.number is not None:
                raise ChangedMeanwhile
            plan, known = await uow.plans.get(document.plan_id), KINDS[document.kind]
            if document.has_file:  # what a clerk has made of the draft stays the final file
                own = await register_document(uow, by=visit.person, document_id=number, dated_on=day, number=wanted)
                given = {"number": number_of(plan.decided.profile, own)}
                return visit.to(f"{PATH}/{document.id}", Term("papers.numbered_own_file", given))
            expected = wanted or await next_number(uow, document, day)
            await require_paper(
                uow, by=visit.person, plan=plan, kind=document.kind, subject=known.subject, about=document.about
            )
            begun = await begin_file(uow, plan=plan, kind=document.kind, about=document.about)
            press, stamp = uow.press, PaperStamp(two_digits(expected), day)
        [made] = await press.make(WantedPaper(plan.id, document.kind, document.about, PaperFormat.DOCX, stamp=stamp))
        try:
            async with visit.acting() as uow:
                document = await register_document(
                    uow, by=visit.person, document_id=number, dated_on=day, number=wanted
                )
                _require_number(document, expected)
                await finish_file(uow, begun, made.file)
                if not document.has_file:  # nobody handed one in meanwhile
                    await keep_final(uow, by=visit.person, document_id=document.id, sha256=made.file, scan=False)
                called = number_of(plan.decided.profile, document)
        except _AnotherNumberError:
            continue
        return visit.to(f"{PATH}/{document.id}", Term("papers.numbered_at_desk", {"number": called}))


class _AnotherNumberError(Exception):
    """Somebody registered another document between laying this one out and giving it its number."""


def _require_number(document: OfficeDocument, expected: int) -> None:
    if document.number != expected:
        raise _AnotherNumberError


def _day(visit: Visit) -> date:
    try:
        return date.fromisoformat(visit.typed.get("day", ""))
    except ValueError:
        raise RuleBroken("refusal.day_missing") from None


async def _signed(visit: Visit) -> Response:
    async with visit.acting() as uow:
        number = OfficeDocumentId(int(visit.request.path_params["document"]))
        document = await mark_signed(uow, by=visit.person, document_id=number, on=_day(visit))
    return visit.to(f"{PATH}/{document.id}", Term("papers.card_signed", {"day": document.signed_on or ""}))


async def _sent(visit: Visit) -> Response:
    async with visit.acting() as uow:
        number = OfficeDocumentId(int(visit.request.path_params["document"]))
        document = await mark_sent(uow, by=visit.person, document_id=number, to=visit.typed.get("to", ""))
    return visit.to(f"{PATH}/{document.id}", Term("papers.card_sent", {"to": str(document.sent[-1]["to"])}))


async def _upload(visit: Visit) -> Response:
    """The final file, or the scan of the signed sheet. It is looked at and kept before anything is written."""
    sent, keep = sent_file(visit.request, "file"), visit.office.keep
    scan = visit.typed.get("what") == "scan"
    async with visit.reading() as uow:
        document = await _document(uow, visit, Role.SECRETARY)
    if sent is None or not sent.content or keep is None:
        raise RuleBroken("refusal.paper_file")
    file = await keep(sent.content, sent.name)
    async with visit.acting() as uow:
        await keep_final(uow, by=visit.person, document_id=document.id, sha256=file.sha256, scan=scan)
    return visit.to(f"{PATH}/{document.id}", Term("papers.file_kept"))


async def _kept(visit: Visit) -> Response:
    """The file that is kept: the final one, or the scan."""
    which = visit.request.path_params["which"]
    async with visit.reading() as uow:
        document = await _document(uow, visit)
        kept = {file.sha256: file for file in await kept_papers(uow, document)}
    sha256 = {"ban-cuoi": document.final_sha256, "ban-quet": document.scan_sha256}.get(which)
    if sha256 is None:
        raise NotFound
    found = None if visit.office.files is None else await visit.office.files(sha256)
    begins = b"" if found is None else await begins_with(found, _MARK)
    name = file_in_words(visit.person.language, kept[sha256]).called(_ending(begins))
    return await handed_out(visit, sha256, "application/octet-stream", name)


def _ending(begins: bytes) -> str:
    """What the name of a file ends with, by what it begins with: office computers open nothing without."""
    return next((ending for mark, ending in _ENDINGS if begins.startswith(mark)), "")


_MARK = 4
_ENDINGS = ((b"%PDF", ".pdf"), (b"PK", ".docx"), (b"\x89PNG", ".png"), (b"\xff\xd8", ".jpg"))
