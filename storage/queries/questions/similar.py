"""Finding questions by their words: an index of our own, since neither database folds `đ` nor knows our short forms.

The cost is bounded whatever the number of questions. Of each word at most `COUNTED` entries are counted; the telling
(rarest) words are taken until `READ` entries would be read; of what these find, the `CANDIDATES` that share the most
are ranked by text. Measured by `python -m benchmarks.similar`.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from intake.rules.people.unit import DeskId
from intake.rules.questions.question import Question, QuestionId
from intake.rules.questions.search_words import search_words
from intake.rules.questions.similar import Candidate, Frequencies, telling_words
from storage import tables as t
from storage.many_rows import RowWrite
from storage.transaction import DeferredWrites, Transaction

COUNTED = 20_000
READ = 30_000
CANDIDATES = 120
_W, _Q, _G = t.question_words.c, t.questions.c, t.group_members.c
_LONGEST_WORD = 40
_WORDS = RowWrite(t.question_words, ("unit_id", "word", "question_id"), once=True)


def words_of(text: str) -> list[str]:
    """The words a text is stored under, each once."""
    return list(dict.fromkeys(word[:_LONGEST_WORD] for word in search_words(text)))


def index_question(deferred: DeferredWrites, question: Question) -> None:
    """Store the words of a question with whatever else is written down; those that are there already stay."""
    rows = [{"unit_id": question.unit_id, "word": word, "question_id": question.id} for word in words_of(question.text)]
    deferred.add(_WORDS, rows)


class SimilarRows:
    """Questions by their words."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._deferred = transaction.deferred

    async def index(self, question: Question) -> None:
        index_question(self._deferred, question)

    async def candidates(
        self, question: Question, words: Sequence[str], *, hidden_but: Iterable[DeskId] | None
    ) -> tuple[Sequence[Candidate[QuestionId]], Frequencies]:
        asked = list(dict.fromkeys(word[:_LONGEST_WORD] for word in words))
        if not asked:
            return [], Frequencies(0, {})
        total = await self._session.scalar(sa.select(sa.func.count()).where(_Q.unit_id == question.unit_id))
        frequencies = Frequencies(int(total or 0), await self._counts(question, asked))
        telling = telling_words(asked, frequencies.of_word, most=READ)
        if not telling:
            return [], frequencies
        shared = await self._sharing_most(question, telling, frequencies)
        rows = await self._session.execute(
            sa.select(_Q.id, _Q.text, _Q.hamlet_id).where(_Q.id.in_(shared), *_shown(hidden_but)).order_by(_Q.id.desc())
        )
        found = [Candidate(QuestionId(row.id), row.text, row.hamlet_id == question.hamlet_id) for row in rows]
        return found, frequencies

    async def _counts(self, question: Question, words: Sequence[str]) -> Mapping[str, int]:
        named = {f"word_{n}": word for n, word in enumerate(words)}
        rows = await self._session.execute(_counting(len(words)), {"unit": question.unit_id, **named})
        return {row.word: row.questions for row in rows}

    async def _sharing_most(
        self, question: Question, telling: Sequence[str], frequencies: Frequencies
    ) -> Sequence[int]:
        together = await self._together(question)
        weight = sa.case({word: frequencies.weight(word) for word in telling}, value=_W.word, else_=0.0)
        rows = await self._session.scalars(
            sa.select(_W.question_id)
            .where(_W.unit_id == question.unit_id, _W.word.in_(telling), _W.question_id.not_in(together))
            .group_by(_W.question_id)
            .order_by(sa.func.sum(weight).desc(), _W.question_id.desc())
            .limit(CANDIDATES)
        )
        return rows.all()

    async def _together(self, question: Question) -> Sequence[int]:
        """The question itself, and what is joined with it: one answer for all, so none learns from another."""
        lead = await self._session.scalar(sa.select(_G.lead_id).where(_G.question_id == question.id)) or question.id
        members = await self._session.scalars(sa.select(_G.question_id).where(_G.lead_id == lead))
        return [question.id, lead, *members]


@cache
def _counting(words: int) -> sa.CompoundSelect[Any]:
    """How often each of so many words is stored in a unit. Built once for each number: that costs more than asking."""
    unit = sa.bindparam("unit", type_=_W.unit_id.type)
    each = []
    for n in range(words):
        word = sa.bindparam(f"word_{n}", type_=_W.word.type)
        found = sa.select(_W.question_id).where(_W.unit_id == unit, _W.word == word).limit(COUNTED).subquery()
        each.append(sa.select(word.label("word"), sa.func.count().label("questions")).select_from(found))
    return sa.union_all(*each)


def _shown(hidden_but: Iterable[DeskId] | None) -> tuple[sa.ColumnElement[bool], ...]:
    worked_with = _Q.restricted.is_(sa.false())
    if hidden_but is None:
        return (worked_with,)
    return (worked_with, sa.or_(~_Q.sensitive, _Q.desk_id.in_(list(hidden_but))))
