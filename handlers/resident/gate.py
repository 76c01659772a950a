"""What accuses somebody, and formal complaints, are no ordinary questions (LAW C4).

Words alone never decide: people say "khiếu nại" for any trouble (R129). So the person is asked, neutrally, and the
answer stands: a question; a report about somebody's conduct, kept from everybody but secretary and chair; a complaint,
which is told where it counts as one; a denunciation, which is told its two legal ways, and may be sealed for one named
officer where the unit has one. Of the last two nothing is kept here.
Danger is no matter of questions: who writes of it reads the emergency numbers before anything else.
"""

from typing import Any

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Scene, Step, Turn
from intake.actions.people.contacts import contacts_for
from intake.actions.sealed.receive import key_for, names_reader, reader_for, seal_away
from intake.rules.files import NewFile
from intake.rules.message import Message, Param, Term, button
from intake.rules.people.contact import hotline, inspection, reception
from intake.rules.plan.profile_terms import QuestionKind
from intake.rules.sealed.matter import shown_code
from intake.rules.sealed.risk import Risk, accuses, risk_of
from intake.rules.text import fold
from wording.people import name_of
from wording.texts import words

from .enclosed import whole_text, with_files
from .sealed import FORGET, forget_talk, said, stays

GATE = "ask.gate"
SEALED = "sealed"
_WORDS = ("to cao", "khieu nai", "khieu kien", "denounce", "denunciation")


def needs_gate(text: str, risk: Risk | None = None) -> bool:
    """Whether the words make it worth asking what kind of matter this is; `risk`: what they were read as already."""
    folded = f" {fold(text)} "
    if any(f" {word} " in folded for word in _WORDS):
        return True
    read = risk_of(text) if risk is None else risk
    return read is Risk.COMPLAINT or accuses(text, read)


async def emergency_card(scene: Scene, risk: Risk) -> tuple[Message, ...]:
    """The numbers to call, where what was read speaks of danger to somebody; nothing where it does not."""
    match risk:
        case Risk.EMERGENCY:
            key = "gate.emergency"
        case Risk.SELF_HARM_OR_VIOLENCE:
            key = "gate.in_danger"
        case _:
            return ()
    return (Message(key, {"hotline": hotline(await contacts_for(scene.uow, scene.person))}),)


async def danger_in(scene: Scene, text: str) -> tuple[Message, ...]:
    """The same for a text of which nothing else is read."""
    return await emergency_card(scene, risk_of(text))


_MENU = ((button("button.menu", "cmd.menu"),),)


async def _ways(scene: Scene) -> dict[str, Param]:
    """Where a complaint or a denunciation goes by law, as the unit has said."""
    contacts = await contacts_for(scene.uow, scene.person)
    return {"reception": reception(contacts), "inspection": inspection(contacts)}


async def _ask_gate(scene: Scene) -> Message:
    if "neighbour" in scene.draft:
        # whoever types for a neighbour may not enter a denunciation (LAW C4.4)
        contacts = await contacts_for(scene.uow, scene.person)
        return Message(
            "gate.for_neighbour",
            {"reception": reception(contacts)},
            ((button("gate.petition", "petition"), button("button.cancel", "cancel")),),
        )
    return Message(
        "gate.which",
        {},
        (
            (button("gate.question", "question"), button("gate.petition", "petition")),
            (button("gate.sealed", SEALED),),
            (button("gate.complaint", "complaint"), button("gate.denunciation", "denunciation")),
        ),
    )


def gate_step(preview: str, name: str = GATE, *, apart: str = "") -> Step:
    """The step `name` that asks; what turns out to be an ordinary matter goes on to `preview`.

    Where the words would stand in lists that many read, what is to be sealed becomes a question of its own, whose
    preview is `apart`.
    """

    async def hear(scene: Scene, event: InboundEvent) -> Turn:
        match event.choice:
            case "question" | "petition":
                return Turn(to=preview, draft={**scene.draft, "gate": True, "kind": event.choice})
            case "sealed" if "neighbour" not in scene.draft:
                sealed: dict[str, Any] = {"gate": True, "kind": QuestionKind.FEEDBACK.value, SEALED: True}
                if apart:
                    own = {"text": str(scene.draft["content"]), "files": scene.draft.get("files", []), **sealed}
                    return Turn(to=apart, say=(Message("gate.sealed_apart"),), draft=own)
                return Turn(to=preview, draft={**scene.draft, **sealed})
            case "complaint" | "denunciation" if "neighbour" not in scene.draft:
                return await _by_law(scene, event.choice, f"{name}.seal")
            case _:
                return Turn(to=name, say=(Message("talk.tap_one"),), draft=_with_more(scene.draft, event))

    return Step(name, _ask_gate, hear, leads_to=(preview, f"{name}.seal", *((apart,) if apart else ())))


def seal_step(name: str = GATE) -> Step:
    """What follows on a denunciation where the unit has a named officer: the two legal ways, or sending it sealed."""
    step = f"{name}.seal"

    async def hear(scene: Scene, event: InboundEvent) -> Turn:
        match event.choice:
            case "seal":
                files = [NewFile(**file) for file in scene.draft.get("files", ())]
                text = _all_of(scene)
                if await names_reader(scene.uow, scene.me, text):  # by what was added while it was asked
                    return await _not_for_its_reader(scene)
                code = await seal_away(scene.uow, person=scene.me, text=text, files=files)
                await forget_draft(scene)
                await forget_talk(scene, words(scene.language, "gate.denunciation"))
                return Turn(say=(said("sealed.kept", (FORGET,), code=shown_code(code), stays=stays(scene)),))
            case "go":
                return await _guided(scene, "denunciation")
            case _:
                return Turn(to=step, say=(Message("talk.tap_one"),), draft=_with_more(scene.draft, event))

    return Step(step, _ask_seal, hear)


async def _ask_seal(scene: Scene) -> Message:
    reader, ready = await reader_for(scene.uow, scene.me)
    officer: Param = Term("gate.officer_to_come") if reader is None else name_of(reader)
    later: Param = "" if reader is None or ready else Term("gate.officer_not_ready")
    rows = ((button("gate.seal", "seal"),), (button("gate.go", "go"),))
    return said("gate.seal_or_go", *rows, officer=officer, later=later, stays=stays(scene))


def _all_of(scene: Scene) -> str:
    """Everything that was typed for this draft."""
    return str(scene.draft.get("content", "")) or whole_text(scene, scene.draft)


async def _by_law(scene: Scene, matter: str, seal: str) -> Turn:
    """A complaint is guided. So is a denunciation, unless somebody can be sent it sealed whom it does not name."""
    if matter == "complaint" or await key_for(scene.uow, scene.me) is None:
        return await _guided(scene, matter)
    if await names_reader(scene.uow, scene.me, _all_of(scene)):
        return await _not_for_its_reader(scene)
    return Turn(to=seal, draft=scene.draft)


async def _guided(scene: Scene, matter: str, *first: Message) -> Turn:
    """Nothing is kept here, and it is said where the law has such a matter go."""
    await forget_draft(scene)
    return Turn(say=(*first, Message(f"gate.{matter}_ways", {**await _ways(scene), "stays": stays(scene)}, _MENU)))


async def _not_for_its_reader(scene: Scene) -> Turn:
    return await _guided(scene, "denunciation", said("gate.names_officer"))


def _with_more(draft: dict[str, Any], event: InboundEvent) -> dict[str, Any]:
    """What is typed or sent while this is asked belongs to the matter: it goes out with it, or is forgotten with it."""
    key = "content" if "content" in draft else "text"
    text = event.text.strip()
    more = {**draft, key: f"{draft[key]}\n{text}" if draft.get(key) else text} if text else dict(draft)
    files, _ = with_files(draft.get("files", ()), event.media)
    return {**more, "files": files} if files else more


async def forget_draft(scene: Scene) -> None:
    """Take what was typed and sent for this draft out of every place it was written to."""
    texts = [line for name in ("text", "content", "wanted") for line in str(scene.draft.get(name, "")).splitlines()]
    texts += [str(place) for place in scene.draft.get("places", ())]
    files = [str(file["sha256"]) for file in scene.draft.get("files", ())]
    await scene.uow.traces.forget(scene.account.id, texts, files)
