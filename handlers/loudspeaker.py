"""The loudspeaker: a script to read aloud made from the notice, and the word of whoever read it that it was on air."""

from datetime import datetime

from intake.actions.prove_notice import confirm_notice, notice_at
from intake.actions.release_notice import is_outdated
from intake.rules.decided import profile_of
from intake.rules.delivery import LOCAL
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meeting import Meeting, Notice, NoticeId
from intake.rules.message import Message, Param
from intake.rules.notice_proof import NoticeMeans
from intake.rules.unit import Unit, UnitId

from .aloud import aloud, day_aloud, time_aloud
from .codes import id_in
from .form import day_typed
from .heard import Heard
from .scene import Choice, Scene, Step, Turn, button
from .table import Part
from .texts import words
from .typed_time import typed_time

WHEN = "aired.when"
_LANGUAGE = "vi"


async def _place(scene: Scene, rest: str) -> tuple[Notice, Meeting, Unit]:
    """What a code `<notice id>.<place id>` names, for whoever answers for it."""
    notice_id, dot, place_id = rest.partition(".")
    if not dot:
        raise NotFound
    return await notice_at(scene.uow, scene.me, NoticeId(id_in(notice_id)), UnitId(id_in(place_id)))


async def show_script(scene: Scene, rest: str) -> Turn:
    """`script.<notice id>.<place id>`: the script, with the buttons that say when it was read out."""
    notice, meeting, place = await _place(scene, rest)
    if is_outdated(notice, meeting):
        raise RuleBroken("refusal.notice_outdated")
    code = f"{notice.id}.{place.id}"
    rows = (
        (button("script.aired_now", f"aired.{code}"), button("script.aired_then", f"airedthen.{code}")),
        (button("button.menu", "cmd.menu"),),
    )
    params: dict[str, Param] = {"place": place.name, "text": await script_of(scene, meeting)}
    return Turn(say=(Message("script.shown", params, rows),))


async def script_of(scene: Scene, meeting: Meeting) -> str:
    """The script of a fixed meeting: short sentences, time and place said twice, numbers and days in words."""
    starts_at = (meeting.starts_at or scene.uow.now).astimezone(LOCAL)
    plan = await scene.uow.plans.get(meeting.plan_id)
    profile = profile_of(plan)
    hamlets = await scene.uow.meetings.hamlets(meeting.id)
    unit = await scene.uow.places.unit(meeting.unit_id)
    topics = [topic.name for topic in profile.topics if topic.parent is None]
    params: dict[str, Param] = {
        "unit": aloud(unit.name),
        "title": aloud(meeting.title),
        "scope": aloud(", ".join(hamlet.name for hamlet in hamlets) or unit.name),
        "at": f"{time_aloud(starts_at.time())}, {day_aloud(starts_at.date())}",
        "year": day_aloud(starts_at.date(), year=True).rpartition(" năm ")[2],
        "venue": aloud(meeting.venue),
        "content": aloud(meeting.theme) if meeting.theme else aloud("; ".join(topics)),
    }
    return words(_LANGUAGE, "script.text", params)


async def aired_now(scene: Scene, rest: str) -> Turn:
    """`aired.<notice id>.<place id>`: it was read out just now."""
    notice, _, place = await _place(scene, rest)
    return await _confirm(scene, notice, place, NoticeMeans.LOUDSPEAKER, scene.uow.now)


async def aired_then(scene: Scene, rest: str) -> Turn:
    """`airedthen.<notice id>.<place id>`: asks when."""
    notice, _, place = await _place(scene, rest)
    return Turn(to=WHEN, draft={"notice": notice.id, "place": place.id})


async def hung_now(scene: Scene, rest: str) -> Turn:
    """`hung.<notice id>.<place id>`: the poster hangs since now."""
    notice, _, place = await _place(scene, rest)
    return await _confirm(scene, notice, place, NoticeMeans.POSTER, scene.uow.now)


async def _confirm(scene: Scene, notice: Notice, place: Unit, means: NoticeMeans, at: datetime) -> Turn:
    new = await confirm_notice(scene.uow, by=scene.me, notice_id=notice.id, place_id=place.id, means=means, at=at)
    key = f"proof.kept_{means.value}" if new else "proof.known"
    more = (button("script.aired_then", f"airedthen.{notice.id}.{place.id}"),)
    row = (*(more if means is NoticeMeans.LOUDSPEAKER else ()), button("button.menu", "cmd.menu"))
    return Turn(say=(Message(key, {"place": place.name, "at": at}, (row,)),))


async def _ask_when(scene: Scene) -> Message:
    place = await scene.uow.places.unit(UnitId(int(scene.draft["place"])))
    params: dict[str, Param] = {"place": place.name, "today": scene.uow.today}
    return Message("script.when", params, ((button("button.cancel", "cancel"),),))


async def _hear_when(scene: Scene, heard: Heard) -> Turn:
    rest = f"{scene.draft['notice']}.{scene.draft['place']}"
    notice, _, place = await _place(scene, rest)
    return await _confirm(scene, notice, place, NoticeMeans.LOUDSPEAKER, _moment_typed(scene, heard.text))


def _moment_typed(scene: Scene, typed: str) -> datetime:
    """`6h30` for today, `6h30 24/04/2024` for another day. Raises `RuleBroken` for what is neither."""
    hour, _, day = typed.strip().rpartition(" ")
    if hour and any(sign in day for sign in "/.-"):
        return datetime.combine(day_typed(day), typed_time(hour), tzinfo=LOCAL)
    return datetime.combine(scene.uow.today, typed_time(typed), tzinfo=LOCAL)


PART = Part(
    choices=(
        Choice("script", show_script),
        Choice("aired", aired_now),
        Choice("airedthen", aired_then, leads_to=(WHEN,)),
        Choice("hung", hung_now),
    ),
    steps=(Step(WHEN, _ask_when, _hear_when),),
)
