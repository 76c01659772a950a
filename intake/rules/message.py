"""What the bot says, before it is put into words.

A message names a sentence of the catalogues and what goes into it. It is stored so in the outbox and put into words
only when it is sent, in the language the reader has chosen by then. Nothing here knows a language or a network.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any


@dataclass(frozen=True, slots=True)
class Term:
    """A piece of a sentence that has its own msgid (the name of a state, of a role, a line of a list)."""

    key: str
    params: "Mapping[str, Param]" = field(default_factory=dict)


Param = str | int | date | datetime | Term | Sequence["Param"]
"""What a sentence may name. A sequence is shown one item a line. Moments are aware; they are shown in local time."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap. `code` comes back when it is tapped: at most 64 bytes, guessable, never a permission.

    `label` is a msgid, or the text itself when `literal` (names of hamlets, references). `url` makes it a link.
    """

    code: str
    label: str
    params: Mapping[str, Param] = field(default_factory=dict)
    literal: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class CarriedFile:
    """A file a message carries: its content name (sha256), and what it is called where it arrives.

    `name` is in parts, the first what kind of file it is; they are put into words with the message, and what its ending
    is its content says. Where there is none the file is called by the beginning of its content name.
    """

    sha256: str
    name: tuple[Param, ...] = ()


_REFERENCES = re.compile(r"(?:(?:ĐK|YC)-)?\b[A-Z]{2,6}-\d{4}-\d{4,}")
_BEGINNING = 16


@dataclass(frozen=True, slots=True)
class Message:
    """One message: a sentence, the rows of buttons under it, the attachments it carries.

    `asks_contact` offers the network's own way to share a phone number. Of a `fleeting` one nothing at all is kept once
    it was told: which sentence it was would say too much of its reader.
    """

    key: str
    params: Mapping[str, Param] = field(default_factory=dict)
    buttons: tuple[tuple[Button, ...], ...] = ()
    attachments: tuple[CarriedFile, ...] = ()
    asks_contact: bool = False
    fleeting: bool = False


def numbered_files(files: Iterable[str], *about: Param) -> tuple[CarriedFile, ...]:
    """Files people sent, called by what they are about and their place, not as their owner called them.

    What somebody calls a file may say who and what it is about, and a name is read in every list of files.
    """
    return tuple(
        CarriedFile(sha256, (*about, Term("files.number", {"number": place}))) for place, sha256 in enumerate(files, 1)
    )


def pack(value: Param) -> Any:
    """Turn a param into what JSON can hold; `unpack` is the way back."""
    if isinstance(value, datetime):
        return {"$moment": value.isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, Term):
        return {"$term": value.key, "params": {name: pack(item) for name, item in value.params.items()}}
    if isinstance(value, str | int):
        return value
    return [pack(item) for item in value]


def unpack(value: Any) -> Param:
    """Turn what `pack` made back into the param."""
    if isinstance(value, list):
        return tuple(unpack(item) for item in value)
    if isinstance(value, dict):
        if "$moment" in value:
            return datetime.fromisoformat(value["$moment"])
        if "$date" in value:
            return date.fromisoformat(value["$date"])
        return Term(value["$term"], {name: unpack(item) for name, item in value["params"].items()})
    if isinstance(value, str | int):
        return value
    raise TypeError(f"not a packed param: {type(value).__name__}")


def mark_of(*shown: Param) -> str:
    """Eight signs that change with what is shown: in the code of the button under it, which does that and no more."""
    return sha256(repr([pack(one) for one in shown]).encode()).hexdigest()[:8]


def pack_message(message: Message) -> dict[str, Any]:
    """The whole message as a JSON value, for the outbox."""
    return {
        "key": message.key,
        "params": {name: pack(value) for name, value in message.params.items()},
        "buttons": [
            [
                {
                    "code": button.code,
                    "label": button.label,
                    "params": {name: pack(value) for name, value in button.params.items()},
                    "literal": button.literal,
                    "url": button.url,
                }
                for button in row
            ]
            for row in message.buttons
        ],
        "attachments": [_pack_file(file) for file in message.attachments],
        "asks_contact": message.asks_contact,
        **({"fleeting": True} if message.fleeting else {}),
    }


def unpack_message(packed: Mapping[str, Any]) -> Message:
    """The message that `pack_message` packed."""
    return Message(
        key=packed["key"],
        params={name: unpack(value) for name, value in packed["params"].items()},
        buttons=tuple(
            tuple(
                Button(
                    code=button["code"],
                    label=button["label"],
                    params={name: unpack(value) for name, value in button["params"].items()},
                    literal=button["literal"],
                    url=button["url"],
                )
                for button in row
            )
            for row in packed["buttons"]
        ),
        attachments=tuple(_unpack_file(file) for file in packed["attachments"]),
        asks_contact=packed["asks_contact"],
        fleeting=packed.get("fleeting", False),
    )


def _pack_file(file: CarriedFile) -> Any:
    return {"sha256": file.sha256, "name": [pack(part) for part in file.name]} if file.name else file.sha256


def _unpack_file(packed: Any) -> CarriedFile:
    """A file that was packed; one without a name is its content name alone, as all were packed once."""
    if isinstance(packed, str):
        return CarriedFile(packed)
    return CarriedFile(packed["sha256"], tuple(unpack(part) for part in packed["name"]))


def forget_params(packed: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a packed message once it was told: which sentence it was and its buttons, no person's words.

    And what it showed (`showing`), so that it is found again where it has to be taken back.
    """
    if packed.get("fleeting"):
        packed = {}
    return {
        "shows": sorted(_shown(packed)),
        "key": packed.get("key", ""),
        "params": {},
        "buttons": list(packed.get("buttons", ())),
        "attachments": [],
        "asks_contact": False,
    }


def showing(file: str) -> str:
    """By what a message that carried a file is known: the beginning of its content name, which keeps no file alive."""
    return file[:_BEGINNING]


def _shown(packed: Mapping[str, Any]) -> set[str]:
    """The references a packed message told of, and the files it carried."""
    files = packed.get("attachments", ())
    told = set(_REFERENCES.findall(json.dumps([packed.get("params", {}), files], ensure_ascii=False)))
    return told | {showing(_unpack_file(file).sha256) for file in files} | set(packed.get("shows", ()))


def button(label: str, code: str, **params: str | int | Term) -> Button:
    """A button with a label of the catalogue."""
    return Button(code=code, label=label, params=params)


def literal(label: str, code: str) -> Button:
    """A button whose label is a name or a reference."""
    return Button(code=code, label=label, literal=True)


def rows_of(buttons: list[Button], per_row: int = 2) -> tuple[tuple[Button, ...], ...]:
    """Buttons laid out in rows."""
    return tuple(tuple(buttons[start : start + per_row]) for start in range(0, len(buttons), per_row))
