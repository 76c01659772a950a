"""The office's own report on dialogues that were held: its counts are shown, and one button keeps them (R143)."""

from typing import Any

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Scene, Step, Turn
from handlers.engine.table import ConversationModule
from intake.actions.papers.figures import counted_in, enter_year
from intake.rules.message import Message, Param, Term, button
from intake.rules.papers.figures import HAND_COUNTS
from intake.rules.people.unit import UnitId
from intake.rules.plan.reading.reading import PlanReading, outcome_of
from wording.drafts import cited_report
from wording.figures import hand_called

RESULTS = "planpaper.results"
_CANCEL = (button("button.cancel", "cancel"),)


def results_of(reading: PlanReading) -> dict[str, Any] | None:
    """Year, counts and source of a report; None where its counts do not add up, so that somebody has to look.

    What a report does not count is nought where its other counts add up to all that came.
    """
    stated = {name: count.value for name, count in outcome_of(reading).items()}
    counts = {name: stated.get(name, 0) for name in HAND_COUNTS}
    adds_up = sum(counts[name] for name in HAND_COUNTS[1:]) == counts["received"] > 0
    if reading.head.year is None or not adds_up:
        return None
    return {"year": reading.head.year.value, "counts": counts, "source": cited_report(reading)}


async def _ask_results(scene: Scene) -> Message:
    draft = scene.draft
    year, counts = int(draft["year"]), draft["counts"]
    lines: list[Param] = [
        Term("planpaper.result", {"what": hand_called(scene.language, name), "count": counts[name]})
        for name in HAND_COUNTS
    ]
    counted = await counted_in(scene.uow, UnitId(int(draft["unit"])), year)
    if counted:
        lines.append(Term("desk.plan_paper_counted", {"year": str(year), "count": counted}))
    params: dict[str, Param] = {"year": str(year), "source": draft["source"], "lines": tuple(lines)}
    return Message("planpaper.results", params, ((button("planpaper.keep_results", "keep", year=str(year)),), _CANCEL))


async def _hear_results(scene: Scene, event: InboundEvent) -> Turn:
    draft = scene.draft
    if event.choice != "keep":
        return Turn(to=RESULTS, say=(Message("talk.tap_one"),), draft=draft)
    entered = await enter_year(
        scene.uow,
        by=scene.me,
        unit_id=UnitId(int(draft["unit"])),
        year=int(draft["year"]),
        counts=draft["counts"],
        source=draft["source"],
    )
    return Turn(say=(Message("figures.year_entered", {"year": str(entered.year)}),))


MODULE = ConversationModule(steps=(Step(RESULTS, _ask_results, _hear_results),))
