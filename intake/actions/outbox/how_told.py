"""How somebody is told of the newest news there is for them: by the state of its letter."""

from collections.abc import Iterable

from intake.ports import UnitOfWork
from intake.rules.message import Param, Term
from intake.rules.outbox.channel_policy import open_way
from intake.rules.outbox.letter import Letter, LetterState
from intake.rules.outbox.telling import HowTold, Telling
from intake.rules.people.person import Account, Person, PersonId, Role
from intake.rules.questions.question import Question, QuestionId


async def how_told(uow: UnitOfWork, person_id: PersonId, question_id: QuestionId | None = None) -> HowTold | None:
    """How the person is told the newest news, of a question or of anything; None where no letter is kept any more."""
    person = await uow.people.get(person_id)
    if person is None or person.erased_at is not None:
        return HowTold(Telling.NOBODY)
    letter = await uow.letters.newest_to(person_id, question_id)
    if letter is None:
        return None
    account = None if letter.account_id is None else await uow.accounts.get(letter.account_id)
    relayed = account is not None and account.person_id != person_id
    return HowTold(await _how(uow, letter, account, person), relayed)


_OVER = {LetterState.SENT: Telling.SENT, LetterState.DISCARDED: Telling.NOBODY}


async def _how(uow: UnitOfWork, letter: Letter, account: Account | None, person: Person) -> Telling:
    if letter.told_at is not None:
        return Telling.IN_PERSON
    if letter.state in _OVER:
        return _OVER[letter.state]
    if letter.state is LetterState.WAITING:
        return Telling.ON_ITS_WAY if account is not None and _is_open(uow, account) else Telling.ON_RETURN
    if letter.state is LetterState.ON_RETURN and not _in_vain(uow, letter):
        return Telling.ON_RETURN
    return await _whose_list(uow, person)


def _is_open(uow: UnitOfWork, chat: Account) -> bool:
    return open_way(uow.channel_policy, chat.network, chat.last_heard_at, chat.awaited_since, uow.now) is not None


def _in_vain(uow: UnitOfWork, letter: Letter) -> bool:
    since = letter.rung_at or letter.waits_since
    return since is not None and since <= uow.now - uow.channel_policy.patience


async def _whose_list(uow: UnitOfWork, person: Person) -> Telling:
    """Who has the person on the list to tell in person: the head of the hamlet, else the office of the unit."""
    if person.hamlet_id is None:
        return Telling.NOBODY
    hamlet = await uow.places.unit(person.hamlet_id)
    return Telling.TO_HEAD if await uow.people.holders(Role.HAMLET_HEAD, hamlet) else Telling.TO_OFFICE


async def told_of(uow: UnitOfWork, question: Question, others: Iterable[Question] = ()) -> tuple[Param, ...]:
    """How the asker hears, as the office reads it; of those who ask the same only where it does not go well."""
    told = await how_told(uow, question.asker_id, question.id)
    said: list[Param] = [] if told is None else [told.words()]
    for one in others:
        its = await how_told(uow, one.asker_id, one.id)
        if its is not None and not its.is_well:
            said.append(Term("told.of", {"reference": one.reference, "told": its.words()}))
    return tuple(said)
