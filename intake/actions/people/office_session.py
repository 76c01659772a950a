"""Coming in to the desk: a browser shows a code, somebody says yes in their chat, and it is theirs for a while."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.people.account_link import count_wrong, may_guess
from intake.rules.people.office_session import (
    AT_THE_DESK,
    CODE_DIGITS,
    CODE_VALID_FOR,
    KEPT_FOR,
    MOST_ASKING,
    NOTED_EVERY,
    OfficeEntry,
    OfficeSession,
)
from intake.rules.people.person import Account, AccountId, Grant, Person, PersonId


@dataclass(frozen=True, slots=True)
class AtTheDesk:
    """Who sits in a browser, and with which roles at this moment."""

    session: OfficeSession
    person: Person
    grants: tuple[Grant, ...]


async def ask_in(uow: UnitOfWork, *, token: str, browser: str) -> str:
    """A browser that holds the secret `token` asks to be let in. Returns the code it shows, good for three minutes.

    Raises `RuleBroken` while too many ask.
    """
    if await uow.browsers.asking() >= MOST_ASKING:
        raise RuleBroken("refusal.too_many_ask_in")
    code = uow.vault.new_digits(CODE_DIGITS)
    while await uow.browsers.entry_by_code(uow.vault.digest(code)) is not None:
        code = uow.vault.new_digits(CODE_DIGITS)
    await uow.browsers.add_entry(
        OfficeEntry(_digest(uow, token), uow.vault.digest(code), browser, uow.now, uow.now + CODE_VALID_FOR)
    )
    return code


async def entry_of(uow: UnitOfWork, token: str) -> OfficeEntry | None:
    """How far a browser has come that asks to be let in; None where it does not ask, or not any more."""
    entry = await uow.browsers.entry_by_token(_digest(uow, token))
    return entry if entry is not None and entry.holds(uow.now) else None


def shows(uow: UnitOfWork, entry: OfficeEntry, code: str) -> bool:
    """Whether this is the code the browser was given."""
    return uow.vault.digest(code) == entry.code_digest


async def find_entry(uow: UnitOfWork, account: Account, code: str) -> OfficeEntry | None:
    """The browser that shows a typed code; None where none does, which is counted as a wrong guess.

    Raises `RuleBroken` in a chat that has guessed too often.
    """
    if not may_guess(account, uow.now):
        raise RuleBroken("refusal.link_guesses")
    entry = await uow.browsers.entry_by_code(uow.vault.digest(code))
    if entry is None or entry.person_id is not None or entry.claimed_by not in (None, account.id):
        count_wrong(account, uow.now)
        return None
    account.wrong_codes = 0
    entry.claimed_by = account.id
    return entry


async def let_in(uow: UnitOfWork, *, person: Person, account: Account, entry_id: int) -> OfficeEntry:
    """The person says yes to a browser whose code was typed in this chat. Raises `NotFound` when that is over."""
    entry = await _claimed(uow, account, entry_id)
    await _require_desk(uow, person)
    entry.person_id = person.id
    return entry


async def turn_away(uow: UnitOfWork, *, account: Account, entry_id: int) -> None:
    """The person says no to a browser: its code is over. Raises `NotFound` as `let_in` does."""
    (await _claimed(uow, account, entry_id)).ended_at = uow.now


async def come_in(uow: UnitOfWork, *, entry: OfficeEntry, token: str) -> OfficeSession | None:
    """Open the desk in a browser that was let in, under a new secret; None where nobody has said yes (yet)."""
    if entry.person_id is None or entry.claimed_by is None or not entry.holds(uow.now):
        return None
    entry.ended_at = uow.now
    person = (await uow.people.many([entry.person_id]))[entry.person_id]
    return await open_session(uow, person=person, account_id=entry.claimed_by, browser=entry.browser, token=token)


async def open_session(
    uow: UnitOfWork, *, person: Person, account_id: AccountId, browser: str, token: str
) -> OfficeSession:
    """Open the desk for a person. Raises `NotFound` for whoever has nothing to do there."""
    await _require_desk(uow, person)
    session = OfficeSession(_digest(uow, token), person.id, account_id, browser, uow.now, uow.now)
    await uow.browsers.add_session(session)
    await _note(uow, person.id, "open_desk", session)
    return session


async def at_the_desk(uow: UnitOfWork, token: str) -> AtTheDesk | None:
    """Who sits in the browser with this secret; None where nobody does, or nobody who has a role any more."""
    found = await uow.browsers.session_by_token(_digest(uow, token))
    if found is None:
        return None
    session, person = found
    if not session.holds(uow.now):
        return None
    grants = tuple(await uow.people.grants_of(session.person_id))
    if not any(grant.role in AT_THE_DESK for grant in grants):
        return None
    return AtTheDesk(session, person, grants)


def is_to_be_noted(uow: UnitOfWork, session: OfficeSession) -> bool:
    """Whether the last use of a browser lies so far back that it is worth noting the new one."""
    return uow.now - session.seen_at >= NOTED_EVERY


async def note_use(uow: UnitOfWork, token: str) -> None:
    """Note that a browser is being used just now, which is what keeps it from closing by itself."""
    desk = await at_the_desk(uow, token)
    if desk is not None:
        desk.session.seen_at = uow.now


async def sessions_of(uow: UnitOfWork, person: Person) -> Sequence[OfficeSession]:
    """The browsers in which a person sits at the desk at this moment, the last opened first."""
    return [one for one in await uow.browsers.open_sessions(person.id) if one.holds(uow.now)]


async def end_session(uow: UnitOfWork, *, person: Person, session_id: int) -> OfficeSession:
    """Close the desk in one of the person's browsers. Raises `NotFound` for somebody else's and for a closed one."""
    for session in await sessions_of(uow, person):
        if session.id == session_id:
            session.ended_at = uow.now
            await _note(uow, person.id, "close_desk", session)
            return session
    raise NotFound


async def end_sessions(uow: UnitOfWork, person: Person, *, account_id: AccountId | None = None) -> int:
    """Close the desk in every browser of a person, or in those one of their chats let in. Returns how many."""
    ended = [one for one in await sessions_of(uow, person) if account_id in (None, one.account_id)]
    for session in ended:
        session.ended_at = uow.now
        await _note(uow, person.id, "close_desk", session)
    return len(ended)


async def forget_browsers(uow: UnitOfWork) -> int:
    """Forget which browsers asked and were let in more than `KEPT_FOR` ago; the audit knows. Returns how many."""
    return await uow.browsers.prune(uow.now - KEPT_FOR)


async def _claimed(uow: UnitOfWork, account: Account, entry_id: int) -> OfficeEntry:
    entry = await uow.browsers.entry(entry_id)
    if entry is None or entry.claimed_by != account.id or entry.person_id is not None or not entry.holds(uow.now):
        raise NotFound
    return entry


async def _require_desk(uow: UnitOfWork, person: Person) -> None:
    if not any(grant.role in AT_THE_DESK for grant in await uow.people.grants_of(person.id)):
        raise NotFound


def _digest(uow: UnitOfWork, token: str) -> str:
    return uow.vault.digest(f"desk {token}")


async def _note(uow: UnitOfWork, person_id: PersonId, act: str, session: OfficeSession) -> None:
    await uow.ledger.write(AuditEntry(uow.now, person_id, act, f"person:{person_id}", {"session": session.id}))
