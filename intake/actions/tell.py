"""Tell people something: the one way into the outbox for everything that is not the immediate reply."""

from collections.abc import Iterable

from intake.ports import UnitOfWork
from intake.rules.delivery import earliest_sending
from intake.rules.letter import Letter, LetterState, Priority
from intake.rules.message import Message, Term, pack_message
from intake.rules.person import Account, Person, PersonId
from intake.rules.question import Question, QuestionId


async def tell(
    uow: UnitOfWork,
    people: Iterable[PersonId],
    message: Message,
    *,
    priority: Priority = Priority.PUSH,
    question_id: QuestionId | None = None,
    once: str = "",
) -> int:
    """Put one letter per person into the outbox, each on the network that person used last.

    A neighbour without a phone is told through the hamlet head who entered them; where no chat reaches anybody, the
    letter waits for somebody to tell it in person. `once` names the event: nobody is told twice of the same.
    Returns to how many a chat will carry it.
    """
    recipients = list(dict.fromkeys(people))
    persons = await uow.people.many(recipients)
    helpers = {person.entered_by for person in persons.values() if person.entered_by is not None}
    accounts = await uow.accounts.of({*recipients, *helpers})
    carried = 0
    letters = []
    for person_id in recipients:
        person = persons[person_id]
        if person.erased_at is not None:
            continue
        account, said = _way(person, message, accounts)
        carried += account is not None
        letters.append(
            Letter(
                account_id=None if account is None else account.id,
                person_id=person_id,
                priority=priority,
                content=pack_message(said),
                created_at=uow.now,
                not_before=earliest_sending(priority, uow.now),
                question_id=question_id,
                once=f"{once}:{person_id}" if once else None,
                state=LetterState.IN_PERSON if account is None else LetterState.WAITING,
            )
        )
    if once:
        for letter in letters:
            await uow.letters.add(letter)
    else:
        await uow.letters.add_many(letters)
    return carried


async def tell_asker(uow: UnitOfWork, question: Question, message: Message, *, once: str = "") -> None:
    """Tell whose question it is; a neighbour without a phone through the hamlet head who typed it."""
    await tell(uow, [question.asker_id], message, question_id=question.id, once=once)


def _way(person: Person, message: Message, accounts: dict[PersonId, Account]) -> tuple[Account | None, Message]:
    own = accounts.get(person.id)
    if own is not None or person.entered_by is None:
        return own, message
    relayed = Message(
        "tell.relay",
        {"name": person.name, "text": Term(message.key, message.params)},
        attachments=message.attachments,
    )
    return accounts.get(person.entered_by), relayed
