"""Keys and chance: phone numbers sealed at rest, codes nobody can guess."""

import base64
import hashlib
import hmac
import secrets
import string

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_CODE_LENGTH = 10


class KeyVault:
    """Seals and digests with the keys of the installation.

    Args:
        keys: secrets of the installation, the one in use first; older ones still open what they sealed.
    """

    def __init__(self, *keys: str) -> None:
        if not keys:
            raise ValueError("a vault needs a key")
        self._fernet = MultiFernet([Fernet(_derive(key, b"seal")) for key in keys])
        self._index_keys = [_derive(key, b"index") for key in keys]
        self._index_key = self._index_keys[0]

    def seal(self, phone: str) -> str:
        """Encrypt a phone number."""
        return self._fernet.encrypt(phone.encode()).decode()

    def open(self, sealed: str) -> str:
        """Decrypt what `seal` made; `ValueError` when no key of ours fits."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise ValueError("sealed with a key we do not have") from None

    def index(self, phone: str) -> str:
        """A keyed digest (hex) of a phone number."""
        return hmac.new(self._index_key, phone.encode(), hashlib.sha256).hexdigest()

    def new_code(self) -> str:
        """Ten letters and digits, about 49 bits, without those that are mistaken for each other."""
        return "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))

    def new_digits(self, count: int) -> str:
        """So many digits."""
        return "".join(secrets.choice(string.digits) for _ in range(count))

    def digest(self, code: str) -> str:
        """A keyed digest (hex) of a code."""
        return hmac.new(self._index_key, b"code:" + code.encode(), hashlib.sha256).hexdigest()

    def digests(self, code: str) -> tuple[str, ...]:
        """The digest of a code under every key, the one in use first: an older print still fits."""
        return tuple(hmac.new(key, b"code:" + code.encode(), hashlib.sha256).hexdigest() for key in self._index_keys)


def _derive(key: str, purpose: bytes) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(purpose + b"\0" + key.encode()).digest())
