"""What is being written about a question at the desk: each person's own, and who else has it open."""

from collections.abc import Sequence

from intake.ports import UnitOfWork
from intake.rules.people.person import Person
from intake.rules.questions.answer_draft import AnswerDraft
from intake.rules.questions.promise import LONGEST_TEXT
from intake.rules.questions.question import Question
from intake.rules.text import fitting


async def keep_draft(uow: UnitOfWork, *, person: Person, question: Question, text: str) -> None:
    """Keep what the person has typed so far. Raises `TooLong` for more than an answer may have."""
    await uow.drafts.keep(AnswerDraft(question.id, person.id, fitting(text, LONGEST_TEXT), uow.now))


async def open_question(uow: UnitOfWork, *, person: Person, question: Question) -> str:
    """Note that the person has the question open now. Returns what they have typed about it so far."""
    drafts = await uow.drafts.of_question(question.id)
    mine = next((draft.text for draft in drafts if draft.person_id == person.id), "")
    await uow.drafts.keep(AnswerDraft(question.id, person.id, mine, uow.now))
    return mine


async def others_here(uow: UnitOfWork, *, person: Person, question: Question) -> Sequence[tuple[Person, bool]]:
    """Who else has the question open just now, each with whether they have begun to write."""
    drafts = [one for one in await uow.drafts.of_question(question.id) if one.person_id != person.id]
    here = [one for one in drafts if one.is_here(uow.now)]
    people = await uow.people.many([one.person_id for one in here])
    return [(people[one.person_id], bool(one.text.strip())) for one in here]
