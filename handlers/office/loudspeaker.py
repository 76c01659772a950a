"""The loudspeaker: a script to read aloud made from the notice, and the word of whoever read it that it was on air.

Broadcasters have nothing else (`/phatthanh`, R053).
"""

from datetime import datetime

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Choice, Command, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.airing import airing_buttons, words_to_air
from intake.actions.meetings.prove_notice import confirm_notice, notice_at, to_air
from intake.actions.meetings.release_notice import is_outdated
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, Notice, NoticeId, NoticeKind
from intake.rules.meetings.notice import NoticeMeans
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.person import Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.typed_when import past_moment_typed

WHEN = "aired.when"


async def _place(scene: Scene, rest: str, *, airing: bool = True) -> tuple[Notice, Meeting, Unit]:
    """What a code `<notice id>.<place id>` names, for whoever answers for it, or with `airing` only reads it out."""
    notice_id, dot, place_id = rest.partition(".")
    if not dot:
        raise NotFound
    return await notice_at(scene.uow, scene.me, NoticeId(id_in(notice_id)), UnitId(id_in(place_id)), airing=airing)


async def show_script(scene: Scene, rest: str) -> Turn:
    """`script.<notice id>.<place id>`: the script, with the buttons that say when it was read out."""
    notice, meeting, place = await _place(scene, rest)
    if is_outdated(notice, meeting):
        raise RuleBroken("refusal.notice_outdated")
    params: dict[str, Param] = {"place": place.name, "text": await words_to_air(scene.uow, meeting, notice)}
    return Turn(say=(Message("script.shown", params, airing_buttons(notice, place)),))


async def scripts(scene: Scene, _rest: str) -> Turn:
    """`/phatthanh`: what a broadcaster reads out now, and when it was on air already; one alone is opened at once."""
    listed = await to_air(scene.uow, scene.me)
    if not listed:
        return Turn(say=(Message("airing.none", {}, ((button("button.menu", "cmd.menu"),),)),))
    if len(listed) == 1:
        [(notice, _, place)] = listed
        shown = await show_script(scene, f"{notice.id}.{place.id}")
        return Turn(say=(Message("airing.aired", {"lines": await _aired(scene, notice, place)}), *shown.say))
    lines: list[Param] = []
    buttons: list[Button] = []
    for number, (notice, meeting, place) in enumerate(listed, 1):
        params: dict[str, Param] = {"number": number, "title": meeting.title, "place": place.name}
        lines += [Term("airing.line", params), *await _aired(scene, notice, place)]
        buttons.append(literal(str(number), f"script.{notice.id}.{place.id}"))
    return Turn(say=(Message("airing.list", {"lines": tuple(lines)}, rows_of(buttons, 5)),))


async def _aired(scene: Scene, notice: Notice, place: Unit) -> tuple[Param, ...]:
    """The times a notice was on air in a place."""
    times = [
        Term("airing.at", {"at": proof.at})
        for proof in await scene.uow.proofs.of(notice.id)
        if proof.place_id == place.id and proof.means is NoticeMeans.LOUDSPEAKER
    ]
    return tuple(times) or (Term("airing.not_yet"),)


async def aired_now(scene: Scene, rest: str) -> Turn:
    """`aired.<notice id>.<place id>`: it was read out just now."""
    notice, _, place = await _place(scene, rest)
    return await _confirm(scene, notice, place, NoticeMeans.LOUDSPEAKER, scene.uow.now)


async def aired_then(scene: Scene, rest: str) -> Turn:
    """`airedthen.<notice id>.<place id>`: asks when."""
    notice, _, place = await _place(scene, rest)
    return Turn(to=WHEN, draft={"notice": notice.id, "place": place.id})


async def hung_now(scene: Scene, rest: str) -> Turn:
    """`hung.<notice id>.<place id>`: the poster, or the sheet of results, is up as of now."""
    notice, _, place = await _place(scene, rest, airing=False)
    return await _confirm(scene, notice, place, NoticeMeans.POSTER, scene.uow.now)


async def _confirm(scene: Scene, notice: Notice, place: Unit, means: NoticeMeans, at: datetime) -> Turn:
    new = await confirm_notice(scene.uow, by=scene.me, notice_id=notice.id, place_id=place.id, means=means, at=at)
    sheet = notice.kind is NoticeKind.RESULTS and means is NoticeMeans.POSTER
    kept = "madepublic.kept_sheet" if sheet else f"proof.kept_{means.value}"
    key = kept if new else "proof.known"
    more = (button("script.aired_then", f"airedthen.{notice.id}.{place.id}"),)
    row = (*(more if means is NoticeMeans.LOUDSPEAKER else ()), button("button.menu", "cmd.menu"))
    return Turn(say=(Message(key, {"place": place.name, "at": at}, (row,)),))


async def _ask_when(scene: Scene) -> Message:
    place = await scene.uow.places.unit(UnitId(int(scene.draft["place"])))
    params: dict[str, Param] = {"place": place.name, "today": scene.uow.today}
    return Message("script.when", params, ((button("button.cancel", "cancel"),),))


async def _hear_when(scene: Scene, event: InboundEvent) -> Turn:
    rest = f"{scene.draft['notice']}.{scene.draft['place']}"
    notice, _, place = await _place(scene, rest)
    return await _confirm(scene, notice, place, NoticeMeans.LOUDSPEAKER, past_moment_typed(event.text, scene.uow.now))


MODULE = ConversationModule(
    commands=(Command("phatthanh", scripts, aliases=("phát thanh",), roles=(Role.BROADCASTER,)),),
    choices=(
        Choice("script", show_script),
        Choice("aired", aired_now),
        Choice("airedthen", aired_then, leads_to=(WHEN,)),
        Choice("hung", hung_now),
    ),
    steps=(Step(WHEN, _ask_when, _hear_when),),
)
