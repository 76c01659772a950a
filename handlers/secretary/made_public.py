"""Making the results of a meeting public in one act, and by which means that was done when (R211, LAW C9)."""

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import CHANGED, Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.office.broadcasts import pace_words
from intake.actions.meetings.airing import unclear_in
from intake.actions.meetings.announce_results import announce_results, require_results_sheet, results_news
from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.meetings.meeting_people import hamlets_in_scope
from intake.actions.meetings.publish_results import means_left, publish_results, results_clock
from intake.actions.meetings.results_words import results_script
from intake.actions.papers.order import order_paper
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import (
    Meeting,
    MeetingId,
    MeetingState,
    Notice,
    NoticeId,
    NoticeKind,
    ResultsMeans,
)
from intake.rules.message import Button, Message, Param, Term, button, mark_of
from intake.rules.papers.kinds import PaperFormat, PaperKind
from intake.rules.people.unit import UnitId
from intake.rules.typed_when import day_typed
from wording.papers.registry import KINDS
from wording.reach import results_lines

DAY = "madepublic.day"
TODAY = "today"


def results_button(meeting: Meeting) -> tuple[Button, ...]:
    """The row that leads to the results of a meeting that was held."""
    return (button("madepublic.button", f"madepublic.{meeting.id}"),)


async def show(scene: Scene, rest: str) -> Turn:
    """A button `madepublic.<meeting id>`: by when, why then, what was done, and a button for each way that is left."""
    return Turn(say=(await _card(scene, await _held(scene, rest)),))


async def _held(scene: Scene, rest: str) -> Meeting:
    meeting = await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(rest)))
    if meeting.state is not MeetingState.HELD:
        raise NotFound
    return meeting


async def _card(scene: Scene, meeting: Meeting) -> Message:
    clock = await results_clock(scene.uow, meeting)
    notice = await scene.uow.meetings.notice_of(meeting.id, NoticeKind.RESULTS)
    left = () if clock is None else means_left(meeting)
    rows: list[tuple[Button, ...]] = [
        (button(f"madepublic.button_{means}", f"madepublicby.{meeting.id}.{means}"),) for means in left
    ]
    if notice is None:
        rows.insert(0, (button("madepublic.now_button", f"madepublicnow.{meeting.id}"),))
    else:
        rows = [*_what_is_left(notice, meeting), *rows]
    lines = tuple(await results_lines(scene.uow, meeting, scene.language))
    key = "madepublic.card" if left or not meeting.results_public else "madepublic.card_done"
    return Message(key, {"title": meeting.title, "lines": lines}, (*rows, (button("button.menu", "cmd.menu"),)))


def _what_is_left(notice: Notice, meeting: Meeting) -> list[tuple[Button, ...]]:
    code = f"{notice.id}.{meeting.unit_id}"
    return [
        (button("script.button", f"script.{code}"), button("madepublic.sheet_button", f"resultssheet.{code}")),
        (button("madepublic.hung", f"hung.{code}"),),
    ]


async def confirm(scene: Scene, rest: str) -> Turn:
    """A button `madepublicnow.<meeting id>`: what goes to everybody is looked at once more."""
    return Turn(say=(await _confirm(scene, await _held(scene, rest)),))


async def _confirm(scene: Scene, meeting: Meeting) -> Message:
    hamlets = [hamlet.id for hamlet in await hamlets_in_scope(scene.uow, meeting)]
    news = await results_news(scene.uow, meeting)
    params: dict[str, Param] = {
        "title": meeting.title,
        "hamlets": len(hamlets),
        "pace": (*unclear_in(await results_script(scene.uow, meeting)), *await pace_words(scene, hamlets)),
        "news": Term(news.key, news.params),
    }
    sends = f"madepublicsend.{meeting.id}.{mark_of(params['news'])}"
    row = (button("button.send", sends), button("button.cancel", f"madepublic.{meeting.id}"))
    return Message("madepublic.confirm", params, (row,))


async def send(scene: Scene, rest: str) -> Turn:
    """A button `madepublicsend.<meeting id>.<mark>`: everything that stands above is done by this tap."""
    number, _, seen = rest.partition(".")
    meeting = await _held(scene, number)
    news = await results_news(scene.uow, meeting)
    told = await scene.uow.meetings.notice_of(meeting.id, NoticeKind.RESULTS)
    if told is None and seen != mark_of(Term(news.key, news.params)):
        return Turn(say=(CHANGED, await _confirm(scene, meeting)))
    done = await announce_results(scene.uow, by=scene.me, meeting_id=meeting.id)
    headless = Term("madepublic.headless", {"places": ", ".join(one.name for one in done.headless)})
    params: dict[str, Param] = {
        "told": done.told,
        "broadcasters": done.broadcasters,
        "headless": headless if done.headless else Term("madepublic.all_heads"),
    }
    row = (
        button("broadcast.button", f"broadcast.{done.broadcast_id}"),
        button("madepublic.button", f"madepublic.{meeting.id}"),
    )
    return Turn(say=(Message("madepublic.sent", params, (*_what_is_left(done.notice, meeting), row)),))


async def sheet(scene: Scene, rest: str) -> Turn:
    """`resultssheet.<notice id>.<place id>`: the sheet to post, for whoever answers for the place."""
    notice_id, _, place_id = rest.partition(".")
    ids = NoticeId(id_in(notice_id)), UnitId(id_in(place_id))
    meeting, place = await require_results_sheet(scene.uow, by=scene.me, notice_id=ids[0], place_id=ids[1])
    row = (button("madepublic.hung", f"hung.{rest}"), button("button.menu", "cmd.menu"))
    await order_paper(
        scene.uow,
        by=scene.me,
        account_id=scene.account.id,
        plan=await scene.uow.plans.get(meeting.plan_id),
        kind=PaperKind.RESULTS_SHEET,
        about=str(meeting.id),
        form=PaperFormat.PDF,
        message=Message("madepublic.sheet", {"place": place.name}, (row,)),
    )
    return Turn(say=(Message("papers.being_made", {"name": KINDS[PaperKind.RESULTS_SHEET].name}),))


async def ask_day(scene: Scene, rest: str) -> Turn:
    """A button `madepublicby.<meeting id>.<means>`: on which day."""
    number, _, means = rest.partition(".")
    meeting = await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(number)))
    if means not in set(ResultsMeans):
        raise NotFound
    return Turn(to=DAY, draft={"meeting": meeting.id, "means": means})


async def _ask(scene: Scene) -> Message:
    params: dict[str, Param] = {"means": Term(f"madepublic.means_{scene.draft['means']}"), "today": scene.uow.today}
    rows = ((button("madepublic.today", TODAY),), (button("button.cancel", "cancel"),))
    return Message("madepublic.ask_day", params, rows)


async def _hear(scene: Scene, event: InboundEvent) -> Turn:
    on = scene.uow.today if event.choice == TODAY else day_typed(event.text, scene.uow.today, past=True)
    meeting_id, means = MeetingId(int(scene.draft["meeting"])), ResultsMeans(str(scene.draft["means"]))
    meeting = await publish_results(scene.uow, by=scene.me, meeting_id=meeting_id, means=means, on=on)
    return Turn(say=(await _card(scene, meeting),))


MODULE = ConversationModule(
    choices=(
        Choice("madepublic", show),
        Choice("madepublicnow", confirm),
        Choice("madepublicsend", send),
        Choice("resultssheet", sheet),
        Choice("madepublicby", ask_day, leads_to=(DAY,)),
    ),
    steps=(Step(DAY, _ask, _hear, free_text=True),),
)
