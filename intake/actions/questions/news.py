"""What is new to somebody of the office, told without a letter for each: the first at once, the others together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from intake.actions.outbox.tell import News, tell, tell_each
from intake.actions.sealed.access import may_read_as_office
from intake.ports import UnitOfWork
from intake.rules.message import Button, Message, Param, Term
from intake.rules.people.permissions import works_at_desk
from intake.rules.people.person import Person, PersonId
from intake.rules.questions.news import KEPT_FOR, MOST_NAMED, NewsKind, QuestionNews, cannot_wait
from intake.rules.questions.question import OPEN_STATES, Question, QuestionState, known_again

_UNSORTED = (QuestionState.RECEIVED, QuestionState.GATHERED)
_OPENS = {
    NewsKind.TO_SORT: Button("cmd.phanloai", "menu.triage"),
    NewsKind.ON_DESK: Button("cmd.hangdoi", "menu.queue"),
}


async def tell_news(
    uow: UnitOfWork,
    people: Iterable[PersonId],
    message: Message,
    question: Question,
    kind: NewsKind,
    *,
    at_once: bool = False,
) -> None:
    """Tell people of a question that is new to them, or keep it for the letter that tells of several.

    Whoever was told of one within `news_together` of the channel policy, or has some waiting, is told later by
    `tell_held`; of what cannot wait, and with `at_once`, everybody is told now.
    """
    told = list(dict.fromkeys(people))
    together = uow.channel_policy.news_together
    waiting: set[PersonId] = set()
    if together and not at_once and not cannot_wait(question):
        waiting = await uow.news.to_wait(told, uow.now - together)
    await uow.news.add_many(
        [QuestionNews(one, question.id, kind, uow.now, None if one in waiting else uow.now) for one in told]
    )
    await tell(uow, [one for one in told if one not in waiting], message, question_id=question.id)


async def tell_held(uow: UnitOfWork) -> int:
    """Tell each person in one letter of the questions that were kept for them, and forget what was told long ago.

    May run at any time and in any number of processes: what is told is locked, and marked in the same transaction.
    A question that was dealt with meanwhile, or is not theirs to read any more, is left out. Returns how many letters.
    """
    held: dict[PersonId, list[QuestionNews]] = {}
    for one in await uow.news.held(uow.now - uow.channel_policy.news_together):
        held.setdefault(one.person_id, []).append(one)
        one.told_at = uow.now
    people = await uow.people.many(held)
    letters = []
    for person_id, news in held.items():
        person = people[person_id]
        found = {kind: await _still_new(uow, person, [one for one in news if one.kind is kind]) for kind in NewsKind}
        parts = [_part(kind, questions) for kind, questions in found.items() if questions]
        if parts:
            opens = tuple((_OPENS[kind],) for kind, questions in found.items() if questions)
            letters.append(News(person_id, Message("news.together", {"parts": parts}, opens)))
    await uow.news.forget(uow.now - KEPT_FOR)
    return await tell_each(uow, letters)


@dataclass(frozen=True, slots=True)
class NewAtTheDesk:
    """How much is new to whoever sits at a desk, the newest of it, and the language to say it in."""

    count: int
    newest: int
    language: str


async def newest_of(uow: UnitOfWork, person: Person) -> int:
    """The newest of what is new to a person, by number; 0 where there is nothing. Later ones have higher numbers."""
    return (await uow.news.newest([person.id])).get(person.id, 0)


async def new_at_the_desk(uow: UnitOfWork, session_id: int, after: int) -> NewAtTheDesk | None:
    """What is new since the number `after` where this session sits; None where nobody sits any more."""
    session = next((one for one in await uow.browsers.sessions([session_id]) if one.holds(uow.now)), None)
    if session is None:
        return None
    person = (await uow.people.many([session.person_id]))[session.person_id]
    count = await uow.news.count_after(person.id, after)
    return NewAtTheDesk(count, await newest_of(uow, person), person.language)


async def newest_at_desks(uow: UnitOfWork, session_ids: Iterable[int]) -> Mapping[int, int]:
    """The newest of what is new at each desk where somebody still sits; with two queries, however many there are."""
    holding = [one for one in await uow.browsers.sessions(session_ids) if one.holds(uow.now)]
    newest = await uow.news.newest({one.person_id for one in holding})
    return {one.id: newest.get(one.person_id, 0) for one in holding}


async def _still_new(uow: UnitOfWork, person: Person, news: Sequence[QuestionNews]) -> Sequence[Question]:
    grants = await uow.people.grants_of(person.id)
    found = []
    for one in {one.question_id: one for one in news}.values():  # given back and given again, it is new once
        question = await uow.questions.get(one.question_id)
        if one.kind is NewsKind.TO_SORT:
            new = question.state in _UNSORTED and await may_read_as_office(uow, person, question)
        else:
            new = question.state in OPEN_STATES and works_at_desk(grants, question)
        if new:
            found.append(question)
    return found


def _part(kind: NewsKind, questions: Sequence[Question]) -> Param:
    # what its asker has restricted meanwhile says no words (LAW C5)
    lines: list[Param] = [one.reference if one.restricted else known_again(one) for one in questions[:MOST_NAMED]]
    if len(questions) > MOST_NAMED:
        lines.append(Term("news.more", {"count": len(questions) - MOST_NAMED}))
    return Term(f"news.{kind.value}", {"count": len(questions), "lines": lines})
