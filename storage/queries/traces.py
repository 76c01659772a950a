"""What somebody typed and is promised to be forgotten: found wherever it was written to, and taken out (LAW C4, C5)."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from intake.rules.meetings.meeting import MeetingId
from intake.rules.message import forget_params, showing
from intake.rules.outbox.letter import LetterState
from intake.rules.papers.kinds import REPORTS
from intake.rules.people.person import AccountId, PersonId
from intake.rules.people.retention import OldTrace
from intake.rules.people.unit import UnitId
from intake.rules.questions.question import QuestionId
from storage import tables as t
from storage.queries.old_traces import old_rows
from storage.transaction import Transaction

_FILE_NAME = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_LARGE = (t.web_messages, t.letters)
_PART = 20_000
"""How many ids of a large table are looked through at once: nobody in the inbound queue waits longer than for these."""
_TELLING = 6
"""Letters from which on a piece is known again inside other words."""
_GONE = "…"
"""What stands where a name was taken out."""
_LOOKED_THROUGH = 400
"""How many of a chat's last lines and letters are looked at: what was typed in one go lies among them."""

_DOTS = "••••••"
"""What stands in the place of a code that was used."""


class TraceRows:
    """The places besides the question itself where typed words and files lie: lines of the web chat, letters, files."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._now = transaction.now
        self._takes_back = transaction.channel_policy.takes_back
        self.dropped: list[str] = []
        """Files to remove once this is committed: no line, question or letter has them any more."""
        self.forgot = False

    async def forget(self, account_id: AccountId, texts: Sequence[str], files: Sequence[str]) -> None:
        """Take these words and files out of a chat: its lines, and the letters that repeat them.

        A page that shows the lines is told to take them away. Files go after the commit, unless something else has
        them that is kept: a question, a task, the register of documents.
        """
        self.forgot = True
        wanted = [*(text.strip() for text in texts if text.strip()), *files]
        if not wanted:
            return
        lines = t.web_messages
        told = await self._newest(lines.c.id, lines.c.said, lines.c.account_id == account_id)
        gone = {number: line for number, line in told if _has(line, wanted)}
        if gone:
            await self._session.execute(sa.delete(lines).where(lines.c.id.in_(list(gone))))
            # a page that typed them may never have seen their lines: it knows what it is sending by the event
            sent = [line["event"] for line in gone.values() if isinstance(line, dict) and line.get("event")]
            said = {"forget": list(gone), "sent": sent}
            note: dict[str, Any] = {"account_id": account_id, "letter_id": None, "said": said, "at": self._now}
            await self._session.execute(sa.insert(lines).values(note))
        letters = t.letters
        written = await self._newest(letters.c.id, letters.c.content, letters.c.account_id == account_id)
        repeats = [number for number, content in written if _has(content, wanted)]
        if repeats:
            mine = letters.c.id.in_(repeats)
            await self._session.execute(sa.delete(letters).where(mine, letters.c.state != LetterState.SENT))
            await self._session.execute(sa.update(letters).where(mine).values(content=forget_params({})))
        kept = await self._kept_besides(files)
        self.dropped += [name for name in files if name not in kept]

    async def _kept_besides(self, names: Collection[str]) -> set[str]:
        """Those of the files that belong to more than a chat: to a question, a task, a document, a template."""
        kept: set[str] = set()
        for column in _columns_naming_files():
            if column.name.endswith("sha256") and column.table is not t.data_copies:
                kept |= set(await self._session.scalars(sa.select(column).where(column.in_(sorted(names)))))
        return kept

    async def named_files(self, part: int) -> Collection[str] | None:
        """A part is a slice of the ids of the two large tables; whatever else there is comes with the first one."""
        columns = _columns_naming_files()
        names: set[str] = set()
        if part == 0:
            for column in columns:
                if column.table not in _LARGE:
                    names |= await self._named_in(column)
        last = 0
        for table in _LARGE:
            newest = await self._session.scalar(sa.select(sa.func.max(table.c.id))) or 0
            last = max(last, newest)
            if newest > part * _PART:
                here = sa.and_(table.c.id > part * _PART, table.c.id <= (part + 1) * _PART)
                for column in columns:
                    if column.table is table:
                        names |= await self._named_in(column, here)
        return names if part == 0 or last > part * _PART else None

    async def _named_in(self, column: sa.Column[Any], where: sa.ColumnElement[bool] | None = None) -> set[str]:
        as_stored = sa.cast(column, sa.Text)
        asked = sa.select(as_stored).where(column.is_not(None))
        if isinstance(column.type, sa.JSON):
            asked = asked.where(sa.or_(as_stored.contains('"sha256"'), as_stored.contains('"attachments": ["')))
        if where is not None:
            asked = asked.where(where)
        return {name for row in await self._session.execute(asked) for name in _FILE_NAME.findall(row[0])}

    async def mask(self, account_ids: Iterable[AccountId], code: str) -> None:
        lines = t.web_messages
        as_stored = sa.cast(lines.c.said, sa.Text)
        with_code = (lines.c.account_id.in_(list(account_ids)), as_stored.contains(code, autoescape=True))
        for row in await self._session.execute(sa.select(lines.c.id, as_stored).where(*with_code)):
            masked = json.loads(row[1].replace(code, _DOTS))
            await self._session.execute(sa.update(lines).where(lines.c.id == row.id).values(said=masked))

    async def recall_about(self, question_id: QuestionId, people: Collection[PersonId] | None = None) -> None:
        about = t.letters.c.question_id == question_id
        if people is not None:
            theirs = sa.select(t.accounts.c.id).where(t.accounts.c.person_id.in_(sorted(people)))
            about = sa.and_(about, t.letters.c.account_id.in_(theirs))
        await self._recall(about)

    async def recall_fleeting(self, account_id: AccountId) -> None:
        without_words = t.letters.c.content["key"].as_string() == ""
        await self._recall(sa.and_(t.letters.c.account_id == account_id, without_words))

    async def forget_shown(self, people: Collection[PersonId], references: Collection[str]) -> None:
        theirs = sa.select(t.accounts.c.id).where(t.accounts.c.person_id.in_(sorted(people)))
        opened = t.letters.c.question_id.is_(None)  # what was sent by itself is news
        showed = sa.and_(t.letters.c.account_id.in_(theirs), opened, _shows(references))
        await self._recall(showed)
        told = sa.update(t.letters).where(showed, t.letters.c.state == LetterState.SENT)
        await self._session.execute(told.values(content=forget_params({})))

    async def _recall(self, which: sa.ColumnElement[bool]) -> None:
        """Note for the relays which messages are to be deleted where they were sent, and until when that can be."""
        sent, chat = t.letters.c, t.accounts.c
        for network, within in self._takes_back.items():
            rows = await self._session.execute(
                sa.select(chat.channel, chat.address, sent.network_message_id, sent.sent_at)
                .join(t.accounts, chat.id == sent.account_id)
                .where(which, chat.network == network, sent.state == LetterState.SENT)
                .where(sent.sent_at > self._now - within, sent.network_message_id.is_not(None))
                .order_by(sent.id)
            )
            wanted = [
                {"network": network, "channel": row[0], "address": row[1], "message": row[2], "until": row[3] + within}
                for row in rows
            ]
            if wanted:
                await self._session.execute(sa.insert(t.message_recalls), wanted)

    async def forget_chat(self, account_id: AccountId) -> None:
        self.forgot = True
        await self._recall(t.letters.c.account_id == account_id)
        said = t.web_messages
        drafted = t.conversations
        held = [
            *await self._session.scalars(sa.select(said.c.said).where(said.c.account_id == account_id)),
            *await self._session.scalars(sa.select(drafted.c.draft).where(drafted.c.account_id == account_id)),
        ]
        names = {one for value in held for text in _strings(value) for one in _FILE_NAME.findall(text)}
        self.dropped += sorted(names - await self._kept_besides(names))
        await self._session.execute(sa.delete(said).where(said.c.account_id == account_id))

    async def count_old(self, kind: OldTrace, before: datetime) -> int:
        old = old_rows(kind, before)
        rows = sa.select(sa.func.count()).select_from(old.key.table).where(old.where)
        return int(await self._session.scalar(rows) or 0)

    async def forget_old(self, kind: OldTrace, before: datetime, limit: int) -> int:
        old, table = old_rows(kind, before), old_rows(kind, before).key.table
        ids = list(await self._session.scalars(sa.select(old.key).where(old.where).order_by(old.key).limit(limit)))
        if ids:
            self.forgot = True
            mine = old.key.in_(ids)
            change = sa.delete(table) if old.values is None else sa.update(table).values(old.values)
            await self._session.execute(change.where(mine))
        return len(ids)

    async def forget_copies(self, person_id: PersonId) -> None:
        self.forgot = True
        copies = t.data_copies.c
        for names in await self._session.execute(
            sa.select(copies.document_sha256, copies.json_sha256).where(copies.person_id == person_id)
        ):
            self.dropped += names
        await self._session.execute(sa.delete(t.data_copies).where(copies.person_id == person_id))

    async def forget_papers(
        self, references: Collection[str], meeting_ids: Collection[MeetingId], *, reports_of: UnitId | None = None
    ) -> None:
        self.forgot = True
        made, known = t.made_papers, t.documents
        wanted: sa.ColumnElement[bool] = made.c.about.in_([*references, *(str(one) for one in meeting_ids)])
        if reports_of is not None:
            plans = sa.select(t.plans.c.id).where(t.plans.c.unit_id == reports_of)
            wanted = sa.or_(wanted, sa.and_(made.c.kind.in_(list(REPORTS)), made.c.plan_id.in_(plans)))
        names = set(await self._session.scalars(sa.select(made.c.content_name).where(wanted)))
        names.discard("")  # one that is being made is begun anew, since what it was begun with is taken away here
        await self._session.execute(sa.delete(made).where(wanted))
        theirs = known.c.about.in_(list(references))
        for files in await self._session.execute(sa.select(known.c.final_sha256, known.c.scan_sha256).where(theirs)):
            names |= {name for name in files if name is not None}
        emptied = {"final_sha256": None, "scan_sha256": None}
        await self._session.execute(sa.update(known).where(theirs).values(emptied))
        for column in (known.c.final_sha256, known.c.scan_sha256):
            names -= set(await self._session.scalars(sa.select(column).where(column.in_(sorted(names)))))
        if names:
            await self._take_files_out(names)
            self.dropped += sorted(names)

    async def _take_files_out(self, names: Collection[str]) -> None:
        """Let no line and no letter on its way lead to these files any more; at the office they are taken back."""
        office = sa.select(t.accounts.c.id).join(t.grants, t.grants.c.person_id == t.accounts.c.person_id)
        shown = _shows([showing(name) for name in names])
        await self._recall(sa.and_(t.letters.c.account_id.in_(office), shown))
        for key, value, where in (
            (t.web_messages.c.id, t.web_messages.c.said, sa.true()),
            (t.letters.c.id, t.letters.c.content, t.letters.c.state != LetterState.SENT),
        ):
            stored = sa.cast(value, sa.Text)
            naming = sa.select(key, value).where(where, sa.or_(*(stored.contains(name) for name in sorted(names))))
            for row in (await self._session.execute(naming)).all():
                left = _without_files(row[1], names)
                await self._session.execute(sa.update(key.table).where(key == row[0]).values({value: left}))

    async def forget_person(
        self, person_id: PersonId, names: Collection[str], phones: Collection[str], since: datetime
    ) -> None:
        self.forgot = True
        pieces = {piece: _number_alone(piece) for phone in phones for piece in _ways_to_write(phone)}
        for name in sorted(names, key=len, reverse=True):  # one may be the beginning of another
            theirs = await self._others_with(name, person_id)
            if " " in name and name not in theirs:
                pieces[name] = _name_alone(name, theirs)
        lines, letters, drafts = t.web_messages.c, t.letters.c, t.conversations.c
        for piece, alone in pieces.items():
            await self._take_out(lines.id, lines.said, piece, alone, lines.at >= since)
            await self._take_out(letters.id, letters.content, piece, alone, letters.created_at >= since)
            await self._take_out(drafts.account_id, drafts.draft, piece, alone, sa.true())
            await self._take_words_out(piece, alone, since)

    async def _others_with(self, name: str, person_id: PersonId) -> set[str]:
        """The names of others that are this one, or have it as a part: `Lê Hoa Mai` has `Lê Hoa`; of guests the latter.

        A guest of the very name may be the person, on a list nobody has joined to them.
        """
        persons, guests = t.persons.c, t.guests.c
        others = sa.select(persons.name).where(persons.name.contains(name, autoescape=True), persons.id != person_id)
        invited = sa.select(guests.name).where(guests.name.contains(name, autoescape=True), guests.name != name)
        return set((await self._session.scalars(others.union(invited))).all())

    async def _take_out(
        self,
        key: sa.Column[Any],
        value: sa.Column[Any],
        piece: str,
        alone: re.Pattern[str],
        where: sa.ColumnElement[bool],
    ) -> None:
        """Put `_GONE` where the piece stood in a column of JSON, which is stored with its letters escaped."""
        stored = sa.cast(value, sa.Text).contains(json.dumps(piece)[1:-1], autoescape=True)
        for row in (await self._session.execute(sa.select(key, value).where(where, stored))).all():
            await self._session.execute(
                sa.update(key.table).where(key == row[0]).values({value: _without(row[1], alone)})
            )

    async def _take_words_out(self, piece: str, alone: re.Pattern[str], since: datetime) -> None:
        """Words beside the audit trail go whole: other words in their place would pass for a forgery."""
        words, entries = t.audit_words.c, t.audit_entries.c
        since_then = sa.exists().where(
            entries.subject == words.subject,
            entries.at >= since,
            sa.cast(entries.detail, sa.Text).contains(words.digest),
        )
        named = sa.select(words.digest, words.text).where(words.text.contains(piece, autoescape=True), since_then)
        gone = [row.digest for row in await self._session.execute(named) if _says(row.text, alone)]
        await self._session.execute(sa.delete(t.audit_words).where(words.digest.in_(gone)))

    async def _newest(
        self, number: sa.Column[int], content: sa.Column[Any], where: sa.ColumnElement[bool]
    ) -> list[tuple[int, Any]]:
        """What was said last, as it was said; letters of a broadcast are left out, they have no words of their own."""
        as_stored = sa.cast(content, sa.Text)
        own = sa.select(number, as_stored).where(where, content.is_not(None))
        rows = await self._session.execute(own.order_by(number.desc()).limit(_LOOKED_THROUGH))
        return [(row[0], _read(row[1])) for row in rows]


def _shows(told: Collection[str]) -> sa.ColumnElement[bool]:
    """Whether what is kept of a letter says that it told of one of these references or files (`forget_params`)."""
    stored = sa.cast(t.letters.c.content, sa.Text)
    return sa.or_(*(stored.contains(json.dumps(one), autoescape=True) for one in sorted(told)))


def _columns_naming_files() -> list[sa.Column[Any]]:
    """Every column that can name a file: those for it, and those that hold JSON; tables added later are among them."""
    return [
        column
        for table in t.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("sha256") or isinstance(column.type, sa.JSON)
    ]


def _read(stored: str) -> Any:
    """A stored JSON value; of half a line of an old version, its letters as they stand: rather one too many."""
    try:
        return json.loads(stored)
    except ValueError:
        return stored


def _has(value: Any, wanted: Sequence[str]) -> bool:
    """Whether a JSON value says one of the pieces; a very short one only where it is all that is said."""
    said = list(_strings(value))
    return any(piece == one or (len(piece) >= _TELLING and piece in one) for piece in wanted for one in said)


def _name_alone(name: str, theirs: Collection[str]) -> re.Pattern[str]:
    """A name by itself, in the group `gone`: no part of a longer word, nor of `theirs`, which are found besides."""
    either = "|".join(
        [re.escape(one) for one in sorted(theirs, key=len, reverse=True)] + [f"(?P<gone>{re.escape(name)})"]
    )
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")


def _number_alone(number: str) -> re.Pattern[str]:
    """A number by itself, in the group `gone`; letters may stand close to it: "sđt0912345678"."""
    return re.compile(rf"(?<!\d)(?P<gone>{re.escape(number)})(?!\d)")


def _says(text: str, piece: re.Pattern[str]) -> bool:
    return any(found["gone"] for found in piece.finditer(text))


def _without(value: Any, piece: re.Pattern[str]) -> Any:
    """The same JSON value, `_GONE` wherever the piece was said."""
    if isinstance(value, str):
        return piece.sub(lambda found: _GONE if found["gone"] else found[0], value)
    if isinstance(value, dict):
        return {name: _without(one, piece) for name, one in value.items()}
    return [_without(one, piece) for one in value] if isinstance(value, list) else value


def _without_files(value: Any, names: Collection[str]) -> Any:
    """The same JSON value, its lists without these files: content names, and objects that have one."""
    if isinstance(value, dict):
        return {name: _without_files(one, names) for name, one in value.items()}
    if not isinstance(value, list):
        return value
    return [_without_files(one, names) for one in value if _file_of(one) not in names]


def _file_of(entry: Any) -> str:
    """The content name an entry of a list stands for: itself, or that of the object it is."""
    name = entry.get("sha256") if isinstance(entry, dict) else entry
    return name if isinstance(name, str) else ""


def _ways_to_write(phone: str) -> list[str]:
    """A number in E.164 as it is kept and as people write it."""
    return [phone, f"0{phone.removeprefix('+84')}"] if phone.startswith("+84") else [phone]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)
