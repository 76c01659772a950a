"""Who speaks for neighbours without a phone, and what has not reached them, when that person changes (R111)."""

from collections.abc import Collection, Sequence

from intake.actions.outbox.tell import relayed, tell_asker, unrelayed
from intake.actions.sealed.access import kept_from
from intake.ports import UnitOfWork
from intake.rules.message import Message, Param, pack_message, unpack_message
from intake.rules.outbox.letter import LetterState, Priority
from intake.rules.people.permissions import speaks_for
from intake.rules.people.person import EndedGrant, Grant, Person, Role
from intake.rules.people.unit import Unit
from intake.rules.questions.asked_back import asked_back
from intake.rules.questions.question import QuestionId, QuestionState


async def spoken_for(uow: UnitOfWork, person: Person, ending: Sequence[Grant | EndedGrant]) -> list[Person]:
    """The neighbours a person speaks for by these roles, and by no other that stays."""
    numbers = {one.id for one in ending if isinstance(one, Grant)}
    kept = [one for one in await uow.people.grants_of(person.id) if one.id not in numbers]
    neighbours = await uow.people.neighbours_of(person.id)
    hamlets = await uow.places.units(one.hamlet_id for one in neighbours if one.hamlet_id is not None)
    left = {one.id for one in hamlets.values() if speaks_for(ending, one) and not speaks_for(kept, one)}
    return [one for one in neighbours if one.hamlet_id in left]


async def next_speaker(uow: UnitOfWork, hamlet: Unit, role: Role, leaving: Person) -> Person | None:
    """Who speaks for the people of a hamlet when somebody leaves who did as `role`: another of the same, else its head.

    Nobody, where there is none: the secretary tells them in person.
    """
    for one in dict.fromkeys((role, Role.HAMLET_HEAD)):
        others = [person for person in await uow.people.holders(one, hamlet) if person.id != leaving.id]
        if others:
            return others[0]
    return None


async def take_over_waiting(uow: UnitOfWork, hamlet: Unit, head: Person) -> None:
    """Let a head speak for the people of the hamlet for whom nobody does."""
    await hand_over(uow, await uow.people.without_head(hamlet.id), head)


async def spoken_for_by_others(uow: UnitOfWork, hamlet: Unit, head: Person) -> list[Message]:
    """For how many of the hamlet other heads speak: whom they took over while a head could not, stays with them."""
    said = []
    for other in await uow.people.holders(Role.HAMLET_HEAD, hamlet):
        theirs = [one for one in await uow.people.neighbours_of(other.id) if one.hamlet_id == hamlet.id]
        if other.id != head.id and theirs:
            named: dict[str, Param] = {"count": len(theirs), "place": hamlet.name, "speaker": other.name}
            said.append(Message("roles.others_speak", named))
    return said


async def give_back_lent(uow: UnitOfWork, hamlet: Unit, head: Person) -> None:
    """Let a head whose role counts again speak for whom they did before it was suspended, whoever does now."""
    await hand_over(uow, [one for one in await uow.people.lent_by(head.id) if one.hamlet_id == hamlet.id], head)


async def hand_over(
    uow: UnitOfWork, neighbours: Sequence[Person], to: Person | None, *, lent_by: Person | None = None
) -> None:
    """Let somebody else speak for these people; None: nobody. `lent_by` does again once their role counts again.

    What was entered for them goes along, and what has not reached them yet: it does not stay in the chat of whoever
    spoke for them before. Where nobody carries it, it waits to be told in person.
    """
    if not neighbours:
        return
    ids = [one.id for one in neighbours]
    had_speaker = [one for one in neighbours if one.entered_by is not None]
    await uow.people.hand_over(ids, None if to is None else to.id, None if lent_by is None else lent_by.id)
    account = None if to is None else (await uow.accounts.of([to.id])).get(to.id)
    passed_on = set()
    for letter, neighbour in await uow.letters.not_told(ids):
        message = unrelayed(unpack_message(letter.content or {}))
        passed_on.add(letter.question_id)
        letter.attempts, letter.failure, letter.not_before = 0, None, uow.now
        letter.waits_since = letter.ring_at = None
        named = () if to is None else await kept_from(uow, letter.question_id, [to.id])
        if account is None or named:  # a head carries no news of a question that names them
            letter.account_id, letter.state = None, LetterState.IN_PERSON
        else:
            letter.account_id, letter.state, letter.priority = account.id, LetterState.WAITING, Priority.PUSH
            message = relayed(neighbour.called, message, with_buttons=letter.question_id is not None)
        letter.content = pack_message(message)
    for neighbour in had_speaker:
        await _ask_back_anew(uow, neighbour, but=passed_on)


async def _ask_back_anew(uow: UnitOfWork, neighbour: Person, *, but: Collection[QuestionId | None]) -> None:
    """What the office has asked back was read by whoever spoke for the neighbour before; the reply is still awaited."""
    for question in await uow.questions.of_person(neighbour.id):
        if question.state is QuestionState.NEEDS_CLARIFICATION and question.id not in but:
            await tell_asker(uow, question, asked_back(question))
