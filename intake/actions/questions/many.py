"""One deed done to many questions at once: each for itself, so that one that is refused keeps back none of the rest."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from intake.ports import UnitOfWork
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.message import Message
from intake.rules.questions.question import QuestionId


@dataclass(frozen=True, slots=True)
class DoneToMany:
    """How many it was done to, and those that were refused: the reference and why.

    `unknown` counts those that are not this person's to touch, or are not there at all.
    """

    done: int
    refused: tuple[tuple[str, Message], ...]
    unknown: int


async def to_each(
    uow: UnitOfWork, question_ids: Iterable[QuestionId], deed: Callable[[QuestionId], Awaitable[object]]
) -> DoneToMany:
    """Do a deed to each question in the order of their ids, as everywhere where several are locked."""
    done, unknown = 0, 0
    refused: list[tuple[str, Message]] = []
    for number in sorted(set(question_ids)):
        try:
            async with uow.savepoint():
                await deed(number)
            done += 1
        except NotFound:
            unknown += 1
        except RuleBroken as refusal:
            question = await uow.questions.get(number)
            refused.append((question.reference, refusal.message))
    return DoneToMany(done, tuple(refused), unknown)
