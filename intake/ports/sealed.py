"""What is kept sealed: where it lies, and what seals and opens it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Protocol

from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId
from intake.rules.questions.question import QuestionId
from intake.rules.sealed.matter import KeyId, MatterId, SealedFile, SealedKey, SealedMatter, SealedPart


class Sealed(Protocol):
    """Keys, matters, their parts and files; nothing in here can be read."""

    async def add_key(self, key: SealedKey) -> SealedKey:
        """Store for whom a unit's matters are sealed."""
        ...

    async def key_of(self, unit_id: UnitId) -> SealedKey | None:
        """For whom a unit's matters are sealed now, locked; its officer may have ended. None: nothing was set up."""
        ...

    async def key(self, key_id: KeyId) -> SealedKey | None:
        """One key, locked."""
        ...

    async def keys_of(self, unit_ids: Iterable[UnitId]) -> Sequence[SealedKey]:
        """Every key there ever was in these units, the newest first."""
        ...

    async def received(self, unit_id: UnitId, first: date, last: date) -> int:
        """How many matters of a unit came on these days, both counted."""
        ...

    async def keys_of_officer(self, person_id: PersonId) -> Sequence[SealedKey]:
        """The keys of which the person is the named officer now."""
        ...

    async def add_matter(self, matter: SealedMatter) -> SealedMatter:
        """Store a matter."""
        ...

    async def matter(self, matter_id: MatterId) -> SealedMatter | None:
        """One matter, locked."""
        ...

    async def by_code(self, code_digest: str) -> SealedMatter | None:
        """A matter by the digest of its code, locked."""
        ...

    async def matters(self, unit_id: UnitId) -> Sequence[SealedMatter]:
        """Every matter of a unit, the newest first."""
        ...

    async def waiting(self, unit_ids: Iterable[UnitId]) -> int:
        """In how many matters of these units there is something the officer has not read."""
        ...

    async def add_part(self, part: SealedPart) -> SealedPart:
        """Store a part."""
        ...

    async def parts(self, matter_id: MatterId) -> Sequence[SealedPart]:
        """The parts of a matter in the order they came."""
        ...

    async def parts_of(self, unit_id: UnitId) -> Sequence[SealedPart]:
        """The parts of every matter of a unit."""
        ...

    async def add_file(self, file: SealedFile) -> None:
        """Store a file of a part."""
        ...

    async def files(self, part_ids: Collection[int]) -> Sequence[SealedFile]:
        """The files of some parts."""
        ...

    async def under_other_keys(self, key: SealedKey) -> Sequence[SealedPart]:
        """The parts of the key's unit that this key does not open, since they were sealed for the paper or for another.

        One that differs only in its paper was of the same officer: what was sealed under it is opened by this one too.
        """
        ...

    async def replace_part(self, part: SealedPart, key_id: KeyId, ciphertext: bytes) -> None:
        """Store a part as it was sealed anew."""
        ...

    async def replace_file(self, file: SealedFile, name: str) -> None:
        """Store under which name a file lies that was sealed anew."""
        ...

    async def empty_question(self, question_id: QuestionId) -> Sequence[str]:
        """Take every word out of what hangs on a question: files, drafts, reasons, search words, letters about it.

        Returns the words that stood there besides the question's own.
        """
        ...


class Seals(Protocol):
    """What seals and opens: the format is age with X25519 keys, which other programs open too."""

    def seal(self, plain: bytes, recipients: Sequence[str]) -> bytes:
        """Seal some bytes for each of these recipients."""
        ...

    def takes(self, recipients: Sequence[str]) -> bool:
        """Whether something can be sealed for these recipients, found out by doing it."""
        ...

    async def seal_kept_file(self, sha256: str, recipients: Sequence[str]) -> str:
        """Seal a file that lies among the attachments. Returns its new name; empty where it is there no more."""
        ...

    def new_identity(self) -> tuple[str, str]:
        """A new key: what opens, and what seals for it."""
        ...

    def recipient_of(self, identity: str) -> str:
        """What seals for a key. Raises `ValueError` for what is no key."""
        ...

    def open(self, ciphertext: bytes, identity: str) -> bytes:
        """Open what was sealed. Raises `Damaged`, also where it was sealed for somebody else."""
        ...

    def open_file(self, name: str, identity: str) -> bytes:
        """Open a sealed file, whole or not at all. Raises `Damaged`."""
        ...

    def seal_file_anew(self, name: str, identity: str, recipients: Sequence[str]) -> str:
        """Seal a sealed file for others; the old one stays. Returns the new name. Raises `Damaged`."""
        ...

    def drop(self, name: str) -> None:
        """Remove a sealed file that nothing names any more."""
        ...

    async def wrap(self, identity: str, passphrase: str) -> str:
        """A key under a passphrase, as it may be stored."""
        ...

    async def unwrap(self, wrapped: str, passphrase: str) -> str:
        """A key out of what `wrap` made. Raises `WrongPassphrase`."""
        ...
