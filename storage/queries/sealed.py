"""What is kept sealed, and taking the words of a question out of everything that hangs on it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa

from intake.rules.message import forget_params
from intake.rules.outbox.letter import LetterState
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId
from intake.rules.questions.question import QuestionId
from intake.rules.sealed.matter import KeyId, MatterId, SealedFile, SealedKey, SealedMatter, SealedPart
from storage import tables as t
from storage.transaction import Transaction

Noun = TypeVar("Noun")


@cache
def _keys_of_officer() -> sa.Select[Any]:
    """Asked for with every page of the desk, so it is built once."""
    mine = (t.sealed_keys.c.person_id == sa.bindparam("person"), t.sealed_keys.c.ended_at.is_(None))
    return sa.select(SealedKey).where(*mine).order_by(t.sealed_keys.c.id)


class SealedRows:
    """Keys, matters, parts and files that nobody here can read."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def add_key(self, key: SealedKey) -> SealedKey:
        return await self._add(key)

    async def key_of(self, unit_id: UnitId) -> SealedKey | None:
        newest = sa.select(SealedKey).where(t.sealed_keys.c.unit_id == unit_id).order_by(t.sealed_keys.c.id.desc())
        return await self._locked(newest.limit(1))

    async def key(self, key_id: KeyId) -> SealedKey | None:
        return await self._locked(sa.select(SealedKey).where(t.sealed_keys.c.id == key_id))

    async def keys_of(self, unit_ids: Iterable[UnitId]) -> Sequence[SealedKey]:
        rows = sa.select(SealedKey).where(t.sealed_keys.c.unit_id.in_(list(unit_ids)))
        return (await self._session.scalars(rows.order_by(t.sealed_keys.c.id.desc()))).all()

    async def received(self, unit_id: UnitId, first: date, last: date) -> int:
        c = t.sealed_matters.c
        found = sa.select(sa.func.count()).where(c.unit_id == unit_id, c.received_on.between(first, last))
        return int(await self._session.scalar(found) or 0)

    async def keys_of_officer(self, person_id: PersonId) -> Sequence[SealedKey]:
        return (await self._session.scalars(_keys_of_officer(), {"person": person_id})).all()

    async def add_matter(self, matter: SealedMatter) -> SealedMatter:
        return await self._add(matter)

    async def matter(self, matter_id: MatterId) -> SealedMatter | None:
        return await self._locked(sa.select(SealedMatter).where(t.sealed_matters.c.id == matter_id))

    async def by_code(self, code_digest: str) -> SealedMatter | None:
        return await self._locked(sa.select(SealedMatter).where(t.sealed_matters.c.code_digest == code_digest))

    async def matters(self, unit_id: UnitId) -> Sequence[SealedMatter]:
        rows = sa.select(SealedMatter).where(t.sealed_matters.c.unit_id == unit_id)
        return (await self._session.scalars(rows.order_by(t.sealed_matters.c.id.desc()))).all()

    async def waiting(self, unit_ids: Iterable[UnitId]) -> int:
        counted = (
            sa.select(sa.func.count())
            .select_from(t.sealed_matters)
            .where(t.sealed_matters.c.unit_id.in_(list(unit_ids)), t.sealed_matters.c.waits)
        )
        return int(await self._session.scalar(counted) or 0)

    async def add_part(self, part: SealedPart) -> SealedPart:
        return await self._add(part)

    async def parts(self, matter_id: MatterId) -> Sequence[SealedPart]:
        rows = sa.select(SealedPart).where(t.sealed_parts.c.matter_id == matter_id).order_by(t.sealed_parts.c.id)
        return (await self._session.scalars(rows)).all()

    async def parts_of(self, unit_id: UnitId) -> Sequence[SealedPart]:
        rows = sa.select(SealedPart).join(t.sealed_matters, t.sealed_matters.c.id == t.sealed_parts.c.matter_id)
        rows = rows.where(t.sealed_matters.c.unit_id == unit_id).order_by(t.sealed_parts.c.id)
        return (await self._session.scalars(rows)).all()

    async def add_file(self, file: SealedFile) -> None:
        await self._add(file)

    async def files(self, part_ids: Collection[int]) -> Sequence[SealedFile]:
        rows = sa.select(SealedFile).where(t.sealed_files.c.part_id.in_(list(part_ids))).order_by(t.sealed_files.c.id)
        return (await self._session.scalars(rows)).all()

    async def under_other_keys(self, key: SealedKey) -> Sequence[SealedPart]:
        keys, of_part = t.sealed_keys.c, t.sealed_parts.c.key_id
        same = sa.select(keys.id).where(keys.recipient == key.recipient, keys.recipient != "", keys.id != key.id)
        other = sa.or_(of_part.is_(None), sa.and_(of_part != key.id, of_part.not_in(same)))
        rows = (
            sa.select(SealedPart)
            .join(t.sealed_matters, t.sealed_matters.c.id == t.sealed_parts.c.matter_id)
            .where(t.sealed_matters.c.unit_id == key.unit_id, other)
            .order_by(t.sealed_parts.c.id)
        )
        return (await self._session.scalars(rows)).all()

    async def replace_part(self, part: SealedPart, key_id: KeyId, ciphertext: bytes) -> None:
        new = {"key_id": key_id, "ciphertext": ciphertext}
        await self._session.execute(sa.update(t.sealed_parts).where(t.sealed_parts.c.id == part.id).values(new))

    async def replace_file(self, file: SealedFile, name: str) -> None:
        await self._session.execute(sa.update(t.sealed_files).where(t.sealed_files.c.id == file.id).values(name=name))

    async def empty_question(self, question_id: QuestionId) -> Sequence[str]:
        """See `Sealed.empty_question`."""
        kept = (t.proposals.c.text, t.proposals.c.note, t.urgent_flags.c.reason, t.protections.c.reason)
        said = [
            text
            for column in (*kept, t.answer_drafts.c.text)
            for text in await self._session.scalars(sa.select(column).where(column.table.c.question_id == question_id))
        ]
        run = self._session.execute
        gone = (
            t.attachments,
            t.question_words,
            t.group_members,
            t.nudges,
            t.protections,
            t.answer_drafts,
            t.question_news,
        )
        for table in gone:
            await run(sa.delete(table).where(table.c.question_id == question_id))
        await run(sa.delete(t.group_members).where(t.group_members.c.lead_id == question_id))
        await run(sa.delete(t.conclusion_links).where(t.conclusion_links.c.question_id == question_id))
        empty = {"text": "", "note": "", "agency": ""}
        await run(sa.update(t.proposals).where(t.proposals.c.question_id == question_id).values(empty))
        mine = t.urgent_flags.c.question_id == question_id
        await run(sa.update(t.urgent_flags).where(mine).values(reason="", taken_back_reason=""))
        said += await self._leave_drafts(question_id)
        about = t.letters.c.question_id == question_id
        await run(sa.delete(t.letters).where(about, t.letters.c.state != LetterState.SENT))
        await run(sa.update(t.letters).where(about).values(content=forget_params({}), question_id=None))
        return [text for text in said if text]

    async def _leave_drafts(self, question_id: QuestionId) -> list[str]:
        """End whatever is being typed about a question in any chat; returns what was typed so far."""
        said = t.conversations.c
        rows = await self._session.execute(
            sa.select(said.account_id, said.draft).where(
                sa.cast(said.draft, sa.Text).like(f'%"question": {int(question_id)}%')
            )
        )
        drafts = {row.account_id: row.draft for row in rows if row.draft.get("question") == question_id}
        nothing = {"step": "", "draft": {}, "offered": []}
        await self._session.execute(sa.update(t.conversations).where(said.account_id.in_(drafts)).values(nothing))
        kept = ("reference", "desk")  # names of things, which stand in other lines as well
        return [
            text
            for draft in drafts.values()
            for name, text in draft.items()
            if isinstance(text, str) and name not in kept
        ]

    async def _add(self, noun: Noun) -> Noun:
        self._session.add(noun)
        await self._session.flush()
        return noun

    async def _locked(self, statement: sa.Select[Noun]) -> Noun | None:
        rows = await self._session.scalars(statement.with_for_update().execution_options(populate_existing=True))
        return rows.one_or_none()
