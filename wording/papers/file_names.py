"""What the file of a document is called: its kind, its number, what it is about, the day. In Vietnamese, as it is."""

from collections.abc import Sequence
from datetime import date

from intake.actions.papers.make import meeting_named
from intake.ports import LaidOutPaper, UnitOfWork
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.file_names import file_name
from intake.rules.message import CarriedFile, Param
from intake.rules.papers.facts import stamp_of
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.order import WantedPaper
from intake.rules.papers.register import OfficeDocument
from intake.rules.plan.plan import Plan
from wording.figures import period_code_called

from .frame import stamped
from .registry import KINDS
from .saying import LANGUAGE, say


async def carried_papers(uow: UnitOfWork, wanted: WantedPaper, made: Sequence[LaidOutPaper]) -> tuple[CarriedFile, ...]:
    """The files of a document for a message; of several each has its place in its name, and a copy for reading says so.

    `Thông báo kết luận - 05-TB-UBND - Đối thoại tháng 4 - 25-04-2026`. Raises `NotFound` for a meeting there is not.
    """
    name = await _name(uow, wanted)
    return tuple(
        CarriedFile(one.file, (*name, say("file.copy") if one.copy else "", str(place) if len(made) > 1 else ""))
        for place, one in enumerate(made, 1)
    )


async def _name(uow: UnitOfWork, wanted: WantedPaper) -> tuple[Param, ...]:
    """Kind, number or version, what it is about; the day of the meeting, else of the document, else today."""
    known, plan = KINDS[wanted.kind], await uow.plans.get(wanted.plan_id)
    about, day = await _about(uow, plan, wanted)
    if day is None:
        day = uow.today if wanted.stamp is None or wanted.stamp.dated is None else wanted.stamp.dated
    number = ""
    if wanted.stamp is not None:
        number = stamped(plan.decided.profile, wanted.stamp, known.code)
    elif wanted.version:
        number = say("file.draft", version=wanted.version)
    return (known.name, number, *about, day)


async def kept_papers(uow: UnitOfWork, document: OfficeDocument) -> tuple[CarriedFile, ...]:
    """The files that are kept with a document, named alike: the final one, then the scan, which says so."""
    wanted = WantedPaper(document.plan_id, document.kind, document.about, None, stamp=stamp_of(document))
    kept = ((document.final_sha256, ""), (document.scan_sha256, say("file.scan")))
    return tuple([CarriedFile(file, (*await _name(uow, wanted), mark)) for file, mark in kept if file is not None])


def template_file_name(kind: PaperKind) -> str:
    """The same of the template of a kind, as a secretary fetches it."""
    return file_name(say("file.template"), KINDS[kind].name)


async def _about(uow: UnitOfWork, plan: Plan, wanted: WantedPaper) -> tuple[tuple[str, ...], date | None]:
    match KINDS[wanted.kind].subject:
        case PaperSubject.MEETING:
            meeting = await meeting_named(uow, plan, wanted.about)
            starts_at = meeting.starts_at
            return (meeting.title,), None if starts_at is None else starts_at.astimezone(LOCAL).date()
        case PaperSubject.QUESTION:
            return (wanted.about,), None
        case PaperSubject.PERIOD:
            unit = await uow.places.unit(plan.unit_id)
            return (period_code_called(LANGUAGE, wanted.about), unit.name), None
        case PaperSubject.PLAN:
            return ((await uow.places.unit(plan.unit_id)).name,), None
