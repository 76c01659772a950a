"""QR codes: kept like any file, and leading where they should."""

from pathlib import Path

from bot.media.attachments import AttachmentStore
from bot.media.kinds import media_type_of
from bot.media.links import ChatLinks, KeptPictures
from storage.unit_of_work import NoPictures


async def test_a_code_is_a_picture_that_is_kept_once_for_the_same_link(tmp_path: Path) -> None:
    attachments = AttachmentStore(tmp_path)
    links = ChatLinks()
    pictures = KeptPictures(attachments, links)
    plain = await pictures.qr("d-VB-2026-0003")
    assert plain is not None
    assert media_type_of(attachments.read(plain)) == "image/png"
    assert await pictures.qr("d-VB-2026-0003") == plain

    links.telegram = "doithoai_bot"
    linked = await pictures.qr("d-VB-2026-0003")
    assert linked is not None
    assert linked not in (plain, await pictures.qr("d-VB-2026-0004"))


async def test_a_process_without_a_folder_makes_none() -> None:
    assert await NoPictures().qr("d-VB-2026-0003") is None
