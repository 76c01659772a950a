"""What a secretary and a hamlet head do before a meeting, in few words, for the stories that start after it."""

from tests.support.world import Phone

APRIL = "Đối thoại tháng 4 năm 2024"


async def makes_meeting(secretary: Phone, session: str = APRIL, *hamlets: str) -> None:
    """`/buoimoi` up to the card of the new meeting; without hamlets named, for all where the plan leaves it open."""
    await secretary.says("/buoimoi")
    await secretary.presses(session)
    for hamlet in hamlets:
        await secretary.presses(hamlet)
    if hamlets:
        await secretary.presses("Xong")
    elif secretary.sees_button("Tất cả"):
        await secretary.presses("Tất cả")
    assert secretary.sees_button("Ấn định ngày"), secretary.hears()


async def fixes_day(secretary: Phone, day: str = "25/04/2024", time: str = "08:00") -> None:
    """From the card to the fixed day, the venue kept."""
    await secretary.presses("Ấn định ngày")
    await secretary.says(day)
    await secretary.says(time)
    await secretary.presses("Bỏ qua")
    await secretary.presses("Gửi")
    assert "Đã ấn định" in secretary.hears(), secretary.hears()


async def releases_notice(secretary: Phone) -> None:
    """`/thongbao` with the composed words."""
    await secretary.says("/thongbao")
    await secretary.presses("Gửi")
    assert "Đã phát hành" in secretary.hears(), secretary.hears()


async def pushes_notice(head: Phone) -> None:
    """From the letter with the new notice to the people of the hamlet."""
    await head.presses("Gửi tới thôn")
    await head.presses("Gửi")
    assert "Đã gửi thông báo" in head.hears(), head.hears()


async def asks(resident: Phone, text: str) -> None:
    """A question, sent."""
    await resident.says("/hoi")
    await resident.says(text)
    await resident.presses("Gửi")
    assert "Đã nhận" in resident.hears(), resident.hears()
    resident.reads()


async def registers(resident: Phone) -> None:
    """For the only meeting there is, to attend."""
    await resident.says("/dangky")
    await resident.presses("Tham dự")
    await resident.presses("Gửi")
    assert "ĐK-" in resident.hears(), resident.hears()
    resident.reads()
