"""The proof that the audit trail is as it was: entries are sealed in batches, and each seal holds the one before.

Of a batch a Merkle tree is built, sixteen to a node, leaves and nodes hashed apart; the seal's head is the hash of its
number, the moment, the ids, the root and the head before. Whoever has noted a head, on paper or in another chat, finds
every later change to what stood before it. The chain alone finds a change of one row by somebody who does not compute
everything anew; what it cannot find is said in docs/security.md.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

LEAF_KEPT = 8
"""How many bytes of each leaf a seal keeps beside its root: enough to say which entry was changed."""
NOTHING_BEFORE = "0" * 64
"""The head before the first seal."""
LATE = timedelta(hours=1)
"""No transaction lasts as long: what is dated so long before the seal before its own was put there later."""
SHORT_HEAD = 16
"""How much of a head people note: 64 bits, which nobody hits by trying."""

_LEAF, _NODE = b"\x00", b"\x01"


@dataclass(eq=False)
class AuditSeal:
    """One link of the chain.

    `ids` names the entries as ranges (`1-40,43`), in whose order the tree stands. `bound` and `cluster` say up to which
    transaction, of which server, everything was sealed; they decide where the next batch begins and prove nothing, nor
    does `highest`, the last of the ids.
    """

    number: int
    at: datetime
    ids: str
    highest: int
    count: int
    root: str
    head: str
    leaves: bytes
    bound: int = 0
    cluster: str = ""


Line = tuple[int, str | None]
"""An entry as the seals read it: its id, and all of it as one text, the moment first, with `SEPARATOR` between parts.

None where somebody left a part of it out.
"""
SEPARATOR = "\x1f"
"""Stands in no part: JSON writes it otherwise, and `AuditEntry` takes no such act and no such subject."""
NOBODY = "-"
"""Stands for the actor of what the clock or the command line did."""
_PARTS = 6
_WIDTH = 16


class AuditFlaw(StrEnum):
    """What was done to the audit trail, as far as it can be told."""

    CHANGED = "changed"
    DELETED = "deleted"
    INSERTED = "inserted"
    SEAL_CHANGED = "seal_changed"
    SEAL_MISSING = "seal_missing"
    OTHER_HISTORY = "other_history"


class Found(NamedTuple):
    """A flaw and where it is: an entry, or a seal."""

    flaw: AuditFlaw
    number: int


def leaf_of(text: str) -> bytes:
    """The leaf of an entry."""
    return sha256(_LEAF + text.encode()).digest()


def root_of(leaves: Sequence[bytes]) -> str:
    """The root over leaves, at least one: up to sixteen in their order make a node, until one is left."""
    level = list(leaves)
    while len(level) > 1:
        level = [
            sha256(_NODE + b"".join(level[first : first + _WIDTH])).digest() for first in range(0, len(level), _WIDTH)
        ]
    return level[0].hex()


def head_of(number: int, at: datetime, ids: str, root: str, before: str) -> str:
    """The head of a seal that stands after the one with the head `before`."""
    said = [number, at.astimezone(UTC).isoformat(), ids, root, before]
    return sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()


def seal_of(lines: Sequence[Line], at: datetime, before: AuditSeal | None, *, bound: int, cluster: str) -> AuditSeal:
    """Seal entries, at least one, in the order of their ids, after the seal `before`."""
    lines = sorted(lines)
    leaves = [leaf_of(text or "") for _, text in lines]
    number, root = 1 if before is None else before.number + 1, root_of(leaves)
    ids = pack_ids([one for one, _ in lines])
    head = head_of(number, at, ids, root, NOTHING_BEFORE if before is None else before.head)
    kept = b"".join(leaf[:LEAF_KEPT] for leaf in leaves)
    return AuditSeal(number, at, ids, lines[-1][0], len(lines), root, head, kept, bound, cluster)


def pack_ids(ids: Sequence[int]) -> str:
    """Rising ids as ranges."""
    ranges: list[list[int]] = []
    for one in ids:
        if ranges and ranges[-1][1] == one - 1:
            ranges[-1][1] = one
        else:
            ranges.append([one, one])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)


def unpack_ids(ids: str) -> list[tuple[int, int]]:
    """The ranges of `pack_ids`, each with its first and last id."""
    ranges = []
    for part in ids.split(","):
        first, _, last = part.partition("-")
        ranges.append((int(first), int(last or first)))
    return ranges


def short_head(seal: AuditSeal) -> str:
    """The number of a seal and the beginning of its head, for people to note: `56:ab12…`."""
    return f"{seal.number}:{seal.head[:SHORT_HEAD]}"


def _beginning(at: datetime) -> str:
    """How a line of this moment begins: lines are in the order of their moments."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


@dataclass(eq=False)
class Verification:
    """A walk through the chain: first every seal in its order, then every entry in the order of ids, then `finish`.

    Args:
        ordered: whether what is written later always has the higher id, as with a database of one writer.

    What is wrong stands in `found`. `waiting` counts the entries no seal holds yet.
    """

    ordered: bool
    found: list[Found] = field(default_factory=list)
    entries: int = 0
    waiting: int = 0
    seals: list[AuditSeal] = field(default_factory=list)
    _open: dict[int, "_OpenSeal"] = field(default_factory=dict)
    _ranges: list[tuple[int, int, "_OpenSeal"]] = field(default_factory=list)
    _place: int = 0
    _gaps: bool = False

    def take_seals(self, seals: Iterable[AuditSeal]) -> None:
        """Look at every seal by itself and beside the one before."""
        last: AuditSeal | None = None
        for seal in seals:
            expected, before = (1, NOTHING_BEFORE) if last is None else (last.number + 1, last.head)
            self.found += [Found(AuditFlaw.SEAL_MISSING, number) for number in range(expected, seal.number)]
            follows = seal.number == expected
            self._gaps = self._gaps or not follows
            if follows and seal.head != head_of(seal.number, seal.at, seal.ids, seal.root, before):
                self.found.append(Found(AuditFlaw.SEAL_CHANGED, seal.number))
            earliest = "" if last is None or last.at > seal.at else _beginning(last.at - LATE)
            try:
                ranges = unpack_ids(seal.ids)
            except ValueError:  # no list of ids any more; the head tells it
                ranges = []
            opened = self._open[seal.number] = _OpenSeal(seal, earliest, ranges)
            self._ranges += [(first, end, opened) for first, end in ranges]
            self.seals.append(seal)
            last = seal
        self._ranges.sort(key=lambda one: one[0])

    def take_lines(self, lines: Iterable[Line]) -> None:
        """Look at the next entries, whose ids rise."""
        ranges, place, entries = self._ranges, self._place, self.entries
        first, end, opened = ranges[place] if place < len(ranges) else _NOWHERE
        for one, text in lines:
            entries += 1
            while end < one:
                place += 1
                first, end, opened = ranges[place] if place < len(ranges) else _NOWHERE
            if one < first:
                self._outside(one, text)
                continue
            opened.ids.append(one)
            if text is None or text.count(SEPARATOR) != _PARTS - 1:  # a part could pass for another
                opened.leaves.append(b"")
                continue
            opened.leaves.append(sha256(b"\x00" + text.encode()).digest())
            if text < opened.earliest:
                self.found.append(Found(AuditFlaw.INSERTED, one))
        self._place, self.entries = place, entries
        for number in [number for number, opened in self._open.items() if len(opened.leaves) == opened.seal.count]:
            self.found += self._open.pop(number).flaws()

    def finish(self) -> None:
        """Every entry was seen: whatever a seal still waits for is gone."""
        for opened in self._open.values():
            self.found += opened.flaws()
        self._open.clear()

    def compare(self, noted: str) -> None:
        """Look whether a head that was noted as `short_head` gives it is one of the chain's.

        Raises `ValueError` for what is no such head.
        """
        number, _, head = noted.strip().lower().partition(":")
        if not number.isdecimal() or len(head) < SHORT_HEAD or set(head) - set("0123456789abcdef"):
            raise ValueError(noted)
        named = next((seal for seal in self.seals if seal.number == int(number)), None)
        if named is None:
            self.found.append(Found(AuditFlaw.SEAL_MISSING, int(number)))
        elif not named.head.startswith(head):
            self.found.append(Found(AuditFlaw.OTHER_HISTORY, int(number)))

    def _outside(self, one: int, text: str | None) -> None:
        """An entry no seal holds waits for the next one, unless it is older than what was sealed."""
        if not self._ranges or self._gaps:  # of what missing seals held nothing can be said
            self.waiting += 1
            return
        too_old = text is None or text < _beginning(self.seals[-1].at - LATE)
        if too_old or (self.ordered and one < self._ranges[-1][1]):
            self.found.append(Found(AuditFlaw.INSERTED, one))
        else:
            self.waiting += 1


@dataclass(eq=False, slots=True)
class _OpenSeal:
    """A seal and what was found of its entries so far. A line before `earliest` was not written when it says it was."""

    seal: AuditSeal
    earliest: str
    ranges: list[tuple[int, int]]
    leaves: list[bytes] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)

    def flaws(self) -> Iterator[Found]:
        """What differs between the entries there are and those that were sealed."""
        kept = self.seal.leaves
        if len(self.leaves) == self.seal.count and all(self.leaves) and root_of(self.leaves) == self.seal.root:
            if kept != b"".join([leaf[:LEAF_KEPT] for leaf in self.leaves]):
                yield Found(AuditFlaw.SEAL_CHANGED, self.seal.number)
            return
        if sum(end - first + 1 for first, end in self.ranges) != self.seal.count:
            yield Found(AuditFlaw.SEAL_CHANGED, self.seal.number)
            return
        there = dict(zip(self.ids, self.leaves, strict=True))
        named = False
        sealed = [one for first, end in self.ranges for one in range(first, end + 1)]
        for place, one in enumerate(sealed):
            if one not in there:
                named = True
                yield Found(AuditFlaw.DELETED, one)
            elif there[one][:LEAF_KEPT] != kept[place * LEAF_KEPT : (place + 1) * LEAF_KEPT]:
                named = True
                yield Found(AuditFlaw.CHANGED, one)
        if not named:  # what was kept of the leaves fits, the root does not
            yield Found(AuditFlaw.SEAL_CHANGED, self.seal.number)


_NEVER = 2**63
_NOWHERE: tuple[int, int, _OpenSeal] = (
    _NEVER,
    _NEVER,
    _OpenSeal(AuditSeal(0, datetime.min.replace(tzinfo=UTC), "", 0, 0, "", "", b""), "", []),
)
"""After the last range: no id lies there, and none comes after it."""
