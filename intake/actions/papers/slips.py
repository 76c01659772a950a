"""The answer slips of a whole meeting, for one file of all of them."""

from intake.ports import UnitOfWork
from intake.rules.meetings.meeting import Meeting
from intake.rules.papers.facts import QuestionFacts, SlipFacts, stamp_of
from intake.rules.papers.kinds import PaperKind
from intake.rules.papers.register import OfficeDocument

from .question_facts import facts_of_questions, is_withheld


async def slips_of(uow: UnitOfWork, meeting: Meeting) -> tuple[SlipFacts, ...]:
    """A slip for each question of the meeting that has an approved answer, in their order; withheld ones have none.

    What was registered bears its number. Where a clerk put a file of their own under it, or the answer was changed
    since, what would be laid out now is not what was signed.
    """
    questions = [one for one in await uow.questions.of_meeting(meeting.id) if not is_withheld(one)]
    told = await facts_of_questions(uow, questions, with_asker=True, ended_at=meeting.ended_at)
    answered = [one for one in told if one.answer]
    kept = await uow.documents.all_registered(
        meeting.unit_id, PaperKind.ANSWER_SLIP, [one.reference for one in answered]
    )
    ours = await uow.documents.made_files([one.final_sha256 for one in kept.values() if one.final_sha256 is not None])
    return tuple(_slip(one, kept.get(one.reference), ours) for one in answered)


def _slip(question: QuestionFacts, document: OfficeDocument | None, ours: frozenset[str]) -> SlipFacts:
    if document is None:
        return SlipFacts(question)
    final, registered_at, answered_at = document.final_sha256, document.registered_at, question.answered_at
    changed = answered_at is not None and registered_at is not None and answered_at > registered_at
    return SlipFacts(question, stamp_of(document), own_file=changed or (final is not None and final not in ours))
