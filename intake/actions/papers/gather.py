"""Everything one document is filled from, looked up once: for the chat, the desk and the command line alike.

Whoever calls has asked who may (`intake.actions.papers.make`). What is sensitive, names somebody or is sealed stays
out, whoever asks: a document is printed, lies on a table and is passed on (R126).
"""

from dataclasses import replace

from intake.ports import UnitOfWork
from intake.rules.meetings.meeting import Meeting
from intake.rules.papers.facts import PaperFacts, PlanFacts, QuestionFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.periods import ReportPeriod
from intake.rules.people.unit import Level
from intake.rules.plan.open_points import MEETING_SECRETARY, ONLY_FIGURES, PUBLIC_SCOPE
from intake.rules.plan.plan import Plan
from intake.rules.questions.question import Question

from .meeting_facts import meeting_facts
from .period_facts import period_facts
from .question_facts import facts_of_questions
from .slips import slips_of

_WITH_FIGURES = (PaperKind.RESULTS_REPORT, PaperKind.MEETING_FIGURES)
"""What tells all figures of a meeting; a kind that does and stands not here fails, for it finds none."""
MOST_REGISTERED = 5000
"""How many documents one register lists: more than a commune sends in a term."""


async def plan_facts(uow: UnitOfWork, plan: Plan) -> PlanFacts:
    """The plan with its unit, and the unit above it where it is known."""
    unit = await uow.places.unit(plan.unit_id)
    above = [one for one in await uow.places.above(unit) if one.id != unit.id and one.level is not Level.HAMLET]
    return PlanFacts(
        code=plan.code,
        profile=plan.decided.profile,
        unit=unit.name,
        above=above[0].name if above else "",
        secretary=plan.decided.answer(MEETING_SECRETARY),
        figures_only=plan.decided.answer(PUBLIC_SCOPE) == ONLY_FIGURES,
    )


async def gather(
    uow: UnitOfWork,
    plan: Plan,
    subject: PaperSubject,
    *,
    meeting: Meeting | None = None,
    question: Question | None = None,
    period: ReportPeriod | None = None,
    kind: PaperKind | None = None,
) -> PaperFacts:
    """The facts of a document about one of these things; about no question, those of a form to be filled by hand.

    `kind` is asked for what not every kind has: the slips of a meeting, with the names of who asked, and its figures.
    """
    of_plan = await plan_facts(uow, plan)
    match subject:
        case PaperSubject.MEETING if meeting is not None:
            facts = await meeting_facts(uow, plan, meeting, with_figures=kind is None or kind in _WITH_FIGURES)
            if kind is PaperKind.ANSWER_SLIPS and facts.questions:
                facts = replace(facts, slips=await slips_of(uow, meeting))
            return PaperFacts(of_plan, uow.today, about_meeting=facts)
        case PaperSubject.QUESTION:
            [about] = (
                [QuestionFacts()] if question is None else await facts_of_questions(uow, [question], with_asker=True)
            )
            return PaperFacts(of_plan, uow.today, about_question=about)
        case PaperSubject.PERIOD if period is not None:
            return PaperFacts(of_plan, uow.today, about_period=await period_facts(uow, plan, period))
        case _:
            register = await uow.documents.of_units([plan.unit_id], MOST_REGISTERED)
            return PaperFacts(of_plan, uow.today, register=tuple(register))
