"""How many ask for a meeting, how many are needed, by when the office answers: in words (R212)."""

from intake.actions.meetings.demands import Demanded
from intake.rules.deadlines.due_words import on_weekday
from intake.rules.message import Param, Term


def count_words(now: Demanded) -> dict[str, Param]:
    """The params `count`, `needed` and `due` of a sentence on a demand; the last is empty once it is answered."""
    needed = now.demand.needed
    return {
        "count": now.count,
        "needed": Term("demand.needed_unknown") if needed is None else Term("demand.needed", {"needed": needed}),
        "due": "" if now.due_on is None else Term("demand.due", {"due": on_weekday(now.due_on)}),
    }


def standing_words(now: Demanded) -> dict[str, Param]:
    """The params `state` and `reason`: what became of it."""
    demand = now.demand
    reason = Term("demand.because", {"reason": demand.reason}) if demand.reason else ""
    return {"state": Term(f"demand.state_{demand.state.value}"), "reason": reason}


def told_words(now: Demanded) -> dict[str, Param]:
    """The params `told` and `paper` of what is said to whoever decided: only whoever joined in the chat hears of it."""
    on_paper = now.demand.on_paper
    return {
        "told": Term("demand.told_voices") if now.voices else "",
        "paper": Term("demand.told_not_paper", {"paper": on_paper}) if on_paper else "",
    }
