"""The office finds that a question is a denunciation: it is sealed, and its words leave every other place (LAW C4)."""

from intake.actions.outbox.tell import tell
from intake.actions.people.office import note, question_in_unit, withdraw_proposals
from intake.actions.sealed.keys import has_officer, not_set_up
from intake.actions.sealed.receive import add_part, contents_of, tell_officer
from intake.actions.sealed.shown import forget_words, who_was_shown
from intake.ports import UnitOfWork
from intake.rules.errors import RuleBroken
from intake.rules.files import NewFile
from intake.rules.message import Message, button
from intake.rules.people.person import Person, Role
from intake.rules.questions.question import Act, Question, QuestionId, after
from intake.rules.sealed.matter import CODE_LENGTH, SealedKind, SealedMatter, shown_code
from intake.rules.sealed.named import names


async def seal_question(uow: UnitOfWork, *, by: Person, question_id: QuestionId) -> Question:
    """Seal a question for the named officer. What is left of it is its number and that it was sealed.

    Its words, files, drafts and who asked are taken out of the question, of letters, of the lines of every web chat
    that showed it and of the folder, with this very commit. The asker gets a code; one who has no chat of their own
    gets none, since a hamlet head would read it. Raises `NotFound` for whoever is not secretary or chair there,
    `RuleBroken` where nobody is named, where the question names whoever is, and for what is sealed already.
    """
    question = await question_in_unit(
        uow, by, question_id, Role.SECRETARY, Role.CHAIR, lock=True, though_restricted=True
    )
    state = after(question.state, Act.SEAL)
    unit = await uow.places.unit(question.unit_id)
    key = await uow.sealed.key_of(unit.id)
    if key is None:
        raise not_set_up(unit)
    if await has_officer(uow, key) and names(question.named, key.person_id, await uow.people.grants_of(key.person_id)):
        raise RuleBroken("refusal.sealed_names_officer")
    asker = (await uow.people.many([question.asker_id]))[question.asker_id]
    attachments = await uow.questions.attachments(question.id)
    files = [NewFile(one.sha256, one.media_type, one.size, one.name) for one in attachments]
    texts = [question.text, question.original_text, question.reason, question.given_back, question.room_reason]
    reachable = question.entered_by is None and asker.erased_at is None and await uow.accounts.of([asker.id])
    code = uow.vault.new_code()[:CODE_LENGTH] if reachable else ""
    digest = uow.vault.digest(f"sealed {code}") if code else ""
    matter = await uow.sealed.add_matter(SealedMatter(unit.id, digest, uow.today))
    whole = question.text if question.text == question.original_text else f"{question.original_text}\n\n{question.text}"
    contents = await contents_of(uow, asker, whole, reference=question.reference)
    await add_part(uow, key, matter, SealedKind.MATTER, contents, files)

    await withdraw_proposals(uow, question)
    await uow.clocks.end([clock.id for clock in await uow.clocks.running_for(question.id)])
    await _leave_case(uow, question)
    showed = await who_was_shown(uow, unit)
    showed |= {question.asker_id, *([question.entered_by] if question.entered_by is not None else [])}
    await uow.traces.recall_about(question.id)
    await uow.traces.forget_shown(showed, [question.reference])
    texts += await uow.sealed.empty_question(question.id)
    meetings = [] if question.meeting_id is None else [question.meeting_id]
    await uow.traces.forget_papers([question.reference], meetings, reports_of=unit.id)
    await _empty(uow, question)
    question.state = state
    await forget_words(uow, showed, texts, [one.sha256 for one in attachments])
    await note(uow, by, "seal_question", question)
    if code:
        told = Message(
            "sealed.was_sealed",
            {"reference": question.reference, "code": shown_code(code)},
            ((button("sealed.forget_button", "sealedforget"),),),
            fleeting=True,
        )
        await tell(uow, [asker.id], told)
    await tell_officer(uow, key, unit)
    return question


async def _leave_case(uow: UnitOfWork, question: Question) -> None:
    """A repeated matter that this question raised knows it no more; one that nobody raises twice any more is none."""
    case = await uow.cases.of_question(question.id)
    if case is None:
        return
    await uow.cases.get(case.id, lock=True)
    await uow.cases.unlink(question.id)
    left = await uow.cases.questions(case.id)
    if len(left) == 1:
        await uow.cases.unlink(left[0].id)
        await uow.cases.remove(case)


async def _empty(uow: UnitOfWork, question: Question) -> None:
    """Nobody asked it any more: it belongs to a person without a name, as those of erased people do."""
    nobody = await uow.people.add(Person(name="", erased_at=uow.now, created_at=uow.now))
    question.asker_id, question.entered_by = nobody.id, None
    question.text = question.original_text = question.reason = question.room_reason = ""
    question.given_back = ""
    question.public_text = None
    question.hamlet_id = question.topic_id = question.desk_id = question.meeting_id = None
    question.state_before = question.room_outcome = None
    question.sensitive, question.urgent, question.restricted = True, False, False
