"""What a sealed part says once it is open: plain JSON, so that it can be read without this product."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class FileNote:
    """A file that came along: how it was called, its type, and the name its ciphertext lies under."""

    name: str
    media_type: str
    lies_under: str


@dataclass(frozen=True, slots=True)
class SealedContents:
    """The words and who wrote them. `reference` is the question it once was; `received` the local moment, as ISO."""

    received: str
    text: str
    sender: str = ""
    hamlet: str = ""
    phone: str = ""
    reference: str = ""
    files: tuple[FileNote, ...] = ()


def packed(contents: SealedContents) -> bytes:
    """The contents as they are sealed."""
    return json.dumps(asdict(contents), ensure_ascii=False, indent=1).encode()


def unpacked(plain: bytes) -> SealedContents:
    """What `packed` made. Raises `ValueError` for anything else."""
    try:
        said = json.loads(plain)
        files = tuple(FileNote(**one) for one in said.pop("files"))
        return SealedContents(**said, files=files)
    except (TypeError, KeyError, AttributeError) as trouble:
        raise ValueError("not the contents of a sealed part") from trouble
