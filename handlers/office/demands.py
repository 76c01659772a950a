"""`/denghi`: people ask for a meeting and join; the office words it for all and counts, the chair decides (R212)."""

from datetime import date

from handlers.engine.form import Field, form_steps, read_day, read_words
from handlers.engine.scene import Choice, Command, Scene, Turn, units_as
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.demands import (
    ask_for_meeting,
    count_demand,
    decline_demand,
    demand_in_office,
    demanded,
    demands_to_join,
    enter_demand,
    grant_demand,
    join_demand,
    leave_demand,
    open_demand,
    words_in_office,
)
from intake.rules.deadlines.due_words import on_weekday
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.demand import MOST_VOTERS, DemandId, DemandState
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.sealed.risk import Risk, risk_of
from wording.demands import count_words, standing_words, told_words
from wording.texts import shown, words

_MENU = ((button("button.menu", "cmd.menu"),),)
_OPEN = (DemandState.RECEIVED, DemandState.GATHERING)
_TITLE = "vi"
"""The language a meeting is named in: its notice and its page are."""


async def demands(scene: Scene, _rest: str) -> Turn:
    """`/denghi`: for the office every demand of its units; for everybody else those one may join, and asking."""
    if units := await units_as(scene, Role.SECRETARY, Role.CHAIR):
        return await _office_list(scene, units)
    return await _own_list(scene)


async def _office_list(scene: Scene, units: list[Unit]) -> Turn:
    found = [one for unit in units for one in await scene.uow.demands.of_unit(unit.id) if one.is_open]
    lines: list[Param] = []
    for number, one in enumerate(found, 1):
        now = await demanded(scene.uow, one)
        text = one.public_text or await words_in_office(scene.uow, one)
        lines.append(Term("demand.line", {"number": number, "text": text, **count_words(now)}))
    buttons = [literal(str(number), f"demand.{one.id}") for number, one in enumerate(found, 1)]
    one_unit = len(units) == 1
    enter = [
        (
            button("demand.enter_button", f"demandenter.{unit.id}")
            if one_unit
            else button("demand.enter_at_button", f"demandenter.{unit.id}", place=unit.name),
        )
        for unit in units
    ]
    key = "demand.office_list" if found else "demand.office_none"
    return Turn(say=(Message(key, {"lines": tuple(lines)}, (*rows_of(buttons, 5), *enter, *_MENU)),))


async def _own_list(scene: Scene) -> Turn:
    found = await demands_to_join(scene.uow, scene.me)
    lines: list[Param] = []
    rows: list[tuple[Button, ...]] = []
    for number, now in enumerate(found, 1):
        one = now.demand
        joined = scene.me.id in await scene.uow.demands.joined(one.id)
        said: dict[str, Param] = {"number": number, "text": one.public_text or one.text, **count_words(now)}
        lines.append(Term("demand.line", said))
        if one.state is DemandState.RECEIVED:
            lines.append(Term("demand.being_read"))
        elif joined:
            rows.append((button("demand.leave_button", f"demandleave.{one.id}", number=number),))
        else:
            rows.append((button("demand.join_button", f"demandjoin.{one.id}", number=number),))
    ask = (button("demand.ask_button", "demandask.0"),)
    key = "demand.list" if found else "demand.none"
    return Turn(say=(Message(key, {"lines": tuple(lines)}, (*rows, ask, *_MENU)),))


async def show(scene: Scene, rest: str) -> Turn:
    """A button `demand.<id>`, of the office."""
    return Turn(say=(await _card(scene, DemandId(id_in(rest))),))


async def _card(scene: Scene, demand_id: DemandId) -> Message:
    demand = await demand_in_office(scene.uow, scene.me, demand_id)
    now = await demanded(scene.uow, demand)
    code, rows = demand.id, list[tuple[Button, ...]]()
    if demand.state is DemandState.RECEIVED:
        rows.append((button("demand.open_button", f"demandopen.{code}"),))
    if demand.is_open:
        rows.append((button("demand.count_button", f"demandcount.{code}"),))
        if holds(scene.grants, Role.CHAIR, await scene.uow.places.unit(demand.unit_id)):
            decides = [button("demand.grant_button", f"demandgrant.{code}")]
            if demand.reached_at is None:
                decides.append(button("demand.decline_button", f"demanddecline.{code}"))
            rows.append(tuple(decides))
    elif demand.meeting_id is not None:
        rows.append((button("button.open", f"meetingcard.{demand.meeting_id}"),))
    params: dict[str, Param] = {
        "text": await words_in_office(scene.uow, demand),
        "public": demand.public_text or Term("demand.no_words_yet"),
        "voices": now.voices,
        "paper": demand.on_paper,
        **standing_words(now),
        **count_words(now),
    }
    return Message("demand.card", params, (*rows, (button("demand.back_button", "cmd.denghi"), *_MENU[0])))


async def start_asking(scene: Scene, rest: str) -> Turn:
    """A button `demandask.0`: what about."""
    del rest
    await demands_to_join(scene.uow, scene.me)  # whoever is of no unit of ours finds nothing
    return Turn(to="demandask.text")


def _read_matter(scene: Scene, typed: str) -> str:
    """What a meeting is to be about; what accuses somebody has its own, protected way (LAW C4)."""
    if risk_of(typed) is Risk.DENUNCIATION:
        raise RuleBroken("refusal.demand_accuses")
    return read_words(scene, typed)


def _text(scene: Scene) -> dict[str, Param]:
    return {"text": str(scene.draft["text"])}


async def _ask(scene: Scene) -> Turn:
    demand = await ask_for_meeting(scene.uow, by=scene.me, text=str(scene.draft["text"]))
    now = await demanded(scene.uow, demand)
    return Turn(say=(Message("demand.sent", count_words(now), _MENU),))


async def join(scene: Scene, rest: str) -> Turn:
    """A button `demandjoin.<id>`: asks whether one is a voter here, since only they count."""
    demand = await scene.uow.demands.get(DemandId(id_in(rest)))
    if not any(one.demand.id == demand.id for one in await demands_to_join(scene.uow, scene.me)):
        raise NotFound
    row = (button("demand.voter_button", f"demandvoter.{demand.id}"), button("button.cancel", "cancel"))
    return Turn(say=(Message("demand.are_you_voter", {"text": demand.public_text}, (row,)),))


async def join_as_voter(scene: Scene, rest: str) -> Turn:
    """A button `demandvoter.<id>`."""
    await join_demand(scene.uow, by=scene.me, demand_id=DemandId(id_in(rest)))
    return await _own_list(scene)


async def leave(scene: Scene, rest: str) -> Turn:
    """A button `demandleave.<id>`."""
    await leave_demand(scene.uow, by=scene.me, demand_id=DemandId(id_in(rest)))
    return await _own_list(scene)


async def _start(scene: Scene, rest: str, step: str, *states: DemandState) -> Turn:
    demand = await demand_in_office(scene.uow, scene.me, DemandId(id_in(rest)))
    if demand.state not in states:
        raise ChangedMeanwhile  # said now, not when everything is typed
    words_of_it = demand.public_text or shown(scene.language, await words_in_office(scene.uow, demand))
    return Turn(to=step, draft={"demand": demand.id, "words": words_of_it})


async def start_entering(scene: Scene, rest: str) -> Turn:
    """A button `demandenter.<unit id>`: one that was handed in on paper."""
    unit_id = id_in(rest)
    if unit_id not in [unit.id for unit in await units_as(scene, Role.SECRETARY, Role.CHAIR)]:
        raise NotFound
    return Turn(to="demandenter.text", draft={"unit": unit_id})


async def start_opening(scene: Scene, rest: str) -> Turn:
    """A button `demandopen.<id>`: in which words everybody reads it."""
    return await _start(scene, rest, "demandopen.text", DemandState.RECEIVED)


async def start_counting(scene: Scene, rest: str) -> Turn:
    """A button `demandcount.<id>`: how many voters, how many signatures on paper."""
    return await _start(scene, rest, "demandcount.voters", *_OPEN)


async def start_granting(scene: Scene, rest: str) -> Turn:
    """A button `demandgrant.<id>`; that only the chair may is checked when it is sent."""
    return await _start(scene, rest, "demandgrant.until", *_OPEN)


async def start_declining(scene: Scene, rest: str) -> Turn:
    """A button `demanddecline.<id>`."""
    return await _start(scene, rest, "demanddecline.reason", *_OPEN)


def _read_count(scene: Scene, typed: str) -> str:
    del scene
    plain = typed.strip().replace(".", "").replace(" ", "")
    if not plain.isdecimal() or int(plain) > MOST_VOTERS:
        raise RuleBroken("refusal.demand_number", {"most": MOST_VOTERS})
    return str(int(plain))


def _id(scene: Scene) -> DemandId:
    return DemandId(int(scene.draft["demand"]))


async def _enter(scene: Scene) -> Turn:
    draft = scene.draft
    demand = await enter_demand(
        scene.uow,
        by=scene.me,
        unit_id=UnitId(int(draft["unit"])),
        text=str(draft["text"]),
        on_paper=int(draft["paper"]),
    )
    return Turn(say=(await _card(scene, demand.id),))


def _entered(scene: Scene) -> dict[str, Param]:
    return {"text": str(scene.draft["text"]), "paper": str(scene.draft["paper"])}


async def _open(scene: Scene) -> Turn:
    demand = await open_demand(scene.uow, by=scene.me, demand_id=_id(scene), text=str(scene.draft["text"]))
    return Turn(say=(await _card(scene, demand.id),))


def _numbers(scene: Scene) -> dict[str, Param]:
    return {"voters": str(scene.draft["voters"]), "paper": str(scene.draft["paper"])}


async def _count(scene: Scene) -> Turn:
    demand = await count_demand(
        scene.uow,
        by=scene.me,
        demand_id=_id(scene),
        voters=int(scene.draft["voters"]),
        on_paper=int(scene.draft["paper"]),
    )
    return Turn(say=(await _card(scene, demand.id),))


def _granted(scene: Scene) -> dict[str, Param]:
    until = on_weekday(date.fromisoformat(str(scene.draft["until"])))
    return {"until": until, "reason": str(scene.draft["reason"])}


async def _grant(scene: Scene) -> Turn:
    meeting = await grant_demand(
        scene.uow,
        by=scene.me,
        demand_id=_id(scene),
        title=words(_TITLE, "demand.meeting_title"),
        until=date.fromisoformat(str(scene.draft["until"])),
        reason=str(scene.draft["reason"]),
    )
    opens = ((button("button.open", f"meetingcard.{meeting.id}"), *_MENU[0]),)
    told = told_words(await demanded(scene.uow, await scene.uow.demands.get(_id(scene))))
    return Turn(say=(Message("demand.granted_done", {"title": meeting.title, **told}, opens),))


def _declined(scene: Scene) -> dict[str, Param]:
    return {"reason": str(scene.draft["reason"])}


async def _decline(scene: Scene) -> Turn:
    demand = await decline_demand(scene.uow, by=scene.me, demand_id=_id(scene), reason=str(scene.draft["reason"]))
    said = Message("demand.declined_done", told_words(await demanded(scene.uow, demand)))
    return Turn(say=(said, await _card(scene, demand.id)))


MODULE = ConversationModule(
    commands=(Command("denghi", demands, aliases=("đề nghị đối thoại",)),),
    choices=(
        Choice("demand", show),
        Choice("demandask", start_asking, leads_to=("demandask.text",)),
        Choice("demandjoin", join),
        Choice("demandvoter", join_as_voter),
        Choice("demandleave", leave),
        Choice("demandenter", start_entering, leads_to=("demandenter.text",)),
        Choice("demandopen", start_opening, leads_to=("demandopen.text",)),
        Choice("demandcount", start_counting, leads_to=("demandcount.voters",)),
        Choice("demandgrant", start_granting, leads_to=("demandgrant.until",)),
        Choice("demanddecline", start_declining, leads_to=("demanddecline.reason",)),
    ),
    steps=(
        *form_steps("demandask", (Field("text", "demandask.ask", _read_matter),), preview=_text, send=_ask),
        *form_steps(
            "demandenter",
            (Field("text", "demandenter.ask", read_words), Field("paper", "demandenter.paper", _read_count)),
            preview=_entered,
            send=_enter,
        ),
        *form_steps("demandopen", (Field("text", "demandopen.ask", read_words),), preview=_text, send=_open),
        *form_steps(
            "demandcount",
            (Field("voters", "demandcount.voters", _read_count), Field("paper", "demandcount.paper", _read_count)),
            preview=_numbers,
            send=_count,
        ),
        *form_steps(
            "demandgrant",
            (Field("until", "demandgrant.ask", read_day), Field("reason", "demandgrant.why", read_words)),
            preview=_granted,
            send=_grant,
        ),
        *form_steps(
            "demanddecline", (Field("reason", "demanddecline.ask", read_words),), preview=_declined, send=_decline
        ),
    ),
)
