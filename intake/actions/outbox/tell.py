"""Tell people something: the one way into the outbox for everything that is not the immediate reply."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intake.actions.sealed.access import kept_from
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.message import Message, Term, pack_message
from intake.rules.outbox.letter import Letter, LetterState, NewLetter, Priority
from intake.rules.people.permissions import require
from intake.rules.people.person import Account, Network, Person, PersonId, Recipient, Role, told_apart
from intake.rules.people.unit import Unit, UnitId
from intake.rules.questions.question import Question, QuestionId


async def tell(
    uow: UnitOfWork,
    people: Iterable[PersonId],
    message: Message,
    *,
    question_id: QuestionId | None = None,
    once: str = "",
    relay: bool = True,
    past: Network | None = None,
) -> int:
    """Put one letter per person into the outbox, each on the network that person used last.

    A neighbour without a phone is told through the hamlet head who entered them; where no chat reaches anybody, the
    letter waits for somebody to tell it in person. `once` names the event: nobody is told twice of the same.
    Without `relay` a neighbour's letter waits to be told in person too. What is for everybody is a broadcast.
    `past` is a network in trouble: who is reached by another one is told there. Nobody is told of a question that names
    them, nor carries its news to a neighbour (R126).
    Returns to how many a chat will carry it.
    """
    asked = list(dict.fromkeys(people))
    persons = await uow.people.told(asked)
    helpers = {person.entered_by for person in persons.values() if person.entered_by is not None}
    named = await kept_from(uow, question_id, {*asked, *helpers})
    recipients = [person_id for person_id in asked if person_id not in named]
    accounts = await uow.accounts.of({*recipients, *(helpers - named)})
    if past is not None:
        accounts = {person_id: await _past(uow, account, past) for person_id, account in accounts.items()}
    carried = 0
    letters = []
    for person_id in recipients:
        person = persons[person_id]
        if not person.name or person.erased_at is not None:  # never named, or erased: nobody can tell them anything
            continue
        if relay:
            account, said = _way(person, message, accounts, with_buttons=question_id is not None)
        else:
            account, said = accounts.get(person.id), message
        carried += account is not None
        letters.append(_letter(uow, person, account, said, question_id, f"{once}:{person_id}" if once else None))
    if once:
        for letter in letters:
            await uow.letters.add(letter)
    else:
        await uow.letters.add_many(letters)
    return carried


async def tell_spoken_for(uow: UnitOfWork, person: Person, by: Person, message: Message) -> None:
    """Tell somebody with a chat of their own what somebody else has just said in their name; whoever said it knows."""
    if person.id != by.id and person.id in await uow.accounts.of([person.id]):
        await tell(uow, [person.id], message)


async def _past(uow: UnitOfWork, account: Account, network: Network) -> Account:
    """The chat, or another one of the same person where this one is on the network in trouble."""
    if account.network is not network or account.person_id is None:
        return account
    others = [one for one in await uow.accounts.all_of(account.person_id) if one.network is not network]
    return next((one for one in others if one.unreachable_since is None), account)


@dataclass(frozen=True, slots=True)
class News:
    """What one person is told; `once` is a name under which it can be taken back while it waits."""

    person_id: PersonId
    message: Message
    question_id: QuestionId | None = None
    once: str | None = None


async def tell_each(uow: UnitOfWork, news: Sequence[News]) -> int:
    """Tell many people each their own, with a few queries for all of them. Returns how many letters there are."""
    if not news:
        return 0
    persons = await uow.people.told({one.person_id for one in news})
    helpers = {person.entered_by for person in persons.values() if person.entered_by is not None}
    accounts = await uow.accounts.of({*persons, *helpers})
    relayed = {one.question_id for one in news if persons[one.person_id].entered_by is not None}
    kept = await uow.questions.that_name(one for one in relayed if one is not None)
    letters = []
    for one in news:
        person = persons[one.person_id]
        if person.name and person.erased_at is None:
            account, said = _way(person, one.message, accounts, with_buttons=one.question_id is not None)
            if account is not None and account.person_id != person.id and one.question_id in kept:
                # a neighbour's news is not carried by a head it names
                heads = [person.entered_by] if person.entered_by is not None else []
                account = None if await kept_from(uow, one.question_id, heads) else account
            letters.append(_letter(uow, person, account, said, one.question_id, one.once))
    await uow.letters.add_many(letters)
    return len(letters)


async def tell_asker(uow: UnitOfWork, question: Question, message: Message, *, once: str = "") -> None:
    """Tell whose question it is; a neighbour without a phone through the hamlet head who typed it."""
    await tell(uow, [question.asker_id], message, question_id=question.id, once=once)


def _letter(
    uow: UnitOfWork,
    person: Recipient,
    account: Account | None,
    message: Message,
    question_id: QuestionId | None,
    once: str | None,
) -> NewLetter:
    return NewLetter(
        account_id=None if account is None else account.id,
        person_id=person.id,
        priority=Priority.PUSH,
        content=pack_message(message),
        created_at=uow.now,
        not_before=uow.now,
        question_id=question_id,
        once=once,
        state=LetterState.IN_PERSON if account is None else LetterState.WAITING,
    )


def _way(
    person: Recipient, message: Message, accounts: dict[PersonId, Account], *, with_buttons: bool
) -> tuple[Account | None, Message]:
    """The chat that reaches the person and what is said there.

    Whoever relays news of a question may act on it for the neighbour, so its buttons stay; those of a notice do not.
    """
    own = accounts.get(person.id)
    if own is not None or person.entered_by is None:
        return own, message
    return accounts.get(person.entered_by), relayed(
        told_apart(person.name, person.known_as), message, with_buttons=with_buttons
    )


def relayed(name: str, message: Message, *, with_buttons: bool) -> Message:
    """What somebody reads who is to pass it on to a neighbour."""
    return Message(
        "tell.relay",
        {"name": name, "text": Term(message.key, message.params)},
        buttons=message.buttons if with_buttons else (),
        attachments=message.attachments,
    )


def unrelayed(message: Message) -> Message:
    """What the neighbour was to be told, as it was before somebody was asked to pass it on."""
    text = message.params.get("text")
    if message.key != "tell.relay" or not isinstance(text, Term):
        return message
    return Message(text.key, text.params, message.buttons, message.attachments)


async def to_tell_in_person(uow: UnitOfWork, by: Person, place: Unit) -> Sequence[tuple[Letter, Person]]:
    """What people of a place have not received and were not told of, oldest first.

    Of a hamlet for its head; of a unit for its secretaries and chairs: the people of its hamlets that have no head.
    `NotFound` for everybody else.
    """
    grants = await uow.people.grants_of(by.id)
    silent_since = uow.now - uow.channel_policy.patience
    if any(grant.role is Role.HAMLET_HEAD and grant.unit_id == place.id for grant in grants):
        waiting = await uow.letters.in_person([place.id], silent_since)
    else:
        require(grants, (Role.SECRETARY, Role.CHAIR), place)
        waiting = await uow.letters.in_person(await told_by_the_office(uow, place), silent_since)
    return await not_about(uow, by, waiting)


async def not_about(
    uow: UnitOfWork, by: Person, waiting: Sequence[tuple[Letter, Person]]
) -> Sequence[tuple[Letter, Person]]:
    """Those of these letters that are not about a question which names `by`."""
    kept = await uow.questions.that_name({one.question_id for one, _ in waiting if one.question_id is not None})
    return [
        (one, person)
        for one, person in waiting
        if one.question_id not in kept or not await kept_from(uow, one.question_id, [by.id])
    ]


async def told_by_the_office(uow: UnitOfWork, unit: Unit) -> list[UnitId]:
    """The places of a unit where nobody but the office can tell people in person: no hamlet head is there."""
    hamlets = await uow.places.hamlets(unit.id)
    headed = await uow.people.holding([Role.HAMLET_HEAD], hamlets)
    return list(dict.fromkeys([unit.id, *(one.id for one in hamlets if (Role.HAMLET_HEAD, one.id) not in headed)]))


async def tell_in_person(uow: UnitOfWork, *, by: Person, place: Unit, person_id: PersonId, last: int) -> int:
    """Note that somebody told a person that something is there for them. Returns how many letters that were.

    `last` is the id of the newest letter whoever tells was shown: what came since is still to be told. The letters of
    somebody who comes back to the chat go out all the same; only broadcasts are over.
    """
    told = [
        letter
        for letter, person in await to_tell_in_person(uow, by, place)
        if person.id == person_id and letter.id <= last
    ]
    for letter in told:
        letter.told_at, letter.told_by = uow.now, by.id
    if told:
        await uow.ledger.write(
            AuditEntry(uow.now, by.id, "tell_in_person", f"person:{person_id}", {"letters": len(told)})
        )
    return len(told)
