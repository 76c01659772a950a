"""Sealing what is dangerous to whoever wrote it: a denunciation, what is added to it, word of retaliation (LAW C4).

None of these is an entry of the audit: it would say at which moment which chat had one. That the matter is there, its
state and every reading say enough.
"""

from collections.abc import Sequence

from intake.actions.outbox.tell import tell
from intake.actions.people.enrol import home_unit
from intake.actions.people.roles import tell_power
from intake.actions.questions.ask_question import clean_question
from intake.actions.sealed.keys import has_officer
from intake.actions.sealed.naming import nameable
from intake.ports import UnitOfWork
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.files import NewFile
from intake.rules.message import Message, button
from intake.rules.people.account_link import count_wrong, may_guess
from intake.rules.people.person import Account, Person
from intake.rules.people.unit import Unit
from intake.rules.sealed.contents import FileNote, SealedContents, packed
from intake.rules.sealed.matter import (
    CODE_LENGTH,
    MatterId,
    SealedFile,
    SealedKey,
    SealedKind,
    SealedMatter,
    SealedPart,
)
from intake.rules.sealed.named import named_in, names, with_people


async def key_for(uow: UnitOfWork, person: Person) -> SealedKey | None:
    """For whom what this person writes would be sealed; None where their unit has nobody named."""
    if person.hamlet_id is None:
        return None
    unit = await home_unit(uow, await uow.places.unit(person.hamlet_id))
    return await uow.sealed.key_of(unit.id)


async def _officers_key(uow: UnitOfWork, person: Person) -> SealedKey | None:
    """The same, where whoever was named is the officer still: else the paper alone opens it."""
    key = await key_for(uow, person)
    return key if key is not None and await has_officer(uow, key) else None


async def reader_for(uow: UnitOfWork, person: Person) -> tuple[Person | None, bool]:
    """Who alone opens what this person has sealed now, and whether they can today: not before they chose a passphrase.

    None where that is the paper, until somebody is named.
    """
    key = await _officers_key(uow, person)
    return (None, False) if key is None else (await uow.people.get(key.person_id), bool(key.recipient))


async def names_reader(uow: UnitOfWork, person: Person, text: str) -> bool:
    """Whether the words may accuse the very one who would open them: nobody reads their own case (R126)."""
    key = await _officers_key(uow, person)
    if key is None:
        return False
    named = named_in(text, await nameable(uow, key.unit_id, text, hamlet_id=person.hamlet_id))
    held = await uow.people.grants_around(await uow.places.unit(key.unit_id))
    return names((with_people(one, held) for one in named), key.person_id, held.get(key.person_id, ()))


async def seal_away(uow: UnitOfWork, *, person: Person, text: str, files: Sequence[NewFile] = ()) -> str:
    """Seal what a person wrote for the named officer of their unit. Returns the code they see its state by.

    Who it was stands inside the ciphertext and nowhere else. Raises `NotFound` where nobody is named, and where the
    words may accuse whoever is.
    """
    key = await key_for(uow, person)
    if key is None or await names_reader(uow, person, text):
        raise NotFound
    unit = await uow.places.unit(key.unit_id)
    code = uow.vault.new_code()[:CODE_LENGTH]
    matter = await uow.sealed.add_matter(SealedMatter(unit.id, uow.vault.digest(f"sealed {code}"), uow.today))
    contents = await contents_of(uow, person, clean_question(text))
    await add_part(uow, key, matter, SealedKind.MATTER, contents, files)
    await tell_officer(uow, key, unit)
    return code


async def matter_of_code(uow: UnitOfWork, account: Account, code: str) -> SealedMatter | None:
    """The matter a code belongs to; None for an unknown one, which is counted as a wrong guess.

    Raises `RuleBroken` in a chat that has guessed too often.
    """
    if not may_guess(account, uow.now):
        raise RuleBroken("refusal.link_guesses")
    matter = await uow.sealed.by_code(uow.vault.digest(f"sealed {code}"))
    if matter is None:
        count_wrong(account, uow.now)
        return None
    account.wrong_codes = 0
    return matter


async def add_to_matter(
    uow: UnitOfWork, *, matter_id: MatterId, kind: SealedKind, text: str = "", files: Sequence[NewFile] = ()
) -> None:
    """Seal what the sender of a matter adds, or that they suffer for it. Raises `NotFound` for no matter."""
    matter = await uow.sealed.matter(matter_id)
    key = None if matter is None else await uow.sealed.key_of(matter.unit_id)
    if matter is None or key is None:
        raise NotFound
    contents = SealedContents(uow.now.astimezone(LOCAL).isoformat(timespec="minutes"), text)
    await add_part(uow, key, matter, kind, contents, files)
    matter.waits = True
    await tell_officer(uow, key, await uow.places.unit(matter.unit_id))


async def contents_of(uow: UnitOfWork, person: Person, text: str, *, reference: str = "") -> SealedContents:
    """What is sealed: the words, and who wrote them with what is known of how to reach them."""
    hamlet = "" if person.hamlet_id is None else (await uow.places.unit(person.hamlet_id)).name
    return SealedContents(
        received=uow.now.astimezone(LOCAL).isoformat(timespec="minutes"),
        text=text,
        sender=person.name,
        hamlet=f"{person.place}, {hamlet}" if person.place else hamlet,
        phone="" if person.phone_sealed is None else uow.vault.open(person.phone_sealed),
        reference=reference,
    )


async def add_part(
    uow: UnitOfWork,
    key: SealedKey,
    matter: SealedMatter,
    kind: SealedKind,
    contents: SealedContents,
    files: Sequence[NewFile],
) -> None:
    """Seal contents and files as a part of a matter: for the officer, where there is one, and the recovery key."""
    for_officer = bool(key.recipient) and await has_officer(uow, key)
    recipients = (key.recipient, key.recovery) if for_officer else (key.recovery,)
    names = [await uow.seals.seal_kept_file(one.sha256, recipients) for one in files]
    notes = tuple(FileNote(one.name, one.media_type, name) for one, name in zip(files, names, strict=True))
    whole = SealedContents(
        contents.received, contents.text, contents.sender, contents.hamlet, contents.phone, contents.reference, notes
    )
    ciphertext = uow.seals.seal(packed(whole), recipients)
    part = await uow.sealed.add_part(
        SealedPart(matter.id, key.id if for_officer else None, kind, uow.today, ciphertext)
    )
    for name in filter(None, names):
        await uow.sealed.add_file(SealedFile(part.id, name))


async def tell_officer(uow: UnitOfWork, key: SealedKey, unit: Unit) -> None:
    """Say that something waits, and nothing else; where nobody is the officer, to whoever can name one."""
    if await has_officer(uow, key):
        await tell(uow, [key.person_id], Message("sealed.waits", {}, ((button("sealed.open_list", "cmd.donthu"),),)))
    else:
        await tell_power(uow, unit, Message("sealed.officer_gone", {"unit": unit.name}))
