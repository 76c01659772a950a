"""An answer with what it was said to be, and, where it names a day to come, with that day and who answers for it."""

from dataclasses import replace

from intake.actions.people.office import desk_of
from intake.ports import UnitOfWork
from intake.rules.questions.answer_class import class_in_words, day_foreseen
from intake.rules.questions.question import AnswerClass, Proposal, Question


async def classed(
    uow: UnitOfWork,
    question: Question,
    made: Proposal,
    said: AnswerClass | None,
    *,
    otherwise: AnswerClass = AnswerClass.EXPLANATION,
) -> Proposal:
    """The answer `made` as what was `said`; without that, as its words tell, `otherwise` where they name no day (R021).

    What is said to be done, or only to explain, promises no day, whatever days it names.
    """
    what = said or class_in_words(made.text, uow.today, otherwise)
    if what is not AnswerClass.DATED:
        return replace(made, answer_class=what)
    body = await uow.places.unit(question.unit_id) if question.desk_id is None else await desk_of(uow, question)
    return replace(made, answer_class=what, agency=body.name, promised_on=day_foreseen(made.text, uow.today))
