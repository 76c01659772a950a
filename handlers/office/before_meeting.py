"""Before a meeting, for secretary and chair: the digest (`/tonghop`), sending it, and the results of earlier years."""

from collections.abc import Sequence

from handlers.engine.scene import Choice, Command, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.earlier_results import YearResults, earlier_results, questions_of_year
from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.meetings.meeting_digest import digest_of
from intake.actions.meetings.send_digest import digest_buttons, digest_messages, send_digest
from intake.actions.people.office import units_of
from intake.actions.questions.gathered import gathered_for
from intake.actions.sealed.access import readable
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.meetings.results import Results
from intake.rules.message import Button, Message, Param, Term, button, literal
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from intake.rules.questions.question import Question
from wording.meetings import when_of

from .question_lines import AT_ONCE, line


def before_rows(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    """The two buttons on the card of a meeting."""
    return (
        (button("digest.button", f"digest.{meeting.id}"),),
        (button("results.button", f"earlieryears.{meeting.id}"),),
    )


async def coming(scene: Scene, _rest: str) -> Turn:
    """`/tonghop`: the digest of the only upcoming meeting, or a choice between several."""
    units = await units_of(scene.uow, scene.me, Role.SECRETARY, Role.CHAIR)
    meetings = await scene.uow.meetings.of_units(units)
    if not meetings:
        rows = (*await _opinions(scene), (button("button.menu", "cmd.menu"),))
        return Turn(say=(Message("digest.no_meeting", {}, rows),))
    if len(meetings) == 1:
        return await _digest(scene, meetings[0].id)
    lines: list[Param] = [Term("digest.meeting_line", {"title": one.title, **when_of(one)}) for one in meetings]
    rows = tuple((literal(one.title, f"digest.{one.id}"),) for one in meetings)
    return Turn(say=(Message("digest.which", {"lines": tuple(lines)}, rows),))


async def show_digest(scene: Scene, rest: str) -> Turn:
    """A button `digest.<meeting id>`."""
    return await _digest(scene, MeetingId(id_in(rest)))


async def _digest(scene: Scene, meeting_id: MeetingId) -> Turn:
    digest = await digest_of(scene.uow, by=scene.me, meeting_id=meeting_id)
    messages = await digest_messages(scene.uow, digest)
    rows = (*digest_buttons(digest.meeting), *await _opinions(scene))
    if holds(scene.grants, Role.SECRETARY, await scene.uow.places.unit(digest.meeting.unit_id)):
        rows = ((button("digest.send_button", f"senddigest.{meeting_id}"),), *rows)
    last = messages[-1]
    return Turn(say=(*messages[:-1], Message(last.key, last.params, rows)))


async def _opinions(scene: Scene) -> tuple[tuple[Button, ...], ...]:
    """The way to all opinions of one's units, where there are any (R128)."""
    count = len(await gathered_for(scene.uow, scene.me))
    return ((button("gathered.list_button", "gathered.0", count=str(count)),),) if count else ()


async def send(scene: Scene, rest: str) -> Turn:
    """A button `senddigest.<meeting id>`."""
    told = await send_digest(scene.uow, by=scene.me, meeting_id=MeetingId(id_in(rest)))
    return Turn(say=(Message("digest.sent", {"count": told}),))


async def show_results(scene: Scene, rest: str) -> Turn:
    """A button `earlieryears.<meeting id>`: each year's figures, meeting by meeting, with its list behind a button."""
    meeting_id = MeetingId(id_in(rest))
    years = await earlier_results(scene.uow, by=scene.me, meeting_id=meeting_id)
    return Turn(say=tuple(_year(meeting_id, year) for year in years))


def _year(meeting_id: MeetingId, year: YearResults) -> Message:
    if not year.meetings and year.by_hand is None:
        return Message("results.nothing", {"year": year.year})
    lines: list[Param] = []
    for meeting, results in year.meetings:
        title: Param = Term("results.outside") if meeting is None else meeting.title
        lines.append(Term("results.meeting", {"title": title, "figures": _figures(results)}))
    if year.by_hand is not None:
        entered: dict[str, Param] = {"source": year.by_hand.source, "figures": _figures(year.by_hand.results)}
        lines.append(Term("results.by_hand", entered))
    params: dict[str, Param] = {"year": year.year, "figures": _figures(year.together), "lines": tuple(lines)}
    lists = button("results.list_button", f"yearlist.{meeting_id}.{year.year}.0", year=str(year.year))
    return Message("results.year", params, ((lists,),) if year.meetings else ())


def _figures(results: Results) -> Term:
    return Term(
        "results.figures",
        {
            "received": results.received,
            "before": results.before,
            "there": results.there,
            "later": results.later,
            "forwarded": results.forwarded,
            "declined": results.declined,
            "open": results.open,
            "gathered": results.gathered,
        },
    )


async def show_list(scene: Scene, rest: str) -> Turn:
    """A button `yearlist.<meeting id>.<year>.<start>`."""
    parts = rest.split(".")
    if len(parts) != 3:  # noqa: PLR2004 - meeting, year, start
        raise NotFound
    meeting_id, year, start = MeetingId(id_in(parts[0])), id_in(parts[1]), id_in(parts[2])
    found = await questions_of_year(
        scene.uow, by=scene.me, meeting_id=meeting_id, year=year, skip=start, most=AT_ONCE + 1
    )
    page = found[:AT_ONCE]
    rows: tuple[tuple[Button, ...], ...] = ()
    if len(found) > len(page):
        rows = ((button("results.more_button", f"yearlist.{meeting_id}.{year}.{start + AT_ONCE}"),),)
    meeting = await meeting_in_unit(scene.uow, scene.me, meeting_id)
    params: dict[str, Param] = {
        "year": year,
        "title": meeting.title,
        "lines": _lines(await readable(scene.uow, scene.me, page)),
    }
    return Turn(say=(Message("results.list", params, rows),))


def _lines(questions: Sequence[Question]) -> tuple[Param, ...]:
    lines = [line(one, "results.line", state=Term(f"office.state_{one.state.value}")) for one in questions]
    return tuple(lines) or (Term("digest.nothing"),)


MODULE = ConversationModule(
    commands=(
        Command(
            "tonghop",
            coming,
            aliases=("tổng hợp", "tổng hợp trước buổi đối thoại"),
            roles=(Role.SECRETARY, Role.CHAIR),
        ),
    ),
    choices=(
        Choice("digest", show_digest),
        Choice("senddigest", send),
        Choice("earlieryears", show_results),
        Choice("yearlist", show_list),
    ),
)
