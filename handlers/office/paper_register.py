"""A document in the register, for its clerk: number and day, signed, sent, the final file and the scan.

A document that gets its number is laid out once more with it and kept: what stands under a number never changes.
"""

from collections.abc import Mapping
from datetime import date

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.papers.make import plan_for_papers, require_paper, titles_of
from intake.actions.papers.order import order_paper
from intake.actions.papers.register import (
    document_for,
    keep_final,
    mark_sent,
    mark_signed,
    next_number,
    register_document,
)
from intake.rules.errors import NotFound
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.papers.kinds import PaperFormat
from intake.rules.papers.register import OfficeDocument, OfficeDocumentId, number_typed
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from intake.rules.plan.plan import PlanId
from intake.rules.typed_when import past_day_typed
from wording.papers.file_names import kept_papers
from wording.papers.frame import about_called, number_of
from wording.papers.registry import KINDS

DAY, NUMBER, SENT, FILE = "paperreg.day", "paperreg.number", "paperreg.sent", "paperreg.file"
LISTED = 15
_CANCEL = (button("button.cancel", "cancel"),)
_TODAY, _NEXT = "today", "next"
_FINAL, _SCAN = "final", "scan"


async def show_list(scene: Scene, rest: str) -> Turn:
    """A button `paperlist.<plan id>`: the last documents that were made in the unit."""
    plan = await plan_for_papers(scene.uow, scene.me, PlanId(id_in(rest)))
    unit = await scene.uow.places.unit(plan.unit_id)
    if not any(holds(scene.grants, role, unit) for role in (Role.SECRETARY, Role.CHAIR, Role.SUPERVISOR)):
        raise NotFound
    documents = await scene.uow.documents.of_units([plan.unit_id], LISTED)
    if not documents:
        return Turn(say=(Message("papers.list_empty", {}, ((button("papers.more", f"papers.{plan.id}"),),)),))
    titles = await titles_of(scene.uow, documents)
    lines: list[Param] = [await _line(scene, place, one, titles) for place, one in enumerate(documents, 1)]
    rows = rows_of([literal(str(place), f"paperdoc.{one.id}") for place, one in enumerate(documents, 1)], 5)
    return Turn(say=(Message("papers.list", {"lines": tuple(lines)}, rows),))


async def _line(scene: Scene, place: int, document: OfficeDocument, titles: Mapping[OfficeDocumentId, str]) -> Term:
    about = about_called(scene.language, document, titles)
    params: dict[str, Param] = {"place": place, "name": KINDS[document.kind].name, "about": about}
    if document.number is None:
        return Term("papers.line_draft", {**params, "version": document.version})
    return Term("papers.line", {**params, "number": await _number(scene, document), "day": document.dated_on or ""})


async def _number(scene: Scene, document: OfficeDocument) -> str:
    plan = await scene.uow.plans.get(document.plan_id)
    return number_of(plan.decided.profile, document)


async def show_card(scene: Scene, rest: str) -> Turn:
    """A button `paperdoc.<document id>`."""
    return await _card(scene, await document_for(scene.uow, scene.me, OfficeDocumentId(id_in(rest))))


async def _card(scene: Scene, document: OfficeDocument, *before: Message) -> Turn:
    about = about_called(scene.language, document, await titles_of(scene.uow, [document]))
    params: dict[str, Param] = {"name": KINDS[document.kind].name, "about": about or "–"}
    lines: list[Param] = []
    if document.number is None:
        lines.append(Term("papers.card_draft", {"version": document.version}))
    else:
        day = document.dated_on or ""
        lines.append(Term("papers.card_number", {"number": await _number(scene, document), "day": day}))
    if document.signed_on is not None:
        lines.append(Term("papers.card_signed", {"day": document.signed_on}))
    lines += [Term("papers.card_sent", {"to": str(one["to"])}) for one in document.sent]
    if document.number is not None and document.final_sha256 is None and document.scan_sha256 is None:
        ordered = await scene.uow.documents.is_ordered(document.id)
        lines.append(Term("papers.card_being_made" if ordered else "papers.card_emptied"))
    if document.scan_sha256 is not None:
        lines.append(Term("papers.card_scan"))
    message = Message("papers.card", {**params, "lines": tuple(lines)}, await _buttons(scene, document))
    return Turn(say=(*before, message))


async def _buttons(scene: Scene, document: OfficeDocument) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = []
    if document.number is not None or document.final_sha256 is not None or document.scan_sha256 is not None:
        rows.append((button("papers.fetch_button", f"paperfetch.{document.id}"),))
    if holds(scene.grants, Role.SECRETARY, await scene.uow.places.unit(document.unit_id)):
        if document.number is None:
            rows.append((button("papers.number_button", f"papernumber.{document.id}"),))
        else:
            rows.append(
                (
                    button("papers.signed_button", f"papersigned.{document.id}"),
                    button("papers.sent_button", f"papersent.{document.id}"),
                )
            )
        rows.append(
            (
                button("papers.final_button", f"paperfile.{document.id}.{_FINAL}"),
                button("papers.scan_button", f"paperfile.{document.id}.{_SCAN}"),
            )
        )
    rows.append((button("papers.list_button", f"paperlist.{document.plan_id}"),))
    return tuple(rows)


async def fetch(scene: Scene, rest: str) -> Turn:
    """A button `paperfetch.<document id>`: the files that were kept, the scan last."""
    document = await document_for(scene.uow, scene.me, OfficeDocumentId(id_in(rest)))
    if document.has_file:
        files = await kept_papers(scene.uow, document)
        return Turn(say=(Message("papers.fetched", {"name": KINDS[document.kind].name}, attachments=files),))
    if document.number is None:
        raise NotFound
    message = Message("papers.made_anew", {"name": KINDS[document.kind].name})
    return Turn(say=(await _ordered(scene, document, message),))


async def _ordered(scene: Scene, document: OfficeDocument, message: Message) -> Message:
    """Order a file of a document with its number and its day, of what is known today; what is said meanwhile."""
    plan, known = await scene.uow.plans.get(document.plan_id), KINDS[document.kind]
    kind, about = document.kind, document.about
    await require_paper(scene.uow, by=scene.me, plan=plan, kind=kind, subject=known.subject, about=about)
    await order_paper(
        scene.uow,
        by=scene.me,
        account_id=scene.account.id,
        plan=plan,
        kind=kind,
        about=about,
        form=PaperFormat.DOCX,
        message=message,
        document=document,
    )
    return Message("papers.being_made", {"name": known.name})


async def start_number(scene: Scene, rest: str) -> Turn:
    """A button `papernumber.<document id>`."""
    document = await _clerks(scene, rest)
    return Turn(to=DAY, draft={"document": document.id})


async def _clerks(scene: Scene, number: str) -> OfficeDocument:
    return await document_for(scene.uow, scene.me, OfficeDocumentId(id_in(number)), Role.SECRETARY)


async def _drafted(scene: Scene) -> OfficeDocument:
    return await _clerks(scene, str(scene.draft["document"]))


async def _ask_day(scene: Scene) -> Message:
    name = KINDS[(await _drafted(scene)).kind].name
    return Message("papers.ask_day", {"name": name}, ((button("papers.today", _TODAY),), _CANCEL))


async def _hear_day(scene: Scene, event: InboundEvent) -> Turn:
    day = scene.uow.today if event.choice == _TODAY else past_day_typed(event.text, scene.uow.today)
    return Turn(to=NUMBER, draft={**scene.draft, "day": day.isoformat()})


async def _ask_number(scene: Scene) -> Message:
    following = await next_number(scene.uow, await _drafted(scene), _day_of(scene))
    row = (button("papers.next_number", _NEXT, number=following),)
    return Message("papers.ask_number", {"number": following}, (row, _CANCEL))


def _day_of(scene: Scene) -> date:
    return date.fromisoformat(str(scene.draft["day"]))


async def _hear_number(scene: Scene, event: InboundEvent) -> Turn:
    document = await register_document(
        scene.uow,
        by=scene.me,
        document_id=(await _drafted(scene)).id,
        dated_on=_day_of(scene),
        number=None if event.choice == _NEXT else number_typed(event.text),
    )
    number: dict[str, Param] = {"number": await _number(scene, document)}
    if document.has_file:
        return await _card(scene, document, Message("papers.numbered_own_file", number))
    making = await _ordered(scene, document, Message("papers.numbered", number))
    return await _card(scene, document, Message("papers.number_given", number), making)


async def signed(scene: Scene, rest: str) -> Turn:
    """A button `papersigned.<document id>`: it was signed today."""
    number = OfficeDocumentId(id_in(rest))
    return await _card(scene, await mark_signed(scene.uow, by=scene.me, document_id=number, on=scene.uow.today))


async def start_sent(scene: Scene, rest: str) -> Turn:
    """A button `papersent.<document id>`."""
    return Turn(to=SENT, draft={"document": (await _clerks(scene, rest)).id})


async def _ask_sent(_scene: Scene) -> Message:
    return Message("papers.ask_sent", {}, (_CANCEL,))


async def _hear_sent(scene: Scene, event: InboundEvent) -> Turn:
    number = (await _drafted(scene)).id
    return await _card(scene, await mark_sent(scene.uow, by=scene.me, document_id=number, to=event.text))


async def start_file(scene: Scene, rest: str) -> Turn:
    """A button `paperfile.<document id>.<final or scan>`."""
    number, _, what = rest.partition(".")
    if what not in (_FINAL, _SCAN):
        raise NotFound
    return Turn(to=FILE, draft={"document": (await _clerks(scene, number)).id, "what": what})


async def _ask_file(scene: Scene) -> Message:
    return Message(f"papers.ask_{scene.draft['what']}", {}, (_CANCEL,))


async def _hear_file(scene: Scene, event: InboundEvent) -> Turn:
    """One file; what is none is asked for again, with the reason where the file could not be taken."""
    problems = tuple(Message(f"ask.file_{one.problem}") for one in event.media if one.problem is not None)
    files = [one.sha256 for one in event.media if one.problem is None]
    if len(files) != 1:
        return Turn(to=FILE, say=problems, draft=scene.draft)
    number, scan = (await _drafted(scene)).id, scene.draft["what"] == _SCAN
    document = await keep_final(scene.uow, by=scene.me, document_id=number, sha256=files[0], scan=scan)
    return await _card(scene, document)


MODULE = ConversationModule(
    steps=(
        Step(DAY, _ask_day, _hear_day, leads_to=(NUMBER,), role=Role.SECRETARY, free_text=True),
        Step(NUMBER, _ask_number, _hear_number, role=Role.SECRETARY, free_text=True),
        Step(SENT, _ask_sent, _hear_sent, role=Role.SECRETARY, free_text=True),
        Step(FILE, _ask_file, _hear_file, role=Role.SECRETARY, free_text=True),
    ),
    choices=(
        Choice("paperlist", show_list),
        Choice("paperdoc", show_card),
        Choice("paperfetch", fetch),
        Choice("papernumber", start_number, leads_to=(DAY,)),
        Choice("papersigned", signed),
        Choice("papersent", start_sent, leads_to=(SENT,)),
        Choice("paperfile", start_file, leads_to=(FILE,)),
    ),
)
