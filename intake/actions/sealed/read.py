"""What the named officer does at the desk: opening the key, reading, saying how far a matter is. All of it is noted."""

from collections.abc import Sequence

from intake.actions.sealed.keys import keep_anew, officers_keys
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.people.person import Person
from intake.rules.sealed.matter import (
    KeyId,
    MatterId,
    SealedAnew,
    SealedFile,
    SealedKey,
    SealedMatter,
    SealedPart,
    SealedState,
)


async def my_key(uow: UnitOfWork, person: Person, key_id: KeyId) -> SealedKey:
    """A key of which the person is the named officer now; `NotFound` for any other."""
    for key in await officers_keys(uow, person):
        if key.id == key_id:
            return key
    raise NotFound


async def how_many_wait(uow: UnitOfWork, person: Person) -> int | None:
    """In how many matters there is something the officer has not read; None for whoever is no officer."""
    keys = await officers_keys(uow, person)
    return await uow.sealed.waiting([key.unit_id for key in keys]) if keys else None


async def keep_under_passphrase(
    uow: UnitOfWork, *, person: Person, key_id: KeyId, recipient: str, wrapped: str
) -> None:
    """Store the officer's new key as the passphrase wraps it, or the same key under another passphrase."""
    key = await my_key(uow, person, key_id)
    if key.recipient and key.recipient != recipient:
        raise NotFound
    key.recipient, key.wrapped, key.wrong = recipient, wrapped, 0
    await _note(uow, person, "set_sealed_passphrase", f"unit:{key.unit_id}", key=key.id)


async def tries_passphrase(uow: UnitOfWork, *, person: Person, key_id: KeyId) -> SealedKey:
    """The key, to be tried with a passphrase. Raises `RuleBroken` after too many wrong ones."""
    key = await my_key(uow, person, key_id)
    if not key.may_try(uow.now):
        raise RuleBroken("refusal.passphrase_tries")
    return key


async def note_try(uow: UnitOfWork, *, person: Person, key_id: KeyId, right: bool) -> None:
    """Note that the store was opened, or that a wrong passphrase was tried."""
    key = await my_key(uow, person, key_id)
    if right:
        key.wrong = 0
    else:
        key.count_wrong(uow.now)
    await _note(uow, person, "open_sealed_store" if right else "fail_to_open_sealed_store", f"unit:{key.unit_id}")


async def parts_to_read(
    uow: UnitOfWork, *, person: Person, key: SealedKey, matter_id: MatterId
) -> Sequence[SealedPart]:
    """The parts of a matter of the key's unit; that they are read now is noted. Raises `NotFound` for another's."""
    matter = await _mine(uow, key, matter_id)
    matter.waits = False
    await _note(uow, person, "read_sealed", f"sealed:{matter.id}")
    return await uow.sealed.parts(matter.id)


async def file_to_read(
    uow: UnitOfWork, *, person: Person, key: SealedKey, matter_id: MatterId, name: str
) -> SealedFile:
    """A file of a matter of the key's unit; that it is opened now is noted. Raises `NotFound` for another's."""
    matter = await _mine(uow, key, matter_id)
    parts = await uow.sealed.parts(matter.id)
    for file in await uow.sealed.files([part.id for part in parts]):
        if file.name == name:
            await _note(uow, person, "read_sealed_file", f"sealed:{matter.id}", file=file.id)
            return file
    raise NotFound


async def set_state(
    uow: UnitOfWork, *, person: Person, key: SealedKey, matter_id: MatterId, state: SealedState
) -> SealedMatter:
    """Say how far a matter is, which is all its sender sees."""
    matter = await _mine(uow, key, matter_id)
    matter.state = state
    await _note(uow, person, "set_sealed_state", f"sealed:{matter.id}", state=state.value)
    return matter


async def seal_anew(uow: UnitOfWork, *, person: Person, key: SealedKey, done: Sequence[SealedAnew]) -> None:
    """Store parts of earlier keys as they were sealed for this one."""
    await keep_anew(uow, key, done)
    await _note(uow, person, "seal_anew", f"unit:{key.unit_id}", parts=len(done))


async def _mine(uow: UnitOfWork, key: SealedKey, matter_id: MatterId) -> SealedMatter:
    matter = await uow.sealed.matter(matter_id)
    if matter is None or matter.unit_id != key.unit_id:
        raise NotFound
    return matter


async def _note(uow: UnitOfWork, person: Person, act: str, subject: str, **detail: int | str) -> None:
    await uow.ledger.write(AuditEntry(uow.now, person.id, act, subject, detail))
