"""What the chats of the office showed of a question, taken out of them when it is kept from those who read it (LAW C4).

Words leave the lines of web chats and the letters that wait. Of a card that somebody opened nothing is stored but which
references it told of (`forget_params`): by them the message itself is deleted, where the network lets us (Telegram, for
48 hours).
"""

from collections.abc import Iterable, Sequence

from intake.ports import UnitOfWork
from intake.rules.people.person import PersonId, Role
from intake.rules.people.unit import Unit
from intake.rules.questions.question import Question
from intake.rules.text import excerpt

_SEE_QUESTIONS = (Role.SECRETARY, Role.CHAIR, Role.OFFICIAL, Role.SUPERVISOR, Role.ADMIN)
_KNOW_THE_ASKER = (Role.SECRETARY, Role.CHAIR)


async def who_was_shown(uow: UnitOfWork, unit: Unit, *also: Role) -> set[PersonId]:
    """Whoever of the office may have read what was sent to a unit, and whoever holds one of the roles named besides."""
    roles = (*_SEE_QUESTIONS, *also)
    held = await uow.people.grants_in(unit)
    seen = {person.id for grant, person, _ in held if grant.role in roles}
    for role in roles:
        seen |= {person.id for person in await uow.people.holders(role, unit)}
    return seen


async def forget_words(uow: UnitOfWork, people: set[PersonId], texts: Iterable[str], files: Sequence[str] = ()) -> None:
    """Take words and files out of every chat of these people: lines of the web chat, and letters that repeat them."""
    pieces = [line for text in texts for line in (*text.splitlines(), *([excerpt(text)] if text else ()))]
    for person_id in sorted(people):
        for account in await uow.accounts.all_of(person_id):
            await uow.traces.forget(account.id, pieces, files)


async def take_back_shown(uow: UnitOfWork, question: Question, people: Iterable[PersonId]) -> None:
    """Take what these people were sent or opened about a question out of their chats: news of it, cards, files.

    Whoever asked it, or typed it for somebody, keeps what they wrote themselves.
    """
    shown = set(people) - {question.asker_id, question.entered_by}
    if shown:
        await uow.traces.recall_about(question.id, shown)
        await _forget_cards(uow, question, shown)


async def hide_asker(uow: UnitOfWork, question: Question) -> None:
    """A question is sensitive from now on: whoever may read the matter only loses the cards that named its asker.

    News of it names nobody and stays; the card can be opened again, without the name.
    """
    unit = await uow.places.unit(question.unit_id)
    knows = {one.id for role in _KNOW_THE_ASKER for one in await uow.people.holders(role, unit)}
    shown = await who_was_shown(uow, unit, Role.HAMLET_HEAD) - knows
    await _forget_cards(uow, question, shown - {question.asker_id, question.entered_by})


async def _forget_cards(uow: UnitOfWork, question: Question, shown: set[PersonId]) -> None:
    await uow.traces.forget_shown(shown, [question.reference])
    files = [one.sha256 for one in await uow.questions.attachments(question.id)]
    await forget_words(uow, shown, [question.text, question.original_text], files)
