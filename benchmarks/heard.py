"""What the people of a benchmark say, as the door hears it."""

from benchmarks.doors import FIRST_PERSON
from handlers.engine.inbound_event import InboundEvent, InboundKind
from intake.rules.people.person import Network


def heard(person: int, event: int, said: str) -> InboundEvent:
    """A text on Telegram, or with `!` before it the code of a button that was tapped. `event` is its number."""
    tap = said.startswith("!")
    return InboundEvent(
        Network.TELEGRAM,
        "4242",
        str(FIRST_PERSON + person),
        str(event),
        InboundKind.CHOICE if tap else InboundKind.TEXT,
        text="" if tap else said,
        choice=said[1:] if tap else "",
    )
