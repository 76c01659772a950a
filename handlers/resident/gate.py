"""Formal complaints and denunciations are not questions (LAW C4).

Words alone never decide: people say "khiếu nại" for any trouble (R129). So the person is asked, neutrally; a
denunciation is told its two legal ways and nothing of it is kept; a complaint is told where it counts as one.
"""

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Scene, Step, Turn
from intake.rules.message import Message, button
from intake.rules.text import fold

GATE = "ask.gate"
_WORDS = ("to cao", "khieu nai", "khieu kien", "denounce", "denunciation")


def needs_gate(text: str) -> bool:
    """Whether the words make it worth asking what kind of matter this is."""
    folded = f" {fold(text)} "
    return any(f" {words} " in folded for words in _WORDS)


async def _ask_gate(scene: Scene) -> Message:
    if "neighbour" in scene.draft:
        # whoever types for a neighbour may not enter a denunciation (LAW C4.4)
        return Message(
            "gate.for_neighbour",
            {},
            ((button("gate.petition", "petition"), button("button.cancel", "cancel")),),
        )
    return Message(
        "gate.which",
        {},
        (
            (button("gate.question", "question"), button("gate.petition", "petition")),
            (button("gate.complaint", "complaint"), button("gate.denunciation", "denunciation")),
        ),
    )


def gate_step(preview: str, name: str = GATE) -> Step:
    """The step `name` that asks; what turns out to be an ordinary matter goes on to `preview`."""

    async def hear(scene: Scene, event: InboundEvent) -> Turn:
        match event.choice:
            case "question" | "petition":
                return Turn(to=preview, draft={**scene.draft, "gate": True, "kind": event.choice})
            case "complaint" | "denunciation" if "neighbour" not in scene.draft:
                # an empty draft: what was typed is forgotten with this turn
                return Turn(say=(Message(f"gate.{event.choice}_ways"),))
            case _:
                return Turn(to=name, say=(Message("talk.tap_one"),), draft=scene.draft)

    return Step(name, _ask_gate, hear, leads_to=(preview,))
