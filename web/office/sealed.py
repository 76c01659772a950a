"""The sealed matters, for their named officer: opened by passphrase, after a yes in the chat, for fifteen minutes.

The key is opened in this process's memory and lies nowhere else; nothing that was opened is written down.
"""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from fastapi.responses import Response

from intake.actions.people.confirm_again import ask_again, standing_of, use_confirmation
from intake.actions.sealed.keys import begin_anew, officers_keys, replace_recovery
from intake.actions.sealed.read import (
    file_to_read,
    keep_under_passphrase,
    my_key,
    note_try,
    parts_to_read,
    seal_anew,
    set_state,
    tries_passphrase,
)
from intake.ports import Seals, UnitOfWork
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.message import Param
from intake.rules.people.office_session import ConfirmedAct
from intake.rules.sealed.contents import SealedContents, packed, unpacked
from intake.rules.sealed.matter import (
    SHORTEST_PASSPHRASE,
    Damaged,
    KeyId,
    MatterId,
    SealedAnew,
    SealedFile,
    SealedKey,
    SealedKind,
    SealedPart,
    SealedState,
    WrongPassphrase,
    passphrase_of,
)
from web.files import disposition_of

from .doors import Doors
from .office import HOME
from .room import DeskRoom, for_sealed
from .visiting import Visit, number_in

ROOM = DeskRoom("/don-thu", "desk.sealed", for_sealed)
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _OF_A_GROUP = 5, 4


@dataclass(frozen=True, slots=True)
class ReadPart:
    """A part as it is shown; without contents it is damaged, or sealed for an earlier officer."""

    part: SealedPart
    contents: SealedContents | None

    @property
    def received(self) -> Param:
        """When it came, as far as that can be read."""
        return self.part.received_on if self.contents is None else datetime.fromisoformat(self.contents.received)


def open_room(doors: Doors) -> None:
    """Add the pages of the officer, and what they do there."""
    doors.show("", _units)
    doors.show("/{key}", _unit)
    doors.act("/{key}/hoi", _ask)
    doors.act("/{key}/mo", _open, again=_unit)
    doors.act("/{key}/dong", _shut)
    doors.act("/{key}/mat-khau", _set_passphrase, again=_unit)
    doors.act("/{key}/doi-mat-khau", _change_passphrase, again=_unit)
    doors.act("/{key}/quen", _lost)
    doors.act("/{key}/khoi-phuc", _recover, again=_unit)
    doors.act("/{key}/khoa-giay", _replace_paper)
    doors.show("/{key}/don/{matter}", _read)
    doors.act("/{key}/don/{matter}/tinh-trang", _state)
    doors.show("/{key}/don/{matter}/tep/{name}", _file)


async def _units(visit: Visit) -> Response:
    async with visit.reading() as uow:
        units = [(_path(key), await uow.places.unit(key.unit_id)) for key in await officers_keys(uow, visit.person)]
    if not units:
        raise NotFound
    return visit.to(units[0][0]) if len(units) == 1 else visit.page("sealed_units.html", units=units)


async def _unit(visit: Visit) -> Response:
    """Whatever stands between the officer and the list, or the list."""
    session = visit.desk.session
    async with visit.reading() as uow:
        key = await my_key(uow, visit.person, _key_id(visit))
        unit = await uow.places.unit(key.unit_id)
        asked = await standing_of(uow, session, ConfirmedAct.OPEN_SEALED)
        matters = await uow.sealed.matters(key.unit_id)
        earlier = len(await uow.sealed.under_other_keys(key))
    shared: dict[str, Any] = {
        "path": _path(key),
        "unit": unit,
        "key": key,
        "least": SHORTEST_PASSPHRASE,
        "suggested": _suggested(),
    }
    if visit.office.open_keys.get(session.id, key.id) is None:
        agreed = asked is not None and asked.agreed_at is not None
        waits = sum(one.waits for one in matters)
        return visit.page("sealed_shut.html", asked=asked, agreed=agreed, waits=waits, **shared)
    until = visit.office.open_keys.until(session.id, key.id)
    return visit.page("sealed_list.html", matters=matters, earlier=earlier, until=until, **shared)


async def _ask(visit: Visit) -> Response:
    async with visit.acting() as uow:
        key = await my_key(uow, visit.person, _key_id(visit))
        if await standing_of(uow, visit.desk.session, ConfirmedAct.OPEN_SEALED) is None:
            await ask_again(uow, session=visit.desk.session, act=ConfirmedAct.OPEN_SEALED)
    return visit.to(_path(key))


async def _open(visit: Visit) -> Response:
    """Try the passphrase outside of any transaction: it takes a quarter of a second on purpose."""
    async with visit.acting() as uow:
        key = await tries_passphrase(uow, person=visit.person, key_id=_key_id(visit))
        await _agreed(visit, uow)
        wrapped = key.wrapped
    if not wrapped:
        raise NotFound
    try:
        identity = await visit.office.seals.unwrap(wrapped, visit.typed.get("secret_passphrase", ""))
    except WrongPassphrase:
        async with visit.acting() as uow:
            await note_try(uow, person=visit.person, key_id=key.id, right=False)
        raise RuleBroken("refusal.passphrase_wrong") from None
    async with visit.acting() as uow:
        await use_confirmation(uow, visit.desk.session, ConfirmedAct.OPEN_SEALED)
        await note_try(uow, person=visit.person, key_id=key.id, right=True)
    visit.office.open_keys.keep(visit.desk.session.id, key.id, identity)
    return visit.to(_path(key))


async def _shut(visit: Visit) -> Response:
    visit.office.open_keys.shut(visit.desk.session.id)
    return visit.to(HOME + ROOM.path)


async def _set_passphrase(visit: Visit) -> Response:
    """The officer's first passphrase: makes the key that it wraps."""
    async with visit.reading() as uow:
        key = await my_key(uow, visit.person, _key_id(visit))
        if key.recipient:
            raise NotFound
        await _agreed(visit, uow)
    passphrase = passphrase_of(visit.typed.get("secret_passphrase", ""), visit.typed.get("secret_again", ""))
    identity, recipient = visit.office.seals.new_identity()
    wrapped = await visit.office.seals.wrap(identity, passphrase)
    async with visit.acting() as uow:
        await use_confirmation(uow, visit.desk.session, ConfirmedAct.OPEN_SEALED)
        await keep_under_passphrase(uow, person=visit.person, key_id=key.id, recipient=recipient, wrapped=wrapped)
    visit.office.open_keys.keep(visit.desk.session.id, key.id, identity)
    return visit.to(_path(key))


async def _change_passphrase(visit: Visit) -> Response:
    key, identity = await _opened(visit)
    passphrase = passphrase_of(visit.typed.get("secret_passphrase", ""), visit.typed.get("secret_again", ""))
    wrapped = await visit.office.seals.wrap(identity, passphrase)
    async with visit.acting() as uow:
        await keep_under_passphrase(uow, person=visit.person, key_id=key.id, recipient=key.recipient, wrapped=wrapped)
    return visit.page("sealed_said.html", sentence="desk.passphrase_changed", path=_path(key), params={})


async def _lost(visit: Visit) -> Response:
    """The passphrase is lost: a new key takes its place; what lies there already is opened with the paper."""
    async with visit.acting() as uow:
        key = await my_key(uow, visit.person, _key_id(visit))
        await _agreed(visit, uow)
        anew = await begin_anew(uow, key=key, person=visit.person)
    return visit.to(_path(anew))


async def _recover(visit: Visit) -> Response:
    """Open what was sealed for earlier keys with the paper, and seal it for this officer."""
    key, _ = await _opened(visit)
    paper = "".join(visit.typed.get("secret_recovery", "").split()).upper()
    seals = visit.office.seals
    async with visit.reading() as uow:
        papers = {one.recovery for one in await uow.sealed.keys_of([key.unit_id])}
        parts = await uow.sealed.under_other_keys(key)
        files = await uow.sealed.files([part.id for part in parts])
    try:
        fits = seals.recipient_of(paper) in papers  # an earlier paper opens what was sealed while it held
    except ValueError:
        fits = False
    if not fits:
        raise RuleBroken("refusal.recovery_key", {"start": "AGE-SECRET-KEY-1"})
    done, damaged = await asyncio.to_thread(_seal_all_anew, seals, parts, files, paper, (key.recipient, key.recovery))
    async with visit.acting() as uow:
        old = [file.name for one in done for file, _ in one.files]
        await seal_anew(uow, person=visit.person, key=key, done=done)
    for name in old:
        seals.drop(name)
    params = {"count": len(done), "damaged": damaged}
    return visit.page("sealed_said.html", sentence="desk.recovered", path=_path(key), params=params)


async def _replace_paper(visit: Visit) -> Response:
    """Another recovery key instead of one that was stolen or lost, shown once; what this key opens is sealed for it.

    Everything is sealed anew before anything is stored: whatever ends it in between leaves all as it was. What comes
    while it is sealed lies under the old key, which this officer opens as well.
    """
    key, identity = await _opened(visit)
    seals = visit.office.seals
    paper, recovery = seals.new_identity()
    async with visit.reading() as uow:
        others = {part.id for part in await uow.sealed.under_other_keys(key)}
        mine = [part for part in await uow.sealed.parts_of(key.unit_id) if part.id not in others]
        files = await uow.sealed.files([part.id for part in mine])
        unit = await uow.places.unit(key.unit_id)
    recipients = (key.recipient, recovery)
    done, damaged = await asyncio.to_thread(_seal_all_anew, seals, mine, files, identity, recipients)
    async with visit.acting() as uow:
        now = await my_key(uow, visit.person, key.id)
        old = [file.name for one in done for file, _ in one.files]
        anew = await replace_recovery(uow, key=now, person=visit.person, recovery=recovery, done=done)
        day = uow.today
    for name in old:
        seals.drop(name)
    visit.office.open_keys.keep(visit.desk.session.id, anew.id, identity)
    return visit.page(
        "sealed_paper.html", unit=unit, paper=paper, day=day, back=_path(anew), left=len(others) + damaged
    )


def _seal_all_anew(
    seals: Seals, parts: Sequence[SealedPart], files: Sequence[SealedFile], paper: str, recipients: Sequence[str]
) -> tuple[list[SealedAnew], int]:
    """What could be opened, sealed for others; and how many could not. A part goes with all its files or stays."""
    done = [
        _sealed_anew(seals, part, [one for one in files if one.part_id == part.id], paper, recipients) for part in parts
    ]
    return [one for one in done if one is not None], done.count(None)


def _sealed_anew(
    seals: Seals, part: SealedPart, files: Sequence[SealedFile], identity: str, recipients: Sequence[str]
) -> SealedAnew | None:
    """A part sealed for others, its files under new names of which its contents know; None for what is damaged."""
    names: dict[str, str] = {}
    try:
        contents = unpacked(seals.open(part.ciphertext, identity))
        for file in files:
            names[file.name] = seals.seal_file_anew(file.name, identity, recipients)
    except (Damaged, ValueError):
        for name in names.values():
            seals.drop(name)
        return None
    notes = tuple(replace(one, lies_under=names.get(one.lies_under, one.lies_under)) for one in contents.files)
    ciphertext = seals.seal(packed(replace(contents, files=notes)), recipients)
    return SealedAnew(part, ciphertext, [(file, names[file.name]) for file in files])


async def _read(visit: Visit) -> Response:
    key, identity = await _opened(visit)
    matter_id = _matter_id(visit)
    async with visit.acting() as uow:
        parts = await parts_to_read(uow, person=visit.person, key=key, matter_id=matter_id)
        matter = await uow.sealed.matter(matter_id)
    read = [ReadPart(part, _contents(visit.office.seals, part, identity)) for part in parts]
    return visit.page(
        "sealed_matter.html",
        path=_path(key),
        matter=matter,
        parts=read,
        states=list(SealedState),
        key=key,
        retaliation=SealedKind.RETALIATION,
    )


async def _state(visit: Visit) -> Response:
    key, _ = await _opened(visit)
    try:
        state = SealedState(visit.typed.get("state", ""))
    except ValueError:
        raise NotFound from None
    async with visit.acting() as uow:
        matter = await set_state(uow, person=visit.person, key=key, matter_id=_matter_id(visit), state=state)
    return visit.to(f"{_path(key)}/don/{matter.id}")


async def _file(visit: Visit) -> Response:
    """A file as it was sent, never shown inside our pages."""
    key, identity = await _opened(visit)
    seals, matter_id = visit.office.seals, _matter_id(visit)
    async with visit.acting() as uow:
        file = await file_to_read(
            uow, person=visit.person, key=key, matter_id=matter_id, name=visit.request.path_params["name"]
        )
        parts = await uow.sealed.parts(matter_id)
    try:
        content = await asyncio.to_thread(seals.open_file, file.name, identity)
    except Damaged:
        raise RuleBroken("refusal.sealed_damaged") from None
    read = [_contents(seals, part, identity) for part in parts if part.id == file.part_id]
    named = next((note.name for one in read if one for note in one.files if note.lies_under == file.name), "")
    return Response(
        content,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": disposition_of(named or file.name[:8]),
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


def _contents(seals: Seals, part: SealedPart, identity: str) -> SealedContents | None:
    """What a part says; None for what was sealed for others, and for what is damaged."""
    try:
        return unpacked(seals.open(part.ciphertext, identity))
    except (Damaged, ValueError):
        return None


async def _opened(visit: Visit) -> tuple[SealedKey, str]:
    """The officer's key, open in this session. Raises `RuleBroken` once it is shut again."""
    async with visit.reading() as uow:
        key = await my_key(uow, visit.person, _key_id(visit))
    identity = visit.office.open_keys.get(visit.desk.session.id, key.id)
    if identity is None:
        raise RuleBroken("refusal.sealed_shut")
    return key, identity


async def _agreed(visit: Visit, uow: UnitOfWork) -> None:
    asked = await standing_of(uow, visit.desk.session, ConfirmedAct.OPEN_SEALED)
    if asked is None or asked.agreed_at is None:
        raise RuleBroken("refusal.confirm_again")


def _suggested() -> str:
    """A passphrase by chance, about 99 bits, that can be written down and typed."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_OF_A_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def _path(key: SealedKey) -> str:
    return f"{HOME}{ROOM.path}/{key.id}"


def _key_id(visit: Visit) -> KeyId:
    return KeyId(number_in(visit.request.path_params["key"]))


def _matter_id(visit: Visit) -> MatterId:
    return MatterId(number_in(visit.request.path_params["matter"]))
