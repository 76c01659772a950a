"""A message to everybody under way: how far it is and how long it still takes, `Tạm dừng`, `Gửi tiếp`, `Dừng hẳn`."""

from collections.abc import Sequence
from datetime import timedelta

from handlers.engine.scene import Choice, Command, Scene, Turn, units_as
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.outbox.broadcast import broadcast_in_hand, change_broadcast, foresee_duration
from intake.rules.errors import NotFound
from intake.rules.message import Button, Message, Param, Term, button, rows_of
from intake.rules.outbox.broadcast import Broadcast, BroadcastId, BroadcastState, time_needed
from intake.rules.people.person import Role
from intake.rules.people.unit import UnitId
from wording.broadcasts import broadcast_title, duration_words

_LISTED = 10
_MENU = button("button.menu", "cmd.menu")


async def list_broadcasts(scene: Scene, _rest: str) -> Turn:
    """`/tiendo`: the broadcasts of the person's units, those under way first."""
    units = await units_as(scene, Role.SECRETARY, Role.CHAIR)
    broadcasts = await scene.uow.broadcasts.of_units([unit.id for unit in units], _LISTED)
    if not broadcasts:
        return Turn(say=(Message("broadcast.none", {}, ((_MENU,),)),))
    lines: list[Param] = []
    buttons: list[Button] = []
    for number, one in enumerate(broadcasts, start=1):
        title = await broadcast_title(scene.uow, one)
        named: dict[str, Param] = {"number": number, "title": title, "state": _state(one)}
        lines.append(Term("broadcast.line", {**named, "at": one.started_at}))
        buttons.append(button("broadcast.open", f"broadcast.{one.id}", number=number))
    return Turn(say=(Message("broadcast.list", {"lines": tuple(lines)}, (*rows_of(buttons, 3), (_MENU,))),))


async def show(scene: Scene, rest: str) -> Turn:
    """A button `broadcast.<id>`, for whoever began it, a secretary or a chair of its unit."""
    broadcast = await broadcast_in_hand(scene.uow, scene.me, BroadcastId(id_in(rest)))
    return Turn(say=(await _card(scene, broadcast),))


async def _card(scene: Scene, broadcast: Broadcast) -> Message:
    progress = await scene.uow.broadcasts.progress(broadcast.id)
    lines: list[Param] = []
    if broadcast.spread_at is None and broadcast.state.is_open:
        lines.append(Term("broadcast.preparing", {"people": broadcast.people}))
    elif broadcast.state is BroadcastState.RUNNING and broadcast.not_before > scene.uow.now:
        lines.append(Term("notice.goes_later", {"at": broadcast.not_before}))
    elif broadcast.state is BroadcastState.RUNNING and progress.left:
        left = time_needed(progress.waiting, scene.uow.channel_policy.per_second)
        lines.append(Term("broadcast.time_left", {"duration": duration_words(left)}))
    params: dict[str, Param] = {
        "title": await broadcast_title(scene.uow, broadcast),
        "state": _state(broadcast),
        "sent": progress.sent,
        "people": broadcast.people,
        "left": progress.left,
        "not_delivered": progress.not_delivered,
        "lines": tuple(lines),
    }
    return Message("broadcast.card", params, _buttons(broadcast))


def _buttons(broadcast: Broadcast) -> tuple[tuple[Button, ...], ...]:
    look = button("broadcast.again", f"broadcast.{broadcast.id}")
    if not broadcast.state.is_open:
        return ((_MENU,),)
    paused = broadcast.state is BroadcastState.PAUSED
    to = BroadcastState.RUNNING if paused else BroadcastState.PAUSED
    turn = button("broadcast.resume" if paused else "broadcast.pause", f"broadcastto.{broadcast.id}.{to.value}")
    return ((turn, button("broadcast.stop", f"broadcaststop.{broadcast.id}")), (look, _MENU))


async def change(scene: Scene, rest: str) -> Turn:
    """A button `broadcastto.<id>.<state>`."""
    number, _, wanted = rest.partition(".")
    if wanted not in (BroadcastState.RUNNING, BroadcastState.PAUSED, BroadcastState.STOPPED):
        raise NotFound
    broadcast = await change_broadcast(
        scene.uow, by=scene.me, broadcast_id=BroadcastId(id_in(number)), to=BroadcastState(wanted)
    )
    return Turn(say=(await _card(scene, broadcast),))


async def confirm_stop(scene: Scene, rest: str) -> Turn:
    """A button `broadcaststop.<id>`: stopping cannot be undone, so it is asked once more."""
    broadcast = await broadcast_in_hand(scene.uow, scene.me, BroadcastId(id_in(rest)))
    progress = await scene.uow.broadcasts.progress(broadcast.id)
    row = (
        button("broadcast.stop", f"broadcastto.{broadcast.id}.{BroadcastState.STOPPED.value}"),
        button("broadcast.keep", f"broadcast.{broadcast.id}"),
    )
    said: dict[str, Param] = {"title": await broadcast_title(scene.uow, broadcast), "sent": progress.sent}
    return Turn(say=(Message("broadcast.confirm_stop", said, (row,)),))


async def pace_words(scene: Scene, hamlets: Sequence[UnitId]) -> tuple[Param, ...]:
    """A line on how long a message to the hamlets will be under way; none when it is less than a minute."""
    duration, per_second = await foresee_duration(scene.uow, hamlets)
    if duration < timedelta(minutes=1):
        return ()
    return (Term("broadcast.takes", {"duration": duration_words(duration), "rate": round(per_second)}),)


def _state(broadcast: Broadcast) -> Term:
    return Term(f"broadcast.state_{broadcast.state.value}")


MODULE = ConversationModule(
    commands=(Command("tiendo", list_broadcasts, aliases=("tiến độ gửi tin",), roles=(Role.SECRETARY, Role.CHAIR)),),
    choices=(Choice("broadcast", show), Choice("broadcastto", change), Choice("broadcaststop", confirm_stop)),
)
