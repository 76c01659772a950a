"""The results of a meeting at the desk: how far they are public, making them so everywhere, noting what was done."""

from datetime import date

from fastapi.responses import Response

from intake.actions.meetings.announce_results import announce_results, results_news
from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.meetings.publish_results import means_left, publish_results, results_clock
from intake.actions.people.confirm_again import what_is_agreed
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import MeetingState, NoticeKind, ResultsMeans
from intake.rules.message import Param, Term
from intake.rules.papers.kinds import PaperKind
from intake.rules.people.office_session import ConfirmedAct
from wording.reach import results_lines
from wording.texts import shown

from .confirming import use_yes
from .doors import Doors
from .office import HOME
from .papers import paper_link
from .visiting import Visit

_PATH = "/{meeting}/ket-qua"


def open_part(doors: Doors) -> None:
    """Add the page of the results, and its two acts."""
    doors.show(_PATH, _show)
    doors.act(f"{_PATH}/cong-khai", _announce, again=_show)
    doors.act(
        f"{_PATH}/da-lam", _note, again=_show, fields={"refusal.results_day": "day", "rooms.refusal_day_missing": "day"}
    )


async def _show(visit: Visit) -> Response:
    language = visit.person.language
    async with visit.reading() as uow:
        meeting = await meeting_in_unit(uow, visit.person, visit.meeting_id)
        held = meeting.state is MeetingState.HELD
        lines = [shown(language, line) for line in await results_lines(uow, meeting, language)] if held else []
        left = means_left(meeting) if await results_clock(uow, meeting) is not None else []
        announced = await uow.meetings.notice_of(meeting.id, NoticeKind.RESULTS) is not None
        news = await results_news(uow, meeting)
        sheet = paper_link(visit, await uow.plans.get(meeting.plan_id), PaperKind.RESULTS_SHEET, str(meeting.id))
    return visit.page(
        "results_public.html",
        meeting=meeting,
        held=held,
        lines=lines,
        announced=announced,
        news=shown(language, Term(news.key, news.params)),
        left=[(one.value, shown(language, Term(f"madepublic.means_{one}"))) for one in left],
        sheet=sheet,
        path=f"{HOME}/buoi/{meeting.id}/ket-qua",
    )


async def _announce(visit: Visit) -> Response:
    """Asked in the chat first, as everything that goes to everybody; done once just these results are agreed to."""
    async with visit.acting() as uow:
        meeting = await meeting_in_unit(uow, visit.person, visit.meeting_id)
        news = await results_news(uow, meeting)
        about = what_is_agreed(str(meeting.id), visit.words(Term(news.key, news.params)))
        await use_yes(uow, visit, ConfirmedAct.ANNOUNCE_RESULTS, about)
        done = await announce_results(uow, by=visit.person, meeting_id=visit.meeting_id)
    headless = ", ".join(one.name for one in done.headless)
    heads: Param = Term("madepublic.headless", {"places": headless}) if headless else Term("madepublic.all_heads")
    said = {"told": done.told, "broadcasters": done.broadcasters, "headless": heads}
    return _back(visit, Term("madepublic.sent", said))


async def _note(visit: Visit) -> Response:
    means = visit.typed.get("means", "")
    if means not in set(ResultsMeans):
        raise NotFound
    try:
        on = date.fromisoformat(visit.typed.get("day", ""))
    except ValueError:
        raise RuleBroken("rooms.refusal_day_missing") from None
    async with visit.acting() as uow:
        await publish_results(uow, by=visit.person, meeting_id=visit.meeting_id, means=ResultsMeans(means), on=on)
    return _back(visit, Term("madepublic.noted", {"means": Term(f"madepublic.means_{means}"), "day": on}))


def _back(visit: Visit, said: Term) -> Response:
    return visit.to(f"{HOME}/buoi/{visit.meeting_id}/ket-qua", said)
