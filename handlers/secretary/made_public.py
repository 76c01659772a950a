"""The results of a meeting were made public: by which means, on which day (R211, LAW C9)."""

from datetime import date

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.meetings.publish_results import means_left, publish_results, results_clock
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import Meeting, MeetingId, ResultsMeans
from intake.rules.message import Button, Message, Param, Term, button
from intake.rules.typed_when import day_typed
from wording.clocks import sentence

DAY = "madepublic.day"
TODAY = "today"


async def results_button(scene: Scene, meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    """The row that leads to the results; none where the law sets no limit for them."""
    if not meeting.results_public and await results_clock(scene.uow, meeting) is None:
        return ()
    return ((button("madepublic.button", f"madepublic.{meeting.id}"),),)


async def show(scene: Scene, rest: str) -> Turn:
    """A button `madepublic.<meeting id>`: by when, why then, what was done, and a button for each way that is left."""
    meeting = await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(rest)))
    return Turn(say=(await _card(scene, meeting),))


async def _card(scene: Scene, meeting: Meeting) -> Message:
    clock = await results_clock(scene.uow, meeting)
    if clock is None and not meeting.results_public:
        raise NotFound
    lines: list[Param] = [] if clock is None else [sentence(unpack_due(clock.due), scene.language)]
    for means in ResultsMeans:
        done = meeting.results_public.get(means)
        named: dict[str, Param] = {"means": Term(f"madepublic.means_{means}")}
        if done is None:
            lines.append(Term("madepublic.line_left", named))
        else:
            lines.append(Term("madepublic.line_done", {**named, "day": date.fromisoformat(done["on"])}))
    left = () if clock is None else means_left(meeting)
    buttons = tuple((button(f"madepublic.button_{means}", f"madepublicby.{meeting.id}.{means}"),) for means in left)
    key = "madepublic.card" if left else "madepublic.card_done"
    params: dict[str, Param] = {"title": meeting.title, "lines": tuple(lines)}
    return Message(key, params, (*buttons, (button("button.menu", "cmd.menu"),)))


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
    choices=(Choice("madepublic", show), Choice("madepublicby", ask_day, leads_to=(DAY,))),
    steps=(Step(DAY, _ask, _hear, free_text=True),),
)
