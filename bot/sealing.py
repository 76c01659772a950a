"""Sealing with age (X25519), and the officer's key under a passphrase.

What is sealed here this process cannot open: the key that does lies on paper, or wrapped under a passphrase that is
kept nowhere. age's own passphrase mode is not used: it takes half a gigabyte and holds everybody up while it works.
"""

import asyncio
import base64
import json
import secrets
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pyrage
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from bot.media.attachments import AttachmentStore
from bot.media.places import SEALED, FolderPlace, Place
from intake.rules.sealed.matter import Damaged, WrongPassphrase

SEALED_FOLDER = SEALED
"""In the data folder, beside the attachments; it belongs to a backup as they do."""
_NAME_BYTES = 32
_SALT_BYTES = 16
_NONCE_BYTES = 12
_AT_ONCE = 2
"""Passphrases tried side by side: each takes 64 MiB and a quarter of a second of a core."""
_ROUNDS, _KIB, _LANES = 3, 64 * 1024, 4
"""What RFC 9106 recommends where memory is scarce, for argon2id."""


class AgeSeals:
    """Seals bytes and kept files for recipients; opens them for whoever brings an identity.

    Args:
        attachments: where the files lie that are to be sealed.
        place: where sealed ones lie (a folder, or another place), each under a name of chance.
    """

    def __init__(self, attachments: AttachmentStore, place: Path | Place) -> None:
        self._attachments = attachments
        self._place = FolderPlace(place) if isinstance(place, Path) else place
        self._turn = asyncio.Semaphore(_AT_ONCE)

    def seal(self, plain: bytes, recipients: Sequence[str]) -> bytes:
        """Seal some bytes for each of these recipients."""
        return bytes(pyrage.encrypt(plain, _recipients(recipients)))

    def takes(self, recipients: Sequence[str]) -> bool:
        """Whether something can be sealed for these recipients, found out by doing it."""
        try:
            return bool(self.seal(b"tried", recipients))
        except (pyrage.RecipientError, pyrage.EncryptError, ValueError):
            return False

    async def seal_kept_file(self, sha256: str, recipients: Sequence[str]) -> str:
        """Seal a file that lies among the attachments.

        Returns the name the sealed one lies under; empty where the file is there no more.
        """
        return await asyncio.to_thread(self._seal_file, sha256, recipients)

    def new_identity(self) -> tuple[str, str]:
        """A new key: what opens, and what seals for it."""
        identity = pyrage.x25519.Identity.generate()
        return str(identity), str(identity.to_public())

    def recipient_of(self, identity: str) -> str:
        """What seals for a key. Raises `ValueError` for what is no key."""
        try:
            return str(pyrage.x25519.Identity.from_str(identity.strip()).to_public())
        except pyrage.IdentityError as trouble:
            raise ValueError("not an age key") from trouble

    def open(self, ciphertext: bytes, identity: str) -> bytes:
        """Open what was sealed. Raises `Damaged`: a wrong key and a damaged text look alike."""
        try:
            return bytes(pyrage.decrypt(ciphertext, [pyrage.x25519.Identity.from_str(identity)]))
        except (pyrage.DecryptError, OSError, ValueError) as trouble:
            raise Damaged from trouble

    def open_file(self, name: str, identity: str) -> bytes:
        """Open a sealed file, whole or not at all; nothing of it is ever written down.

        Raises `Damaged`, also where it is not there, and another `OSError` where nobody can tell.
        """
        try:
            sealed = self._place.read(_path(name))
        except FileNotFoundError as trouble:
            raise Damaged from trouble
        return self.open(sealed, identity)

    def seal_file_anew(self, name: str, identity: str, recipients: Sequence[str]) -> str:
        """Seal a sealed file for others under a new name; the old one stays until `drop`. Raises `Damaged`."""
        return self._keep(self.seal(self.open_file(name, identity), recipients))

    def drop(self, name: str) -> None:
        """Remove a sealed file that nothing names any more."""
        self._place.drop(_path(name))

    async def wrap(self, identity: str, passphrase: str) -> str:
        """The officer's key under a passphrase, as it may be stored."""
        salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
        key = await self._stretched(passphrase, salt, _ROUNDS, _KIB, _LANES)
        sealed = ChaCha20Poly1305(key).encrypt(nonce, identity.encode(), None)
        return json.dumps(
            {
                "kdf": "argon2id",
                "rounds": _ROUNDS,
                "kib": _KIB,
                "lanes": _LANES,
                "salt": base64.b64encode(salt).decode(),
                "cipher": "chacha20-poly1305",
                "nonce": base64.b64encode(nonce).decode(),
                "sealed": base64.b64encode(sealed).decode(),
            }
        )

    async def unwrap(self, wrapped: str, passphrase: str) -> str:
        """The officer's key. Raises `WrongPassphrase`."""
        kept = json.loads(wrapped)
        salt, nonce, sealed = (base64.b64decode(kept[name]) for name in ("salt", "nonce", "sealed"))
        key = await self._stretched(passphrase, salt, kept["rounds"], kept["kib"], kept["lanes"])
        try:
            return ChaCha20Poly1305(key).decrypt(nonce, sealed, None).decode()
        except InvalidTag:
            raise WrongPassphrase from None

    async def _stretched(self, passphrase: str, salt: bytes, rounds: int, kib: int, lanes: int) -> bytes:
        composed = unicodedata.normalize("NFC", passphrase.strip()).encode()
        async with self._turn:
            return await asyncio.to_thread(
                hash_secret_raw,
                composed,
                salt,
                time_cost=rounds,
                memory_cost=kib,
                parallelism=lanes,
                hash_len=32,
                type=Type.ID,
            )

    def _seal_file(self, sha256: str, recipients: Sequence[str]) -> str:
        try:
            plain = self._attachments.read(sha256)
        except FileNotFoundError:
            return ""
        return self._keep(self.seal(plain, recipients))

    def _keep(self, sealed: bytes) -> str:
        name = secrets.token_hex(_NAME_BYTES)
        self._place.put(_path(name), sealed)
        return name


def _path(name: str) -> str:
    """Under which path a sealed file lies. Raises `ValueError` for what is no name of ours."""
    if len(name) != 2 * _NAME_BYTES or any(letter not in "0123456789abcdef" for letter in name):
        raise ValueError("not the name of a sealed file")
    return f"{name[:2]}/{name}.age"


def _recipients(written: Sequence[str]) -> list[pyrage.x25519.Recipient]:
    return [pyrage.x25519.Recipient.from_str(one) for one in written]
