"""How an item of a conclusion gets on, said to everybody: the office chooses the words (R020, R181)."""

from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import ChangedMeanwhile
from intake.rules.meetings.conclusion import ConclusionItem, ConclusionProgress, ProgressId
from intake.rules.people.person import Person
from intake.rules.questions.promise import required
from intake.rules.questions.unnamed import without_people


async def progress_in_office(
    uow: UnitOfWork, by: Person, progress_id: ProgressId
) -> tuple[ConclusionItem, ConclusionProgress]:
    """An item (locked) and a word on it, for secretary or chair of its unit; `NotFound` for all others."""
    word = await uow.conclusions.word(progress_id)
    item = await uow.conclusions.item(word.item_id, lock=True)
    await meeting_in_unit(uow, by, item.meeting_id)
    return item, word


async def progress_unnamed(uow: UnitOfWork, item: ConclusionItem, text: str) -> str:
    """Words on an item without those who asked what it settles, and without mobile numbers."""
    linked = (await uow.conclusions.links([item.id])).get(item.id, ())
    asked = [await uow.questions.get(question_id) for question_id in linked]
    people = await uow.people.many({one.asker_id for one in asked})
    return without_people(text, [one.name for one in people.values()])


async def publish_progress(uow: UnitOfWork, *, by: Person, progress_id: ProgressId, text: str) -> ConclusionItem:
    """Let everybody read a word on a public item, in these words, which name nobody who asked."""
    item, word = await progress_in_office(uow, by, progress_id)
    if item.published_at is None:
        raise ChangedMeanwhile
    word.public_text = await progress_unnamed(uow, item, required(text, "refusal.text_missing"))
    await _note(uow, by, "publish_progress", item, word)
    return item


async def take_back_progress(uow: UnitOfWork, *, by: Person, progress_id: ProgressId) -> ConclusionItem:
    """Show a word to nobody but the office, as before. Raises `ChangedMeanwhile` where it is so already."""
    item, word = await progress_in_office(uow, by, progress_id)
    if word.public_text is None:
        raise ChangedMeanwhile
    word.public_text = None
    await _note(uow, by, "take_back_progress", item, word)
    return item


async def _note(uow: UnitOfWork, by: Person, act: str, item: ConclusionItem, word: ConclusionProgress) -> None:
    detail = {"meeting": item.meeting_id, "number": item.number, "word": word.id}
    await uow.ledger.write(AuditEntry(uow.now, by.id, act, f"conclusion:{item.id}", detail))
