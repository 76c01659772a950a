"""The poster of a meeting as a picture to print or pass on, with a QR code for each way into the chat."""

from collections.abc import Sequence
from datetime import datetime

from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.secretary.meeting_card import scope_words
from intake.actions.meetings.meeting_people import hamlets_in_scope
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.meetings.poster import Poster, PosterCode, StartLink
from intake.rules.message import CarriedFile, Message, Param, Term, button
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from wording.texts import words

_LANGUAGE = "vi"


async def show_poster(scene: Scene, rest: str) -> Turn:
    """`poster.<meeting id>`: for the office of the unit, and for the heads of the hamlets the meeting is for."""
    meeting = await scene.uow.meetings.get(MeetingId(id_in(rest)))
    if not await _may(scene, meeting):
        raise NotFound
    if meeting.state is not MeetingState.FIXED:
        raise RuleBroken("refusal.poster_unfixed")
    if meeting.is_past(scene.uow.now):
        raise RuleBroken("refusal.meeting_gone", {"title": meeting.title})
    code = f"m-{meeting.id}"
    posters = scene.uow.posters
    links = posters.links(code)
    poster = await _poster(scene, meeting, code, links)
    picture = await scene.uow.beforehand(poster, lambda: posters.draw(poster))
    file = CarriedFile(picture, (Term("poster.file_name"), meeting.title, _starts_at(scene, meeting).date()))
    params: dict[str, Param] = {
        "title": meeting.title,
        "links": tuple(link.url for link in links) or (Term("poster.no_links"),),
        "code": f"#{code}",
    }
    row = (button("button.menu", "cmd.menu"),)
    return Turn(say=(Message("poster.shown", params, (row,), attachments=(file,)),))


async def _may(scene: Scene, meeting: Meeting) -> bool:
    unit = await scene.uow.places.unit(meeting.unit_id)
    if holds(scene.grants, Role.SECRETARY, unit) or holds(scene.grants, Role.CHAIR, unit):
        return True
    headed = {grant.unit_id for grant in scene.grants_as(Role.HAMLET_HEAD)}
    return any(hamlet.id in headed for hamlet in await hamlets_in_scope(scene.uow, meeting))


async def _poster(scene: Scene, meeting: Meeting, code: str, links: Sequence[StartLink]) -> Poster:
    """The words of the poster; in the language of the notice, as it hangs where everybody reads it."""
    starts_at = _starts_at(scene, meeting)
    weekday = _say(f"poster.weekday_{starts_at.isoweekday()}")
    lines = [
        (_say("poster.time"), _say("poster.at", time=f"{starts_at:%H:%M}", weekday=weekday, day=starts_at.date())),
        (_say("poster.place"), meeting.venue),
        (_say("poster.scope"), await scope_words(scene, meeting)),
    ]
    if meeting.theme:
        lines.append((_say("poster.theme"), meeting.theme))
    unit = await scene.uow.places.unit(meeting.unit_id)
    return Poster(
        heading=unit.name,
        title=meeting.title,
        lines=tuple(lines),
        invitation=_say("poster.invitation" if links else "poster.invitation_bare"),
        codes=tuple(
            PosterCode(
                link.url, _say(f"poster.{link.network.value}{'' if link.carries_code else '_typed'}", code=f"#{code}")
            )
            for link in links
        ),
        footer=_say("poster.footer"),
    )


def _starts_at(scene: Scene, meeting: Meeting) -> datetime:
    return (meeting.starts_at or scene.uow.now).astimezone(LOCAL)


def _say(key: str, **params: Param) -> str:
    return words(_LANGUAGE, key, params)


MODULE = ConversationModule(choices=(Choice("poster", show_poster),))
