"""Carrying a released notice to the people of one's own hamlet: a look at it, `Gửi`, and who is to be visited."""

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Choice, Scene, Step, Turn, own_hamlets
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.office.broadcasts import pace_words
from intake.actions.meetings.push_notice import Push, push_notice, pushable, refuse_twice, to_push
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import NoticeId
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.outbox.delivery import earliest_sending
from intake.rules.people.unit import UnitId

from .in_person import names_to_visit

WHICH = "push.which"
PREVIEW = "push.preview"


async def start_pushing(scene: Scene) -> Turn:
    """`/thongbao` of a hamlet head: the released notices not yet sent to their own hamlet."""
    buttons = await _waiting(scene)
    if not buttons:
        return Turn(say=(Message("notice.none_waiting", {}, ((button("button.menu", "cmd.menu"),),)),))
    if len(buttons) == 1:
        return await show_notice(scene, buttons[0].code)
    return Turn(to=WHICH)


async def _waiting(scene: Scene) -> list[Button]:
    return [
        literal(f"{hamlet.name}: {meeting.title}", f"{notice.id}.{hamlet.id}")
        for hamlet in await own_hamlets(scene)
        for notice, meeting in await to_push(scene.uow, hamlet)
    ]


async def _ask_which(scene: Scene) -> Message:
    return Message("notice.which", {}, rows_of(await _waiting(scene), 1))


async def _hear_which(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice not in [offered.code for offered in await _waiting(scene)]:
        return Turn(to=WHICH, say=(Message("talk.tap_one"),), draft=scene.draft)
    return await show_notice(scene, event.choice)


async def show_notice(scene: Scene, rest: str) -> Turn:
    """`push.<notice id>.<hamlet id>`: what would be sent, to whoever may send it."""
    notice_id, dot, hamlet_id = rest.partition(".")
    if not dot:
        raise NotFound
    notice, _, hamlet = await pushable(scene.uow, scene.me, NoticeId(id_in(notice_id)), UnitId(id_in(hamlet_id)))
    await refuse_twice(scene.uow, notice, hamlet)
    return Turn(to=PREVIEW, draft={"notice": notice.id, "hamlet": hamlet.id})


async def _ask_preview(scene: Scene) -> Message:
    notice = await scene.uow.meetings.notice(NoticeId(int(scene.draft["notice"])))
    hamlet = await scene.uow.places.unit(UnitId(int(scene.draft["hamlet"])))
    row = (button("button.send", "send"), button("button.cancel", "cancel"))
    pace = await pace_words(scene, [hamlet.id])
    return Message("notice.push_preview", {"hamlet": hamlet.name, "text": notice.text, "pace": pace}, (row,))


async def _hear_preview(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice != "send":
        return Turn(to=PREVIEW, say=(Message("talk.tap_one"),), draft=scene.draft)
    push = await push_notice(
        scene.uow,
        by=scene.me,
        notice_id=NoticeId(int(scene.draft["notice"])),
        hamlet_id=UnitId(int(scene.draft["hamlet"])),
    )
    return Turn(say=(_pushed(scene, push),))


def _pushed(scene: Scene, push: Push) -> Message:
    lines: list[Param] = []
    goes_at = earliest_sending(scene.uow.now)
    if goes_at > scene.uow.now and push.reached:
        lines.append(Term("notice.goes_later", {"at": goes_at}))
    if push.on_return:
        lines.append(Term("notice.on_return", {"count": push.on_return}))
    if push.in_person:
        lines.append(Term("notice.to_visit", {"names": names_to_visit(person.called for person in push.in_person)}))
    params: dict[str, Param] = {
        "hamlet": push.hamlet.name,
        "reached": push.reached,
        "in_person": len(push.in_person),
        "lines": tuple(lines),
    }
    code = f"{scene.draft['notice']}.{push.hamlet.id}"
    rows = (
        (button("script.button", f"script.{code}"), button("reach.button", f"reach.{code}")),
        (button("broadcast.button", f"broadcast.{push.broadcast_id}"), button("menu.list", "cmd.danhsach")),
        (button("button.menu", "cmd.menu"),),
    )
    return Message("notice.pushed", params, rows)


MODULE = ConversationModule(
    choices=(Choice("push", show_notice, leads_to=(PREVIEW,)),),
    steps=(
        Step(WHICH, _ask_which, _hear_which, leads_to=(PREVIEW,)),
        Step(PREVIEW, _ask_preview, _hear_preview),
    ),
)
