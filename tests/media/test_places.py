"""Where files lie: a folder, object storage, memory. What goes wrong there is told apart from a file that is gone."""

import asyncio
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import Request
from moto.server import ThreadedMotoServer

from bot.media import places
from bot.media.attachments import AttachmentStore
from bot.media.places import FolderPlace, ObjectPlace, Place, PlaceTrouble, StoredObject, left_behind, try_place
from bot.ops.doctor import examine
from bot.sealing import AgeSeals
from bot.settings import Settings
from intake.rules.sealed.matter import Damaged
from storage.unit_of_work import Store
from tests.support.command_line import Command, refused
from tests.support.files import photo
from tests.support.logged import Logged
from tests.support.processes import free_port
from web.files import begins_with, file_answer

NAME = "ab/cdef"


@pytest.fixture(scope="module")
def storage() -> Iterator[str]:
    """Something that speaks S3 on this machine, with one bucket: `there`."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    urllib.request.urlopen(urllib.request.Request(f"{address}/there", method="PUT"), timeout=30).close()  # noqa: S310
    yield address
    server.stop()


@pytest.fixture
def s3(storage: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    speak_to(storage, monkeypatch)
    return f"s3://there/{tmp_path.name}"


def speak_to(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "somebody",
        "AWS_SECRET_ACCESS_KEY": "a secret of nobody",
        "AWS_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)


def test_every_place_keeps_once_gives_back_and_forgets(
    s3: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = ObjectPlace("memory:///")
    for place in (FolderPlace(tmp_path), ObjectPlace(s3), memory):
        assert try_place(place) == ""
        place.put(NAME, b"content")
        place.put(NAME, b"content")
        assert place.read(NAME) == b"content"
        assert list(place.older_than(timedelta(0))) == [NAME]
        assert list(place.older_than(timedelta(days=1))) == []
        place.drop(NAME, older_than=timedelta(days=1))
        assert place.find(NAME) is not None, "it is young"
        place.drop(NAME)
        place.drop(NAME)
        assert place.find(NAME) is None
        with pytest.raises(FileNotFoundError):
            place.read(NAME)
    memory.put(NAME, b"content")
    kept = memory.find(NAME)
    monkeypatch.setattr(places, "_YOUNG", timedelta(seconds=-1))
    memory.put(NAME, b"content")
    again = memory.find(NAME)
    assert kept is not None
    assert again is not None
    assert again.modified > kept.modified, "what is sent again is young again"


def test_a_place_that_is_not_there_or_does_not_answer_is_no_missing_file(
    s3: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bucket that is not there answers word for word like a file that is not: letters would go out without it."""
    nowhere = ObjectPlace(s3.replace("there", "nowhere"))
    monkeypatch.setattr(places, "_CONNECT", timedelta(seconds=1))
    monkeypatch.setattr(places, "_TRIES_AGAIN", 1)
    speak_to(f"http://127.0.0.1:{free_port()}", monkeypatch)
    silent = ObjectPlace(s3)
    for place, said in ((nowhere, "no such bucket"), (silent, "does not answer")):
        for ask in (
            lambda place: place.put(NAME, b"x"),
            lambda place: place.read(NAME),
            lambda place: place.find(NAME),
            lambda place: place.drop(NAME),
            lambda place: place.drop(NAME, older_than=timedelta(days=1)),
            lambda place: list(place.older_than(timedelta(0))),
        ):
            with pytest.raises(PlaceTrouble, match=said):
                ask(place)
        assert said in try_place(place)
    with pytest.raises(PlaceTrouble):
        asyncio.run(anext(aiter(StoredObject(NAME, 3, places.system_now(), silent).chunks(0, 3))))


class Liar(FolderPlace):
    """A place that does one thing badly."""

    def __init__(self, folder: Path, badly: str) -> None:
        super().__init__(folder)
        self._badly = badly

    def read(self, name: str) -> bytes:
        return b"" if self._badly == "gives back" else super().read(name)

    def older_than(self, age: timedelta) -> Iterator[str]:
        return iter(()) if self._badly == "list" else super().older_than(age)

    def drop(self, name: str, *, older_than: timedelta = timedelta(0)) -> None:
        if self._badly != "forget":
            super().drop(name, older_than=older_than)


@pytest.mark.parametrize("badly", ["gives back", "list", "forget"])
def test_a_place_that_does_its_work_badly_is_found_out(tmp_path: Path, badly: str) -> None:
    assert badly in try_place(Liar(tmp_path, badly))


def asking(part: str) -> Request:
    return Request({"type": "http", "method": "GET", "headers": [(b"range", part.encode())] if part else []})


@pytest.mark.parametrize(
    ("part", "status", "content", "of"),
    [
        ("", 200, b"0123456789", None),
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=5-99", 206, b"56789", "bytes 5-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-", 200, b"0123456789", None),
        ("bytes=1-2,4-5", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
        (f"bytes={'9' * 5000}-", 200, b"0123456789", None),
    ],
)
async def test_a_recording_is_played_in_parts(part: str, status: int, content: bytes, of: str | None) -> None:
    place = ObjectPlace("memory:///")
    place.put(NAME, b"0123456789")
    found = place.find(NAME)
    assert found is not None
    answer = file_answer(asking(part), found, media_type="audio/ogg", filename="lời.ogg", inline=True)
    assert (answer.status_code, answer.headers.get("content-range")) == (status, of)
    assert await begins_with(found, 4) == b"0123"
    got = b"".join([one async for one in answer.body_iterator]) if hasattr(answer, "body_iterator") else answer.body  # type: ignore[misc]
    assert got == content
    assert "l%E1%BB%9Di.ogg" in answer.headers["content-disposition"]


async def test_attachments_and_what_is_sealed_lie_in_a_bucket(s3: str) -> None:
    attachments, sealed = AttachmentStore(ObjectPlace(f"{s3}/attachments")), ObjectPlace(f"{s3}/sealed")
    seals = AgeSeals(attachments, sealed)
    identity, recipient = seals.new_identity()
    media = attachments.save(photo(), "đường.jpg")
    assert await attachments.find(media.sha256) is not None
    name = await seals.seal_kept_file(media.sha256, [recipient])
    attachments.drop(media.sha256)
    assert await seals.seal_kept_file(media.sha256, [recipient]) == ""
    assert seals.open_file(name, identity)[:3] == b"\xff\xd8\xff"
    anew = seals.seal_file_anew(name, identity, [recipient])
    seals.drop(name)
    with pytest.raises(Damaged):
        seals.open_file(name, identity)
    assert seals.open_file(anew, identity)
    assert [path[-4:] for path in sealed.older_than(timedelta(0))] == [".age"]
    gone = AgeSeals(attachments, ObjectPlace("s3://nowhere/sealed"))
    with pytest.raises(PlaceTrouble):  # an outage is not told as damage
        gone.open_file(anew, identity)


async def test_files_of_a_folder_move_and_the_doctor_looks(
    s3: str, doithoai: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    digest = AttachmentStore(data / "attachments").keep(b"a paper")
    FolderPlace(data / "sealed").put(NAME, b"sealed")
    (data / "attachments" / digest[:2] / "tmp1").write_bytes(b"half")

    async def said() -> str:
        found = await examine(Settings(data_dir=data, attachments_url=f"{s3}/moved"))
        return next(one.sentence for one in found if one.what == "attachments")

    refused(await asyncio.to_thread(doithoai, "attachments", "move"), "ATTACHMENTS_URL is not set")
    monkeypatch.setenv("DOITHOAI_ATTACHMENTS_URL", "s3://nowhere/moved")
    refused(await asyncio.to_thread(doithoai, "attachments", "move"), "no such bucket", "0 files moved")
    monkeypatch.setenv("DOITHOAI_ATTACHMENTS_URL", f"{s3}/moved")
    assert "2 files lie in" in await said()
    status, out, _ = await asyncio.to_thread(doithoai, "attachments", "move")
    assert (status, out) == (0, f"2 files moved to {s3}/moved\n")
    assert left_behind(data) == {"attachments": [], "sealed": []}
    assert AttachmentStore(ObjectPlace(f"{s3}/moved/attachments")).read(digest) == b"a paper"
    assert await said() == f"{s3}/moved keeps, gives back and forgets them"
    found = await examine(Settings(data_dir=data, attachments_url="s3://nowhere/moved"))
    assert [one.fine for one in found if one.what == "attachments"] == [False]
    found = await examine(Settings(data_dir=data, attachments_url="memory:///"))
    assert "gone with the process" in next(one.sentence for one in found if one.what == "attachments")


async def test_what_is_forgotten_is_forgotten_though_its_files_cannot_be_reached(store: Store, logged: Logged) -> None:
    class Unreachable:
        async def drop(self, _names: object, **_more: object) -> None:
            raise PlaceTrouble("it does not answer")

    async with store.unit() as uow:
        uow.pictures = Unreachable()  # type: ignore[assignment]
        uow.traces.forgot = True
        uow.traces.dropped.append("a" * 64)
        await uow.commit()
    assert [one["files"] for one in logged() if one.get("event") == "files_left_for_the_night"] == [1]


@pytest.mark.parametrize("address", ["s3://", "gs://bucket", "/folder", "file://"])
def test_an_address_that_is_none_is_told(doithoai: Command, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DOITHOAI_ATTACHMENTS_URL", address)
    refused(doithoai("attachments", "move"), "s3://bucket or file:///folder")


def test_a_folder_elsewhere_is_a_folder(tmp_path: Path) -> None:
    place: Place = places.place_of(f"file://{tmp_path}/chung%20c%C6%B0", Path("var"), "attachments")
    place.put(NAME, b"x")
    assert (tmp_path / "chung cư" / "attachments" / NAME).read_bytes() == b"x"
