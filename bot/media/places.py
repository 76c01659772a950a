"""Where kept files lie: in a folder of this machine, or in object storage that several machines share.

Whatever goes wrong is an `OSError`: `FileNotFoundError` for a file that is not there, `PlaceTrouble` for a place that
is not there, refuses, or does not answer in time.
"""

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote, urlsplit

from bot.system_clock import system_now

if TYPE_CHECKING:
    from obstore.store import ObjectStore

ATTACHMENTS, SEALED = "attachments", "sealed"
"""What lies beside each other in the data folder, and under an address."""
_ANSWER, _CONNECT, _ALTOGETHER = timedelta(seconds=20), timedelta(seconds=3), timedelta(seconds=30)
_TRIES_AGAIN = 3
_YOUNG = timedelta(hours=1)
"""Younger than this a file need not be written again to be young."""


class PlaceTrouble(OSError):
    """The place does not do its work; whether a file is there is not known. The words say why."""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """A file in object storage, which is handed on piece by piece."""

    name: str
    size: int
    modified: datetime
    place: "ObjectPlace"

    def chunks(self, start: int, end: int) -> AsyncIterator[bytes]:
        """Its bytes from `start` up to `end`, without that."""
        return self.place.chunks(self.name, start, end)


class Place(Protocol):
    """Names are relative paths that we make ourselves."""

    def put(self, name: str, content: bytes) -> None:
        """Keep a file, whole or not at all. One that is there under this name has this content; it is young again."""
        ...

    def read(self, name: str) -> bytes:
        """The content. Raises `FileNotFoundError`."""
        ...

    def find(self, name: str) -> Path | StoredObject | None:
        """What can be handed on piece by piece; None where it is not there."""
        ...

    def drop(self, name: str, *, older_than: timedelta = timedelta(0)) -> None:
        """Remove a file, unless it is younger; one that is not there is no trouble."""
        ...

    def older_than(self, age: timedelta) -> Iterator[str]:
        """The names of what was kept so long ago."""
        ...


class FolderPlace:
    """A folder. What is kept there is on the disk when `put` returns, also after a power cut."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, content: bytes) -> None:
        """Keep a file: written aside, synced, then renamed. One that is there already is young again."""
        path = self._folder / name
        try:
            os.utime(path)
        except FileNotFoundError:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as aside:
                try:
                    aside.write(content)
                    aside.flush()
                    os.fsync(aside.fileno())
                except BaseException:  # whatever ends it, also a process that is told to go, leaves no half file
                    Path(aside.name).unlink()
                    raise
            Path(aside.name).replace(path)

    def read(self, name: str) -> bytes:
        """The content."""
        return (self._folder / name).read_bytes()

    def find(self, name: str) -> Path | None:
        """Where it lies."""
        path = self._folder / name
        return path if path.exists() else None

    def drop(self, name: str, *, older_than: timedelta = timedelta(0)) -> None:
        """Remove a file, unless it is younger."""
        path = self._folder / name
        if not older_than or _is_older(path, older_than):
            path.unlink(missing_ok=True)

    def older_than(self, age: timedelta) -> Iterator[str]:
        """What was kept so long ago, and pieces of files that old."""
        for path in sorted(self._folder.rglob("*")):
            if path.is_file() and (not age or _is_older(path, age)):
                yield str(path.relative_to(self._folder))


class ObjectPlace:
    """Object storage, by an address that obstore knows (`s3://bucket/prefix`, `memory:///`).

    Credentials and the like come from the environment, as every program of that storage takes them (`AWS_…`). Each call
    ends in bounded time. A bucket that is not there answers as a file that is not there does, so whether it is there is
    asked before that is believed.
    """

    def __init__(self, address: str) -> None:
        import obstore  # its library is loaded only where files lie there
        from obstore.exceptions import BaseError

        self._api: Any = obstore
        self._failures = (BaseError,)
        # what is said here takes the place of AWS_ALLOW_HTTP in the environment
        plain = os.environ.get("AWS_ENDPOINT_URL", os.environ.get("AWS_ENDPOINT", "")).startswith("http://")
        self._store: ObjectStore = (
            obstore.store.MemoryStore()
            if address.startswith("memory:")
            else obstore.store.from_url(
                address,
                retry_config={"max_retries": _TRIES_AGAIN, "retry_timeout": _ALTOGETHER},
                client_options={"timeout": _ANSWER, "connect_timeout": _CONNECT, "allow_http": plain},
            )
        )

    def put(self, name: str, content: bytes) -> None:
        """Two that bring the same at once are no trouble. It is rewritten where it is not young any more."""
        try:
            try:
                self._api.put(self._store, name, content, mode="create")
            except self._api.exceptions.AlreadyExistsError:
                if self._age(name) > _YOUNG:
                    self._api.put(self._store, name, content)
            except self._api.exceptions.NotSupportedError:  # a storage that knows no conditions
                self._api.put(self._store, name, content)
        except FileNotFoundError as trouble:
            raise PlaceTrouble("there is no such bucket") from trouble
        except self._failures as trouble:
            raise _told(trouble) from None

    def read(self, name: str) -> bytes:
        """The content."""
        try:
            return bytes(self._api.get(self._store, name).bytes())
        except FileNotFoundError:
            self._be_there()
            raise
        except self._failures as trouble:
            raise _told(trouble) from None

    def find(self, name: str) -> StoredObject | None:
        """How large it is, and how to get at it."""
        try:
            about = self._api.head(self._store, name)
        except FileNotFoundError:
            self._be_there()
            return None
        except self._failures as trouble:
            raise _told(trouble) from None
        return StoredObject(name, about["size"], about["last_modified"], self)

    async def chunks(self, name: str, start: int, end: int) -> AsyncIterator[bytes]:
        """The bytes of a file from `start` up to `end`."""
        if start >= end:
            return
        try:
            found = await self._api.get_async(self._store, name, options={"range": (start, end)})
            async for chunk in found.stream():
                yield bytes(chunk)
        except self._failures as trouble:
            raise _told(trouble) from None

    def drop(self, name: str, *, older_than: timedelta = timedelta(0)) -> None:
        """Remove a file, unless it is younger."""
        try:
            if older_than and self._age(name) <= older_than:
                return
            self._api.delete(self._store, name)
        except FileNotFoundError:
            self._be_there()
        except self._failures as trouble:
            raise _told(trouble) from None

    def older_than(self, age: timedelta) -> Iterator[str]:
        """What was kept so long ago."""
        now = system_now()
        try:
            for some in self._api.list(self._store):
                yield from (one["path"] for one in some if not age or now - one["last_modified"] > age)
        except self._failures as trouble:
            raise _told(trouble) from None

    def _age(self, name: str) -> timedelta:
        modified: datetime = self._api.head(self._store, name)["last_modified"]
        return system_now() - modified

    def _be_there(self) -> None:
        """Raise `PlaceTrouble` where there is no such place: a list says so, a file does not."""
        try:
            next(iter(self._api.list(self._store)), None)
        except self._failures as trouble:
            raise _told(trouble) from None


def place_of(address: str, data_dir: Path, what: str) -> Place:
    """Where the attachments, or what is sealed, lie: at the address of the settings, or else in the data folder."""
    if not address:
        return FolderPlace(data_dir / what)
    if address.startswith("file:"):
        return FolderPlace(Path(unquote(urlsplit(address).path)) / what)
    return ObjectPlace(f"{address.rstrip('/')}/{what}")


def left_behind(data_dir: Path) -> dict[str, list[str]]:
    """The files that lie in a data folder; what is still being written does not have its name yet."""
    found = {}
    for what in (ATTACHMENTS, SEALED):
        folder = data_dir / what
        paths = sorted(one for one in folder.glob("??/*") if one.is_file() and not one.name.startswith("tmp"))
        found[what] = [str(one.relative_to(folder)) for one in paths]
    return found


def try_place(place: Place) -> str:
    """Keep something, read it, take it away. Returns the empty string, or what is wrong, in words."""
    name, content = f"tried/{os.urandom(16).hex()}", os.urandom(16)
    try:
        place.put(name, content)
        if place.read(name) != content:
            return "gives back something else than it was given"
        if name not in place.older_than(timedelta(0)):
            return "does not list what lies there"
        place.drop(name)
    except OSError as trouble:
        return str(trouble.strerror or trouble)
    return "" if place.find(name) is None else "does not forget what is taken away"


def _told(trouble: Exception) -> PlaceTrouble:
    """Obstore's error in a few words: its own are a page, with addresses, and may hold what was asked."""
    kind = type(trouble).__name__
    said = str(trouble)
    if "NoSuchBucket" in said:
        return PlaceTrouble("there is no such bucket")
    if kind in ("PermissionDeniedError", "UnauthenticatedError"):
        return PlaceTrouble("access is refused")
    return PlaceTrouble(f"it does not answer as it should ({kind})")


def _is_older(path: Path, age: timedelta) -> bool:
    """Whether the machine's own clock says so: files know no other."""
    try:
        return system_now() - datetime.fromtimestamp(path.stat().st_mtime, UTC) > age
    except FileNotFoundError:
        return False
