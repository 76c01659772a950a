"""Events of the stand-in: their documented shape, their signature, and every way in which they come late or twice."""

import asyncio
import hashlib
import json

import pytest

from tests.support.zalo_sandbox import NOON, Rig, rig
from zalo_sandbox.config import SandboxConfig
from zalo_sandbox.driver import PNG, in_process

CONFIG = SandboxConfig()
NOW_MS = "1782882000000"


@pytest.fixture
def zalo() -> Rig:
    return rig()


def same_everywhere(event: dict, mai: dict) -> None:
    """What every event has in common: who, to whom, when; all of it text."""
    assert event["app_id"] == CONFIG.app_id
    assert event["user_id_by_app"] == mai["by_app"]
    assert NOW_MS <= event["timestamp"] < str(int(NOW_MS) + 100)
    if event["event_name"] in {"follow", "unfollow"}:
        assert event["follower"] == {"id": mai["id"]}
        assert event["oa_id"] == CONFIG.oa_id
        assert "sender" not in event
    else:
        assert event["sender"] == {"id": mai["id"]}
        assert event["recipient"] == {"id": CONFIG.oa_id}


async def every_deed(zalo: Rig) -> None:
    """Everything a person can do, each once."""
    driver = zalo.driver
    await driver.says("mai", "Đường hỏng")
    await driver.sends("mai", "image", PNG, caption="Ổ gà")
    await driver.sends("mai", "gif", b"GIF89a", name="a.gif", media_type="image/gif")
    await driver.sends("mai", "audio", b"audio", name="a.m4a", media_type="audio/mp4")
    await driver.sends("mai", "video", b"video", name="a.mp4", media_type="video/mp4")
    await driver.sends("mai", "file", b"%PDF-", name="don.pdf", media_type="application/pdf")
    await driver.sends_location("mai", 15.057, 108.408)
    await driver.sends_sticker("mai")
    await driver.sends_link("mai", "https://a.test/")
    await driver.sends_link("mai", "https://zalo.me/1", card=True)
    await driver.submits_contact("mai", "Bùi Thị Mai", "84987654321")
    await driver.follows("mai")
    await driver.unfollows("mai")
    await driver.answers_by_hand("mai", "Chào bà")
    await driver.sees("mai")
    await driver.reacts("mai")


async def test_every_event_has_its_documented_shape(zalo):
    await every_deed(zalo)
    mai = await zalo.driver.meets("mai")
    heard = {one["event_name"]: one for one in zalo.listener.heard}

    by_hand = heard.pop("oa_send_text")
    assert by_hand["sender"] == {"id": CONFIG.oa_id, "admin_id": "1"}
    assert by_hand["recipient"] == {"id": mai["id"]}
    for event in heard.values():
        same_everywhere(event, mai)

    def attachment(name: str) -> dict:
        message = heard[name]["message"]
        assert len(message["msg_id"]) == 20
        return message["attachments"][0]

    assert heard["user_send_text"]["message"]["text"] == "Đường hỏng"
    assert heard["user_send_image"]["message"]["text"] == "Ổ gà"
    assert set(attachment("user_send_image")["payload"]) == {"thumbnail", "url"}
    assert set(attachment("user_send_gif")["payload"]) == {"thumbnail", "url"}
    assert set(attachment("user_send_audio")["payload"]) == {"url"}
    assert set(attachment("user_send_video")["payload"]) == {"url", "thumbnail", "description"}
    assert attachment("user_send_file")["payload"] == {
        "size": "5",
        "name": "don.pdf",
        "checksum": hashlib.md5(b"%PDF-", usedforsecurity=False).hexdigest(),
        "type": "pdf",
        "url": attachment("user_send_file")["payload"]["url"],
    }
    assert attachment("user_send_location")["payload"] == {
        "coordinates": {"latitude": "15.057", "longitude": "108.408"}
    }
    assert set(attachment("user_send_sticker")["payload"]) == {"url", "id"}
    assert set(attachment("user_send_link")["payload"]) == {"thumbnail", "description", "url"}
    assert attachment("user_send_business_card")["payload"]["url"] == "https://zalo.me/1"
    assert heard["user_submit_info"]["info"]["phone"] == "84987654321"
    assert "full_address" in heard["user_submit_info"]["info"]
    assert "message" not in heard["user_submit_info"]
    assert heard["user_seen_message"]["message"]["msg_ids"] == [by_hand["message"]["msg_id"]]
    assert heard["user_received_message"]["message"]["msg_id"] == by_hand["message"]["msg_id"]
    assert {"follow", "unfollow", "user_reacted_message"} <= set(heard)
    assert set(heard) | {"oa_send_text"} <= CONFIG.events


async def test_no_two_events_are_of_the_same_moment(zalo):
    await every_deed(zalo)
    moments = [one["timestamp"] for one in zalo.listener.heard]

    assert moments == sorted(set(moments))


async def test_the_older_contact_shape_comes_too(zalo):
    await zalo.driver.submits_contact("mai", "Bùi Thị Mai", "84987654321", ward="Di Lăng", older=True)

    assert zalo.listener.heard[0]["info"] == {
        "address": "",
        "phone": "84987654321",
        "city": "",
        "district": "",
        "name": "Bùi Thị Mai",
        "ward": "Di Lăng",
    }


async def test_a_quoted_message_is_named(zalo):
    said = await zalo.driver.says("mai", "Đường hỏng")
    await zalo.driver.says("mai", "như trên", quotes=said)

    assert zalo.listener.heard[1]["message"]["quote_msg_id"] == said


async def test_the_signature_is_over_the_very_bytes(zalo):
    await zalo.driver.says("mai", "Đường hỏng")
    raw, headers = zalo.listener.raw[0], zalo.listener.headers[0]

    expected = hashlib.sha256(f"{CONFIG.app_id}{raw.decode()}{NOW_MS}{CONFIG.oa_secret}".encode()).hexdigest()
    assert headers["X-ZEvent-Signature"] == f"mac={expected}"
    await zalo.driver.switches(signature_prefix="", oa_secret="another")
    await zalo.driver.says("mai", "Đường hỏng")
    assert len(zalo.listener.headers[1]["X-ZEvent-Signature"]) == 64
    await zalo.driver.switches(signed_id="oa")
    await zalo.driver.says("mai", "Đường hỏng")
    raw, headers = zalo.listener.raw[2], zalo.listener.headers[2]
    stamp = zalo.listener.heard[2]["timestamp"]
    expected = hashlib.sha256(f"{CONFIG.oa_id}{raw.decode()}{stamp}another".encode()).hexdigest()
    assert headers["X-ZEvent-Signature"] == expected


async def test_what_people_send_can_be_fetched_until_it_expires(zalo):
    await zalo.driver.sends("mai", "image", PNG)
    address = zalo.listener.heard[0]["message"]["attachments"][0]["payload"]["url"]
    answer = await zalo.api.get(address)

    assert (answer.content, answer.headers["content-type"]) == (PNG, "image/png")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert (await zalo.api.get(f"{address}x")).status_code == 404
    await zalo.driver.moves_clock(days=7)
    assert (await zalo.api.get(address)).status_code == 404
    assert await zalo.driver.violations() == []


async def test_media_may_lie_on_another_host():
    zalo = rig(media_url="https://f1-zpc.zdn.vn")
    await zalo.driver.sends("mai", "image", PNG)

    address = zalo.listener.heard[0]["message"]["attachments"][0]["payload"]["url"]
    assert address.startswith("https://f1-zpc.zdn.vn/media/")
    assert (await zalo.api.get(address)).content == PNG


async def test_what_the_account_sends_comes_back_as_an_echo(zalo):
    await zalo.driver.says("mai", "xin chào")
    sent = (await zalo.send("mai", text="Chào bà"))["data"]["message_id"]
    await zalo.send("mai", attachment={"type": "template", "payload": {"template_type": "media", "elements": [
        {"media_type": "image", "url": "https://a.test/a.png"}]}})  # fmt: skip
    assert zalo.listener.names() == ["user_send_text"], "nothing comes while the product is still sending"

    assert await zalo.driver.settle() == 4
    assert zalo.listener.names()[1:] == [
        "oa_send_text",
        "user_received_message",
        "oa_send_image",
        "user_received_message",
    ]
    assert zalo.listener.heard[1]["sender"] == {"id": CONFIG.oa_id}
    assert zalo.listener.heard[1]["message"]["msg_id"] == sent


async def test_whose_receipts_are_is_a_switch(zalo):
    await zalo.driver.switches(receipts_from="oa")
    await zalo.driver.says("mai", "xin chào")
    await zalo.driver.answers_by_hand("mai", "Chào bà", admin_id="42")
    receipt = zalo.listener.heard[-1]

    assert receipt["event_name"] == "user_received_message"
    assert receipt["sender"] == {"id": CONFIG.oa_id}


async def test_by_hand_somebody_can_be_answered_for_a_year(zalo):
    await zalo.driver.says("mai", "xin chào")
    await zalo.driver.moves_clock(days=365)
    await zalo.driver.answers_by_hand("mai", "Chào bà")
    await zalo.driver.moves_clock(seconds=1)
    with pytest.raises(LookupError, match="by hand"):
        await zalo.driver.answers_by_hand("mai", "Chào bà")


async def test_an_event_comes_again_at_its_times_and_says_so(zalo):
    zalo.listener.answers = [500] * 6
    await zalo.driver.says("mai", "xin chào")
    first = zalo.listener.heard[0]
    for wait, tries in ((29, 1), (1, 2), (300, 3), (900, 4), (1800, 5), (3600, 6), (100_000, 6)):
        await zalo.driver.moves_clock(seconds=wait)
        assert len(zalo.listener.heard) == tries

    assert "num_retry" not in first
    assert zalo.listener.heard[1:] == [{**first, "num_retry": number} for number in range(1, 6)]
    assert (await zalo.driver.deliveries())["given_up"] == [first]
    assert [one["status"] for one in (await zalo.driver.deliveries())["tries"]] == [500] * 6


async def test_every_try_is_signed_anew_and_one_long_leap_makes_all(zalo):
    zalo.listener.answers = [500, ConnectionRefusedError(), 503]
    await zalo.driver.says("mai", "xin chào")
    await zalo.driver.moves_clock(days=1)

    assert len(zalo.listener.heard) == 4
    assert len({one["X-ZEvent-Signature"] for one in zalo.listener.headers}) == 4
    assert (await zalo.driver.deliveries())["given_up"] == []


async def test_without_retry_one_try_is_all(zalo):
    await zalo.driver.switches(webhook_retry=False)
    zalo.listener.answers = [500]
    await zalo.driver.says("mai", "xin chào")
    await zalo.driver.moves_clock(days=1)

    assert len(zalo.listener.heard) == 1


async def test_whoever_answers_too_late_has_not_answered():
    async def sleepy(*_: object) -> int:
        await asyncio.Event().wait()
        return 200

    _, driver = in_process(lambda: NOON, sleepy, SandboxConfig(webhook_url="http://a.test", webhook_timeout=0.01))
    await driver.says("mai", "xin chào")

    assert [one["status"] for one in (await driver.deliveries())["tries"]] == [0]
    assert (await driver.state())["webhook"]["waiting"] == 1


async def test_a_webhook_that_never_answers_is_switched_off_and_can_be_switched_on(zalo):
    await zalo.driver.switches(webhook_retry=False, events_given_up_before_off=3)
    zalo.listener.answers = [500, 500, 200, 500, 500, 500]
    for _ in range(7):
        await zalo.driver.says("mai", "xin chào")

    assert len(zalo.listener.heard) == 6
    assert (await zalo.driver.state())["webhook"]["on"] is False
    await zalo.driver.switches_webhook(on=True)
    await zalo.driver.says("mai", "còn đây")
    assert zalo.listener.heard[-1]["message"]["text"] == "còn đây"


async def test_events_come_twice_when_asked(zalo):
    await zalo.driver.duplicates(3)
    await zalo.driver.says("mai", "xin chào")

    assert len(set(zalo.listener.raw)) == 1
    assert len(zalo.listener.raw) == 3


async def test_what_is_held_comes_in_its_order_or_in_another(zalo):
    async def say_twenty() -> list[str]:
        zalo.listener.heard.clear()
        await zalo.driver.holds()
        for number in range(20):
            await zalo.driver.says("mai", str(number))
        assert zalo.listener.heard == []
        return [str(number) for number in range(20)]

    said = await say_twenty()
    await zalo.driver.releases()
    assert [one["message"]["text"] for one in zalo.listener.heard] == said

    await say_twenty()
    await zalo.driver.releases(shuffle=7)
    assert [one["message"]["text"] for one in zalo.listener.heard] != said
    assert sorted(one["message"]["text"] for one in zalo.listener.heard) == sorted(said)


async def test_ten_thousand_held_events_are_let_go_in_seconds(zalo):
    await zalo.driver.duplicates(100)
    await zalo.driver.holds()
    for number in range(100):
        await zalo.driver.says("mai", str(number))
    await zalo.driver.releases(shuffle=1)

    assert len(zalo.listener.raw) == 10_000
    assert len(set(zalo.listener.raw)) == 100


async def test_an_event_that_is_switched_off_does_not_come():
    zalo = rig(events=frozenset({"user_send_text"}))
    await zalo.driver.follows("mai")
    await zalo.driver.says("mai", "xin chào")

    assert zalo.listener.names() == ["user_send_text"]


async def test_any_event_can_be_sent_signed(zalo):
    await zalo.driver.emits({"event_name": "change_template_status", "timestamp": NOW_MS})

    assert zalo.listener.names() == ["change_template_status"]
    assert json.loads(zalo.listener.raw[0]) == zalo.listener.heard[0]


async def test_without_a_webhook_nothing_waits():
    zalo = rig(webhook_url="")
    await zalo.driver.says("mai", "xin chào")

    assert (await zalo.driver.state())["webhook"]["waiting"] == 0
    assert len(await zalo.driver.shown("mai")) == 1


async def test_who_was_sent_nothing_cannot_see_or_mark_it(zalo):
    await zalo.driver.sees("mai")
    assert zalo.listener.heard == []
    with pytest.raises(LookupError, match="nothing yet"):
        await zalo.driver.reacts("mai")
