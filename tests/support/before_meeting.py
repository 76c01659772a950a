"""Neighbours who ask the same, for the stories of what happens before a meeting."""

from datetime import datetime

from intake.rules.meetings.meeting import MeetingId
from intake.rules.plan.profile_terms import QuestionKind
from intake.rules.questions.question import Proposal, ProposalKind, ProposalState, Question, QuestionState

from .office import Office, person_named
from .world import Phone

AGAIN = "duong vao xom 3 hong nang, bao gio sua"
OTHER_MATTER = "Học phí trường mầm non thu thêm khoản gì?"


async def neighbour(office: Office, name: str = "Võ Văn Nam", hamlet: str = "DL-lang-dau") -> Phone:
    """Another resident."""
    return await office.world.resident(hamlet, name)


async def asks_too(office: Office, phone: Phone, text: str = AGAIN) -> str:
    """A neighbour asks; everybody puts the phone away. The reference comes back."""
    await phone.says("/hoi")
    await phone.says(text)
    if phone.sees_button("Hỏi"):  # what accuses somebody is asked about; here it is an ordinary question
        await phone.presses("Hỏi")
    await phone.presses("Gửi")
    heard = phone.reads()
    office.put_away()
    return next(word.strip(".,:") for word in heard.split() if word.startswith("DL-2"))


async def asked_in(
    office: Office,
    text: str,
    at: datetime,
    *,
    state: QuestionState = QuestionState.CLOSED,
    meeting_id: MeetingId | None = None,
    sensitive: bool = False,
    answer: str = "",
) -> Question:
    """A question of an earlier year, as an import of the office's books would bring it."""
    async with office.world.store.unit() as uow:
        mai = await person_named(uow, "Nguyễn Thị Mai")
        town = await uow.places.unit_by_code("DL")
        assert town is not None
        number = await uow.ledger.next_number("question", town.id, at.year)
        question = Question(
            unit_id=town.id,
            reference=f"DL-{at.year}-{number:04}",
            kind=QuestionKind.PETITION,
            original_text=text,
            text=text,
            asker_id=mai.id,
            received_at=at,
            meeting_id=meeting_id,
            hamlet_id=mai.hamlet_id,
            state=state,
            sensitive=sensitive,
        )
        await uow.questions.add(question)
        if answer:
            secretary = await person_named(uow, "Trần Văn Thư")
            given = Proposal(question.id, ProposalKind.ANSWER, answer, secretary.id, at)
            given.state, given.decided_by, given.decided_at = ProposalState.APPROVED, secretary.id, at
            await uow.questions.propose(given)
        await uow.commit()
    return question
