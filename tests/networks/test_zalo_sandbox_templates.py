"""Template messages of the stand-in: approved ones, every parameter, by day, paid; by user id or by phone number."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.zalo_sandbox import NOON, Rig, rig
from zalo_sandbox.config import ApprovedTemplate, SandboxConfig, read_templates
from zalo_sandbox.driver import in_process

ANSWERED = ApprovedTemplate("1", "Câu <ma> đã có trả lời.", {"ma": 10}, button="Mở Zalo", payload="#xem")
BY_PHONE_ONLY = ApprovedTemplate("2", "Nhắc <gio>.", {"gio": 10}, by_uid=False)
NOT_YET = ApprovedTemplate("3", "Nhắc <gio>.", {"gio": 10}, approved=False)
NUMBER = "84987654321"


@pytest.fixture
async def zalo() -> Rig:
    made = rig(templates=(ANSWERED, BY_PHONE_ONLY, NOT_YET), balance=1_000)
    await made.driver.meets("mai", phone=NUMBER)
    return made


async def by_uid(zalo: Rig, template_id: str = "1", **data: object) -> dict:
    body = {"user_id": await zalo.id("mai"), "template_id": template_id, "template_data": data or {"ma": "VB-1"}}
    return await zalo.call("/v3.0/oa/message/template", body)


async def by_phone(zalo: Rig, **changed: object) -> dict:
    body = {"phone": NUMBER, "template_id": "1", "template_data": {"ma": "VB-1"}, "tracking_id": "t1", **changed}
    return await zalo.call("/message/template", body)


async def test_by_user_id_it_reaches_who_never_wrote_and_whose_window_is_closed(zalo):
    assert (await by_uid(zalo))["data"]["message_id"]
    await zalo.driver.moves_clock(days=30)
    assert (await by_uid(zalo))["error"] == 0

    shown = await zalo.driver.shown("mai")
    assert [(one["by"], one["text"]) for one in shown] == [("template", "Câu VB-1 đã có trả lời.")] * 2
    assert (await zalo.driver.state())["balance"] == 600


async def test_a_press_on_it_opens_the_window(zalo):
    await by_uid(zalo)
    assert (await zalo.send("mai", text="Chào bà"))["error"] == -230
    await zalo.driver.presses("mai", "Mở Zalo")

    assert (await zalo.send("mai", text="Chào bà"))["error"] == 0


async def test_by_phone_it_is_delivered_and_told(zalo):
    answer = await by_phone(zalo)
    await zalo.driver.settle()

    assert answer["data"]["quota"] == {"dailyQuota": "500", "remainingQuota": "499"}
    event = zalo.listener.heard[0]
    assert event["message"]["msg_id"] == answer["data"]["msg_id"]
    assert event["message"]["tracking_id"] == "t1"
    assert zalo.listener.headers[0]["X-ZEvent-Server"] == "ZNS"

    async def status(message_id: str) -> int:
        answer = await zalo.api.get("/message/status", params={"message_id": message_id})
        return answer.json()["data"]["status"]

    assert await status(answer["data"]["msg_id"]) == 1
    assert await status("unknown") == -1


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"ma": "1234567890"}, 0),
        ({"ma": "12345678901"}, -1122),
        ({"ma": ""}, -1122),
        ({"ma": 5}, -1122),
        ({"gio": "8:00"}, -1121),
        ({"ma": "VB-1", "cau_hoi": "Đường hỏng"}, -1122),
    ],
)
async def test_the_parameters_are_those_that_were_declared(zalo, data, error):
    assert (await by_uid(zalo, **data))["error"] == error
    assert (await by_phone(zalo, template_data=data))["error"] == error
    assert bool(await zalo.driver.violations()) == (error != 0)


async def test_parameters_are_an_object(zalo):
    assert (await by_phone(zalo, template_data="VB-1"))["error"] == -1121


@pytest.mark.parametrize("template_id", ["3", "unknown"])
async def test_only_what_is_approved_goes(zalo, template_id):
    assert (await by_uid(zalo, template_id))["error"] == -131
    assert (await by_phone(zalo, template_id=template_id))["error"] == -131


async def test_some_go_by_phone_only(zalo):
    assert (await by_uid(zalo, "2", gio="8:00"))["error"] == -249
    assert (await by_phone(zalo, template_id="2", template_data={"gio": "8:00"}))["error"] == 0
    assert await zalo.driver.violations() == []


@pytest.mark.parametrize(("hours", "night"), [(9.99, False), (10, True), (17.99, True), (18, False)])
async def test_none_goes_between_ten_and_six(zalo, hours, night):
    await zalo.driver.moves_clock(hours=hours)

    assert (await by_uid(zalo))["error"] == (-234 if night else 0)
    assert (await by_phone(zalo))["error"] == (-133 if night else 0)


async def test_without_money_none_goes(zalo):
    await zalo.driver.sets_balance(299)

    assert (await by_phone(zalo))["error"] == -115
    assert (await by_phone(zalo, mode="development"))["error"] == 0
    assert (await by_uid(zalo))["error"] == 0
    assert (await by_uid(zalo))["error"] == -321


async def test_the_day_has_a_quota(zalo):
    await zalo.driver.switches(template_quota_a_day=1)

    assert (await by_phone(zalo))["error"] == 0
    assert (await by_phone(zalo))["error"] == -144
    await zalo.driver.moves_clock(days=1)
    assert (await by_phone(zalo))["error"] == 0


@pytest.mark.parametrize("number", ["0987654321", "+84987654321", "849876543", "84 987654321", 84987654321, None])
async def test_a_number_begins_with_the_country_and_has_nothing_but_digits(zalo, number):
    assert (await by_phone(zalo, phone=number))["error"] == -108


async def test_who_cannot_be_reached(zalo):
    assert (await by_phone(zalo, phone="84900000000"))["error"] == -118
    await zalo.driver.refuses_templates("mai")
    assert (await by_phone(zalo))["error"] == -139
    assert (await by_uid(zalo))["error"] == -244
    unknown = {"user_id": "1", "template_id": "1", "template_data": {"ma": "VB-1"}}
    assert (await zalo.call("/v3.0/oa/message/template", unknown))["error"] == -201


@pytest.mark.parametrize("changed", [{"tracking_id": "t" * 49}, {"sending_mode": "2"}, {"tracking_id": 5}])
async def test_what_goes_along_has_its_limits(zalo, changed):
    assert (await by_phone(zalo, **changed))["error"] == -1122


async def test_without_a_token_nothing_goes(zalo):
    body = {"phone": NUMBER, "template_id": "1", "template_data": {"ma": "VB-1"}}

    assert (await zalo.call("/message/template", body, access_token="made-up"))["error"] == -124
    answer = await zalo.api.get("/message/status", headers={"access_token": ""})
    assert answer.json()["error"] == -124


async def test_the_templates_that_come_along_can_be_sent_and_never_hold_a_question():
    _, driver = in_process(lambda: NOON - timedelta(hours=1))
    await driver.meets("mai")

    for template in SandboxConfig().templates:
        assert all(f"<{name}>" in template.text for name in template.params)
        assert "<noi_dung" not in template.text
        assert bool(template.button) == bool(template.payload)


def test_a_file_of_templates_that_cannot_be_used_says_where(tmp_path: Path):
    file = tmp_path / "mine.toml"
    for text in ('[[templates]]\nid = "1"\n', "[other]\n", "templates = [", '[[templates]]\ncolour = "red"\n'):
        file.write_text(text)
        with pytest.raises(ValueError, match=r"mine\.toml|Invalid|Cannot"):
            read_templates(file)
