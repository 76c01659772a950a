"""Protecting whoever asked: keep a question sealed or not, say whom it names; for anybody of the office (R026, R126).

Whoever may read a question may protect it. Taking protection back is for whoever sorts or approves it, and the asker's
own wish is taken back by the asker.
"""

from collections.abc import Sequence

from handlers.engine.form import Field, form_steps, read_words
from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.people.office import question_in_unit
from intake.actions.sealed.access import may_deal_with
from intake.actions.sealed.naming import confirm_named, drop_named, may_name, name, nameable_in
from intake.actions.sealed.sealing import answer_unsealing, mark_sensitive, unmark_sensitive
from intake.actions.sealed.speech import seal_speech, speech_to_seal, unmark_speech
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.meeting import Registration, RegistrationId
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.person import Role
from intake.rules.questions.question import Question, QuestionId
from intake.rules.sealed.named import Named, NamedKind, named_by_code, named_in
from intake.rules.text import is_in
from wording.named import who
from wording.people import name_of

_HANDLING = (Role.SECRETARY, Role.CHAIR)
_WHO = "addnamed.who"
MOST_DEEDS = 3
"""How many of the last deeds the card of a question names."""
MOST_FOUND = 8
"""Among how many people of one name somebody can choose."""


def sealing_row(question: Question, *, handles: bool) -> tuple[Button, ...]:
    """The buttons under the card of a question; `handles`: whoever sorts or approves it may take the seal back too."""
    row = [button("named.button", f"named.{question.id}")]
    if not question.sensitive:
        row.append(button("seal.button", f"seal.{question.id}"))
    elif handles and not question.named:
        row.append(button("unseal.button", f"unseal.{question.id}"))
    return tuple(row)


def speech_row(registration: Registration) -> tuple[tuple[Button, ...], ...]:
    """The button by which secretary or chair keep sealed what somebody will speak about; none without words."""
    return ((button("speech.button", f"sealspeech.{registration.id}"),),) if registration.content else ()


async def sealing_lines(scene: Scene, question: Question) -> list[Param]:
    """What stands on the card: whom the question names, who said so, and what was done to protect the asker."""
    uow = scene.uow
    lines: list[Param] = []
    for one in question.named:
        key = "named.card" if one.confirmed else "named.card_proposed"
        lines.append(Term(key, {"who": await who(uow, one)}))
    if not question.sensitive and not question.named:
        return lines
    deeds = [deed for deed in await uow.marks.protections(question.id) if deed.reason][-MOST_DEEDS:]
    people = await uow.people.many({deed.by for deed in deeds if deed.by is not None})
    for deed in deeds:
        by: Param = Term("roles.by_command") if deed.by is None else name_of(people[deed.by])
        about = named_by_code(deed.named)
        params: dict[str, Param] = {"by": by, "at": deed.at, "reason": deed.reason}
        params["who"] = "" if about is None else await who(uow, about)
        lines.append(Term(f"protection.{deed.act.value}", params))
    return lines


async def _draft(scene: Scene, question: Question) -> dict[str, object]:
    del scene
    return {"question": question.id, "reference": question.reference}


async def start_sealing(scene: Scene, rest: str) -> Turn:
    """A button `seal.<question id>`: asks why."""
    question = await may_name(scene.uow, scene.me, QuestionId(id_in(rest)))
    if question.sensitive:
        raise ChangedMeanwhile
    return Turn(to="seal.reason", draft=await _draft(scene, question))


async def start_sealing_speech(scene: Scene, rest: str) -> Turn:
    """A button `sealspeech.<registration id>`: asks why what somebody will speak about is kept sealed."""
    registration = await speech_to_seal(scene.uow, scene.me, RegistrationId(id_in(rest)))
    draft = {"registration": registration.id, "reference": registration.reference}
    return Turn(to="sealspeech.reason", draft=draft)


async def start_unmarking_speech(scene: Scene, rest: str) -> Turn:
    """A button `unmarkspeech.<registration id>`: asks why the words accuse nobody."""
    registration = await speech_to_seal(scene.uow, scene.me, RegistrationId(id_in(rest)))
    if registration.unmarked:
        raise ChangedMeanwhile
    draft = {"registration": registration.id, "reference": registration.reference}
    return Turn(to="unmarkspeech.reason", draft=draft)


async def start_unsealing(scene: Scene, rest: str) -> Turn:
    """A button `unseal.<question id>`: asks why."""
    question = await question_in_unit(scene.uow, scene.me, QuestionId(id_in(rest)), *_HANDLING)
    if not question.sensitive:
        raise ChangedMeanwhile
    return Turn(to="unseal.reason", draft=await _draft(scene, question))


async def hear_asker(scene: Scene, rest: str) -> Turn:
    """`unsealme.<question id>.<yes|no>`: whether the asker's question may be treated as any other."""
    number, _, said = rest.partition(".")
    agrees = said == "yes"
    question = await answer_unsealing(scene.uow, person=scene.me, question_id=QuestionId(id_in(number)), agrees=agrees)
    return Turn(say=(Message("unseal.agreed" if agrees else "unseal.kept", {"reference": question.reference}),))


async def show_named(scene: Scene, rest: str) -> Turn:
    """A button `named.<question id>`: whom it is kept from, to confirm, add to, and take from."""
    return Turn(say=(await _named(scene, await may_name(scene.uow, scene.me, QuestionId(id_in(rest)))),))


async def _named(scene: Scene, question: Question) -> Message:
    lines: list[Param] = []
    drops: list[Button] = []
    for one in question.named:
        called = await who(scene.uow, one)
        lines.append(Term("named.line" if one.confirmed else "named.line_proposed", {"who": called}))
        drops.append(button("named.drop_button", f"dropnamed.{question.id}.{one.code}", who=called))
    rows: list[tuple[Button, ...]] = []
    if await may_deal_with(scene.uow, scene.me, question, *_HANDLING):
        if any(not one.confirmed for one in question.named):
            rows.append((button("named.confirm_button", f"confirmnamed.{question.id}"),))
        rows += [(one,) for one in drops]
    rows.append((button("named.add_button", f"addnamed.{question.id}"), button("button.menu", "cmd.menu")))
    params: dict[str, Param] = {"reference": question.reference, "lines": tuple(lines) or (Term("named.none"),)}
    return Message("named.list", params, tuple(rows))


async def confirm(scene: Scene, rest: str) -> Turn:
    """A button `confirmnamed.<question id>`."""
    question = await confirm_named(scene.uow, by=scene.me, question_id=QuestionId(id_in(rest)))
    return Turn(say=(await _named(scene, question),))


async def start_dropping(scene: Scene, rest: str) -> Turn:
    """A button `dropnamed.<question id>.<code>`: asks why the question does not name them."""
    number, _, code = rest.partition(".")
    question = await question_in_unit(scene.uow, scene.me, QuestionId(id_in(number)), *_HANDLING)
    if code not in [one.code for one in question.named]:
        raise ChangedMeanwhile
    return Turn(to="dropnamed.reason", draft={**await _draft(scene, question), "code": code})


async def start_adding(scene: Scene, rest: str) -> Turn:
    """A button `addnamed.<question id>`: asks whom."""
    question = await may_name(scene.uow, scene.me, QuestionId(id_in(rest)))
    return Turn(to=_WHO, draft=await _draft(scene, question))


async def _asked_about(scene: Scene) -> Question:
    return await may_name(scene.uow, scene.me, QuestionId(int(scene.draft["question"])))


async def _ask_who(scene: Scene) -> Message:
    question = await _asked_about(scene)
    found = [str(code) for code in scene.draft.get("found", ())]
    offered = [one for one in (named_by_code(code) for code in found) if one is not None]
    if not found:
        offered = [Named(NamedKind.CHAIR, question.unit_id), Named(NamedKind.SECRETARY, question.unit_id)]
        offered += [Named(NamedKind.DESK, desk.id) for desk in await scene.uow.places.desks(question.unit_id)]
    rows = rows_of([await _button(scene, one) for one in offered], 1)
    key = "addnamed.which" if found else "addnamed.who"
    return Message(key, {"reference": question.reference}, (*rows, (button("button.cancel", "cancel"),)))


async def _button(scene: Scene, one: Named) -> Button:
    called = await who(scene.uow, one)
    return literal(called, one.code) if isinstance(called, str) else button("named.pick", one.code, who=called)


async def _hear_who(scene: Scene, event: InboundEvent) -> Turn:
    question = await _asked_about(scene)
    chosen = named_by_code(event.choice)
    if chosen is not None:
        return Turn(to="naming.reason", draft={**scene.draft, "code": chosen.code})
    office = await nameable_in(scene.uow, question)
    typed = event.text.strip()
    found: Sequence[Named] = [
        Named(NamedKind.PERSON, one) for one, called in office.people.items() if typed and is_in(typed, called)
    ]
    found = [*found, *(one for one in named_in(typed, office) if one not in found)]
    if not found:
        raise RuleBroken("refusal.nobody_named")
    if len(found) == 1:
        return Turn(to="naming.reason", draft={**scene.draft, "code": found[0].code})
    return Turn(to=_WHO, draft={**scene.draft, "found": [one.code for one in found[:MOST_FOUND]]})


def _typed(scene: Scene) -> dict[str, Param]:
    return {"reference": str(scene.draft["reference"]), "reason": str(scene.draft["reason"])}


def _question_id(scene: Scene) -> QuestionId:
    return QuestionId(int(scene.draft["question"]))


def _code(scene: Scene) -> Named:
    named = named_by_code(str(scene.draft["code"]))
    if named is None:
        raise NotFound
    return named


async def _seal(scene: Scene) -> Turn:
    question = await mark_sensitive(
        scene.uow, by=scene.me, question_id=_question_id(scene), reason=str(scene.draft["reason"])
    )
    return Turn(say=(Message("seal.done", {"reference": question.reference}),))


async def _seal_speech(scene: Scene) -> Turn:
    question = await seal_speech(
        scene.uow,
        by=scene.me,
        registration_id=RegistrationId(int(scene.draft["registration"])),
        reason=str(scene.draft["reason"]),
    )
    params: dict[str, Param] = {"registration": str(scene.draft["reference"]), "reference": question.reference}
    return Turn(say=(Message("speech.done", params),))


async def _unmark_speech(scene: Scene) -> Turn:
    registration = await unmark_speech(
        scene.uow,
        by=scene.me,
        registration_id=RegistrationId(int(scene.draft["registration"])),
        reason=str(scene.draft["reason"]),
    )
    return Turn(say=(Message("unmarkspeech.done", {"reference": registration.reference}),))


async def _unseal(scene: Scene) -> Turn:
    done = await unmark_sensitive(
        scene.uow, by=scene.me, question_id=_question_id(scene), reason=str(scene.draft["reason"])
    )
    return Turn(say=(Message("unseal.done" if done else "unseal.asked", {"reference": str(scene.draft["reference"])}),))


async def _name(scene: Scene) -> Turn:
    named = _code(scene)
    question = await name(
        scene.uow, by=scene.me, question_id=_question_id(scene), named=named, reason=str(scene.draft["reason"])
    )
    done = Message("named.done", {"reference": question.reference, "who": await who(scene.uow, named)})
    return Turn(say=(done,))


async def _drop(scene: Scene) -> Turn:
    named = _code(scene)
    question = await drop_named(
        scene.uow, by=scene.me, question_id=_question_id(scene), named=named, reason=str(scene.draft["reason"])
    )
    done = Message("named.dropped", {"reference": question.reference, "who": await who(scene.uow, named)})
    return Turn(say=(done,))


def _reason(asks: str) -> tuple[Field, ...]:
    return (Field("reason", asks, read_words),)


MODULE = ConversationModule(
    steps=(
        *form_steps("seal", _reason("seal.ask"), preview=_typed, send=_seal),
        *form_steps("sealspeech", _reason("speech.ask"), preview=_typed, send=_seal_speech),
        *form_steps("unmarkspeech", _reason("unmarkspeech.ask"), preview=_typed, send=_unmark_speech),
        *form_steps("unseal", _reason("unseal.ask"), preview=_typed, send=_unseal),
        *form_steps("naming", _reason("naming.ask"), preview=_typed, send=_name),
        *form_steps("dropnamed", _reason("dropnamed.ask"), preview=_typed, send=_drop),
        Step(_WHO, _ask_who, _hear_who, leads_to=("naming.reason",), free_text=True, names=True),
    ),
    choices=(
        Choice("seal", start_sealing, leads_to=("seal.reason",)),
        Choice("sealspeech", start_sealing_speech, leads_to=("sealspeech.reason",)),
        Choice("unmarkspeech", start_unmarking_speech, leads_to=("unmarkspeech.reason",)),
        Choice("unseal", start_unsealing, leads_to=("unseal.reason",)),
        Choice("unsealme", hear_asker),
        Choice("named", show_named),
        Choice("confirmnamed", confirm),
        Choice("dropnamed", start_dropping, leads_to=("dropnamed.reason",)),
        Choice("addnamed", start_adding, leads_to=(_WHO,)),
    ),
)
