"""The stand-in for Zalo's OpenAPI refuses what the platform refuses: each limit, each edge, each code."""

import json

import pytest

from tests.support.zalo_sandbox import Rig, rig

PNG = b"\x89PNG\r\n\x1a\n"
JPG = b"\xff\xd8\xff"
PDF = b"%PDF-1.7"
MEGABYTE = 1024 * 1024


@pytest.fixture
async def zalo() -> Rig:
    made = rig()
    await made.driver.says("mai", "xin chào")
    return made


def template(**payload: object) -> dict:
    return {"type": "template", "payload": payload}


def button(title: str = "Gửi", kind: str = "oa.query.hide", payload: object = "#abc") -> dict:
    return {"title": title, "type": kind, "payload": payload}


def media(**element: object) -> dict:
    return template(template_type="media", elements=[{"media_type": "image", **element}])


def ask_contact(**changed: object) -> dict:
    element = {"title": "Số điện thoại", "subtitle": "Để liên hệ", "image_url": "https://a.test/a.png", **changed}
    return template(template_type="request_user_info", elements=[element])


async def test_a_text_is_on_the_phone(zalo):
    answer = await zalo.send("mai", text="Chào bà Mai")

    assert (answer["error"], answer["message"]) == (0, "Success")
    assert answer["data"]["user_id"] == await zalo.id("mai")
    assert answer["data"]["quota"]["quota_type"] == "reply"
    shown = (await zalo.driver.shown("mai"))[-1]
    assert (shown["by"], shown["text"], shown["id"]) == ("oa", "Chào bà Mai", answer["data"]["message_id"])
    assert await zalo.driver.violations() == []


async def test_an_id_is_a_text_that_no_float_can_hold(zalo):
    user_id = await zalo.id("mai")

    assert int(user_id) > 2**53
    answer = await zalo.call("/v3.0/oa/message/cs", {"recipient": {"user_id": int(user_id)}, "message": {"text": "x"}})
    assert answer["error"] == -201
    assert await zalo.driver.violations() != []


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ({"text": "a" * 2000}, 0),
        ({"text": "a" * 2001}, -210),
        ({"text": ""}, -201),
        ({"text": "  "}, -201),
        ({}, -201),
        ({"text": 5}, -201),
        ({"text": "a", "buttons": []}, -201),
        ({"text": "a", "quote_message_id": "96d3"}, 0),
        ({"text": "a", "attachment": template(buttons=[button()])}, 0),
        ({"text": "a", "attachment": template(buttons=[button()] * 5)}, 0),
        ({"text": "a", "attachment": template(buttons=[button()] * 6)}, -210),
        ({"text": "a", "attachment": template(buttons=[])}, -201),
        ({"text": "a", "attachment": template(buttons="x")}, -201),
        ({"attachment": template(buttons=[button()])}, -201),
        ({"text": "a", "attachment": template(buttons=[button("b" * 100)])}, 0),
        ({"text": "a", "attachment": template(buttons=[button("b" * 101)])}, -210),
        ({"text": "a", "attachment": template(buttons=[button("")])}, -201),
        ({"text": "a", "attachment": template(buttons=[button(payload="#" * 1000)])}, 0),
        ({"text": "a", "attachment": template(buttons=[button(payload="#" * 1001)])}, -210),
        ({"text": "a", "attachment": template(buttons=[button(kind="oa.query.show")])}, 0),
        ({"text": "a", "attachment": template(buttons=[button(kind="web_url")])}, -201),
        ({"text": "a", "attachment": template(buttons=["Gửi"])}, -201),
        ({"text": "a", "attachment": template(buttons=[{**button(), "code": 1}])}, -201),
        ({"text": "a", "attachment": template(buttons=[button(kind="oa.open.url", payload={"url": "https://a"})])}, 0),
        ({"text": "a", "attachment": template(buttons=[button(kind="oa.open.url", payload="https://a")])}, -201),
        ({"text": "a", "attachment": template(buttons=[button(kind="oa.open.url", payload={"url": "a"})])}, -201),
        (
            {"text": "a", "attachment": template(buttons=[button(kind="oa.open.phone", payload={"phone_code": "84"})])},
            0,
        ),
        (
            {
                "text": "a",
                "attachment": template(buttons=[button(kind="oa.open.phone", payload={"phone_code": "+84"})]),
            },
            -201,
        ),
        (
            {
                "text": "a",
                "attachment": template(
                    buttons=[button(kind="oa.open.sms", payload={"content": "s" * 160, "phone_code": "84"})]
                ),
            },
            0,
        ),
        (
            {
                "text": "a",
                "attachment": template(
                    buttons=[button(kind="oa.open.sms", payload={"content": "s" * 161, "phone_code": "84"})]
                ),
            },
            -210,
        ),
        ({"text": "a", "attachment": template(template_type="button", buttons=[button()])}, -233),
        ({"text": "a", "attachment": template(template_type="list", buttons=[button()])}, -233),
        ({"text": "a", "attachment": {"type": "image", "payload": {}}}, -233),
        ({"text": "a", "attachment": [template()]}, -201),
        ({"attachment": media(url="https://a.test/a.png")}, 0),
        ({"text": "a", "attachment": media(url="https://a.test/a.png")}, 0),
        ({"attachment": media(url="a.png")}, -201),
        ({"attachment": media()}, -201),
        ({"attachment": media(url="https://a.test/a.png", attachment_id="b")}, -201),
        ({"attachment": media(attachment_id="unknown")}, -100),
        ({"attachment": media(media_type="video", url="https://a.test/a")}, -201),
        ({"attachment": media(media_type="gif", url="https://a.test/a.gif")}, -201),
        ({"attachment": media(media_type="gif", url="https://a.test/a.gif", width=1, height=1)}, 0),
        ({"attachment": media(media_type="sticker", attachment_id="bfe458bf64fa8da4d4eb")}, 0),
        ({"attachment": template(template_type="media", elements=[])}, -201),
        ({"text": "a", "attachment": template(template_type="media", elements=[{}], buttons=[button()])}, -233),
        ({"attachment": {"type": "file", "payload": {"token": "unknown"}}}, -100),
        ({"text": "a", "attachment": {"type": "file", "payload": {"token": "unknown"}}}, -201),
        ({"attachment": ask_contact()}, 0),
        ({"text": "a", "attachment": ask_contact()}, -201),
        ({"attachment": ask_contact(title="t" * 100, subtitle="s" * 500)}, 0),
        ({"attachment": ask_contact(title="t" * 101)}, -210),
        ({"attachment": ask_contact(subtitle="s" * 501)}, -210),
        ({"attachment": ask_contact(image_url="http://a.test/a.png")}, -201),
        ({"attachment": template(template_type="request_user_info", elements=[])}, -201),
    ],
)
async def test_what_a_message_may_be(zalo, message, error):
    answer = await zalo.send("mai", **message)

    assert answer["error"] == error, answer
    assert ("data" in answer) == (error == 0)
    assert len(await zalo.driver.shown("mai")) == (2 if error == 0 else 1)
    assert bool(await zalo.driver.violations()) == (error != 0)


async def test_how_a_text_is_counted_is_a_switch(zalo):
    text = "🌾" * 2000

    assert (await zalo.send("mai", text=text))["error"] == 0
    await zalo.driver.switches(count_text="utf16")
    assert (await zalo.send("mai", text=text))["error"] == -210
    assert (await zalo.send("mai", text="🌾" * 1000))["error"] == 0


@pytest.mark.parametrize(("switch", "error"), [("accept", 0), ("refuse-201", -201), ("refuse-233", -233)])
async def test_an_account_without_buttons_refuses_them_and_nobody_is_to_blame(zalo, switch, error):
    await zalo.driver.switches(buttons=switch)

    assert (await zalo.send("mai", text="a", attachment=template(buttons=[button()])))["error"] == error
    assert (await zalo.send("mai", text="1. Gửi"))["error"] == 0
    assert await zalo.driver.violations() == []


async def test_lists_and_pictures_with_buttons_are_switches(zalo):
    await zalo.driver.switches(list_template=True, media_buttons=True)
    elements = [{"title": "Đường hỏng", "subtitle": "Chọn một việc"}]
    picture = {"media_type": "image", "url": "https://a.test/a.png"}

    assert (await zalo.send("mai", attachment=template(template_type="list", elements=elements, buttons=[button()])))[
        "error"
    ] == 0
    assert (await zalo.send("mai", attachment=template(template_type="list", buttons=[button()])))["error"] == -201
    assert (
        await zalo.send("mai", attachment=template(template_type="media", elements=[picture], buttons=[button("Xem")]))
    )["error"] == 0
    assert (await zalo.driver.presses("mai", "Xem"))["target"] == "#abc"


async def test_a_pressed_button_says_its_payload_and_a_hidden_one_shows_nothing(zalo):
    await zalo.send(
        "mai", text="Gửi chưa?", attachment=template(buttons=[button(), button("Xem", "oa.query.show", "xem")])
    )
    await zalo.driver.presses("mai", "Gửi")
    await zalo.driver.presses("mai", "Xem")

    assert [one["text"] for one in await zalo.driver.shown("mai")] == ["xin chào", "Gửi chưa?", "xem"]
    assert [one["message"]["text"] for one in zalo.listener.heard if one["event_name"] == "user_send_text"] == [
        "xin chào",
        "#abc",
        "xem",
    ]
    with pytest.raises(LookupError, match="sees no button Huỷ"):
        await zalo.driver.presses("mai", "Huỷ")


async def test_a_link_is_shown_and_says_nothing(zalo):
    link = button("Mở", "oa.open.url", {"url": "https://a.test/"})
    await zalo.send("mai", text="a", attachment=template(buttons=[link]))

    assert (await zalo.driver.presses("mai", "Mở"))["target"] == "https://a.test/"
    assert zalo.listener.names().count("user_send_text") == 1


@pytest.mark.parametrize(
    ("how_long", "error"),
    [
        ({"days": 7, "seconds": -1}, 0),
        ({"days": 7, "seconds": 1}, -230),
        ({"days": 30}, -230),
    ],
)
async def test_the_window_is_seven_days(zalo, how_long, error):
    await zalo.driver.moves_clock(**how_long)

    assert (await zalo.send("mai", text="Chào"))["error"] == error
    assert await zalo.driver.violations() == []
    await zalo.driver.says("mai", "còn đây")
    assert (await zalo.send("mai", text="Chào"))["error"] == 0


async def test_somebody_who_never_wrote_cannot_be_written_to(zalo):
    await zalo.driver.meets("nam")

    assert (await zalo.send("nam", text="Chào"))["error"] == -230
    await zalo.driver.follows("nam")
    assert (await zalo.send("nam", text="Chào"))["error"] == 0


async def test_whether_a_press_opens_the_window_is_a_switch(zalo):
    await zalo.send("mai", text="a", attachment=template(buttons=[button()]))
    await zalo.driver.moves_clock(days=6)
    await zalo.driver.switches(press_opens_window=False)
    await zalo.driver.presses("mai", "Gửi")
    await zalo.driver.moves_clock(days=2)
    assert (await zalo.send("mai", text="a"))["error"] == -230

    await zalo.driver.switches(press_opens_window=True)
    await zalo.driver.presses("mai", "Gửi")
    assert (await zalo.send("mai", text="a"))["error"] == 0


@pytest.mark.parametrize(("hours", "kind"), [(0, "reply"), (48, "reply"), (48.001, "sub_quota")])
async def test_what_pays_for_a_message(zalo, hours, kind):
    await zalo.driver.moves_clock(hours=hours)

    assert (await zalo.send("mai", text="a"))["data"]["quota"]["quota_type"] == kind


async def test_beyond_the_package_it_costs_and_without_money_nothing_goes(zalo):
    await zalo.driver.switches(package_quota=1)
    await zalo.driver.sets_balance(100)
    await zalo.driver.moves_clock(days=3)

    assert (await zalo.send("mai", text="a"))["data"]["quota"]["remain"] == "0"
    assert "quota" not in (await zalo.send("mai", text="a"))["data"]
    assert (await zalo.driver.state())["balance"] == 45
    assert (await zalo.send("mai", text="a"))["error"] == -211


async def test_who_blocked_the_account_is_not_reached(zalo):
    await zalo.driver.blocks("mai")
    assert (await zalo.send("mai", text="a"))["error"] == -244
    await zalo.driver.switches(blocked_error=-217)
    assert (await zalo.send("mai", text="a"))["error"] == -217
    await zalo.driver.unblocks("mai")
    assert (await zalo.send("mai", text="a"))["error"] == 0


async def test_whether_one_has_to_follow_is_a_switch(zalo):
    await zalo.driver.switches(cs_needs_follow=True)
    assert (await zalo.send("mai", text="a"))["error"] == -213
    await zalo.driver.follows("mai")
    assert (await zalo.send("mai", text="a"))["error"] == 0
    await zalo.driver.unfollows("mai")
    assert (await zalo.send("mai", text="a"))["error"] == -213


@pytest.mark.parametrize(
    ("kind", "name", "content", "error"),
    [
        ("image", "a.png", PNG.ljust(MEGABYTE), 0),
        ("image", "a.png", PNG.ljust(MEGABYTE + 1), -210),
        ("image", "a.jpg", JPG, 0),
        ("image", "a.JPEG", JPG, 0),
        ("image", "a.png", JPG, -201),
        ("image", "a.gif", b"GIF89a", -201),
        ("image", "a.pdf", PDF, -201),
        ("gif", "a.gif", b"GIF89a", 0),
        ("file", "a.pdf", PDF.ljust(5 * MEGABYTE), 0),
        ("file", "a.pdf", PDF.ljust(5 * MEGABYTE + 1), -210),
        ("file", "a.docx", b"PK\x03\x04", 0),
        ("file", "a.doc", b"\xd0\xcf\x11\xe0", 0),
        ("file", "a.xlsx", b"PK\x03\x04", -201),
        ("file", "a.png", PNG, -201),
        ("video", "a.mp4", b"ftyp", -201),
    ],
)
async def test_what_may_be_uploaded(zalo, kind, name, content, error):
    answer = await zalo.upload(kind, name, content)

    assert answer["error"] == error
    if error == 0:
        assert answer["data"]["token" if kind == "file" else "attachment_id"]


async def test_an_upload_is_shown_and_lives_seven_days(zalo):
    picture = (await zalo.upload("image", "a.png", PNG))["data"]["attachment_id"]
    paper = (await zalo.upload("file", "van-ban.pdf", PDF))["data"]["token"]
    assert (await zalo.send("mai", text="Ảnh", attachment=media(attachment_id=picture)))["error"] == 0
    assert (await zalo.send("mai", attachment={"type": "file", "payload": {"token": paper}}))["error"] == 0

    *_, with_picture, with_paper = await zalo.driver.shown("mai")
    assert (await zalo.api.get(with_picture["pictures"][0])).content == PNG
    assert with_paper["file"]["name"] == "van-ban.pdf"
    assert (await zalo.api.get(with_paper["file"]["url"])).content == PDF
    assert (await zalo.send("mai", attachment=media(attachment_id=paper)))["error"] == -100
    assert len(await zalo.driver.violations()) == 1

    await zalo.driver.moves_clock(days=6, hours=23)
    await zalo.driver.says("mai", "còn đây")
    assert (await zalo.send("mai", attachment=media(attachment_id=picture)))["error"] == 0
    await zalo.driver.moves_clock(hours=1)
    assert (await zalo.send("mai", attachment=media(attachment_id=picture)))["error"] == -100
    assert len(await zalo.driver.violations()) == 1, "what has expired is nobody's defect"


async def test_uploads_of_a_month_are_counted(zalo):
    await zalo.driver.switches(uploads_a_month=1)

    assert (await zalo.upload("image", "a.png", PNG))["error"] == 0
    assert (await zalo.upload("image", "a.png", PNG))["error"] == -211
    await zalo.driver.moves_clock(days=31)
    assert (await zalo.upload("image", "a.png", PNG))["error"] == 0


async def test_an_upload_has_its_field_name(zalo):
    answer = await zalo.api.post("/v2.0/oa/upload/image", files={"picture": ("a.png", PNG)})

    assert answer.json()["error"] == -201


async def test_the_minute_has_a_limit_and_says_what_is_left():
    zalo = rig(requests_a_minute=2)
    await zalo.driver.says("mai", "xin chào")
    body = {**await zalo.to("mai"), "message": {"text": "a"}}
    answers = [await zalo.api.post("/v3.0/oa/message/cs", json=body) for _ in range(3)]

    assert [one.json()["error"] for one in answers] == [0, 0, -32]
    assert [one.headers["x-ratelimit-remain"] for one in answers] == ["1", "0", "0"]
    assert {one.headers["x-ratelimit-limit"] for one in answers} == {"2"}
    await zalo.driver.moves_clock(minutes=1)
    assert (await zalo.send("mai", text="a"))["error"] == 0


@pytest.mark.parametrize(
    ("method", "path", "error"),
    [
        ("POST", "/v2.0/oa/message", -240),
        ("POST", "/v2.0/oa/message/cs", -240),
        ("POST", "/v3.0/oa/message/transaction", -233),
        ("POST", "/v3.0/oa/message/promotion", -233),
    ],
)
async def test_what_was_shut_down_says_so(zalo, method, path, error):
    answer = await zalo.api.request(method, path, json={**await zalo.to("mai"), "message": {"text": "a"}})

    assert answer.json()["error"] == error
    assert len(await zalo.driver.violations()) == 1


@pytest.mark.parametrize("path", ["/v3.0/oa/message/edit", "/v2.0/oa/quota/message", "/v3.0/oa/typing"])
async def test_what_never_was_is_noted(zalo, path):
    assert (await zalo.api.post(path, json={})).status_code == 404
    assert await zalo.driver.violations() == [f"POST {path}: there is no such endpoint"]


async def test_a_body_has_to_be_a_json_object(zalo):
    for content in (b"", b"[]", b"{", b'"a"'):
        answer = await zalo.api.post(
            "/v3.0/oa/message/cs", content=content, headers={"content-type": "application/json"}
        )
        assert answer.json()["error"] == -201
    assert (await zalo.api.post("/v3.0/oa/message/cs", data={"recipient": "a"})).json()["error"] == -201


async def test_the_profile_is_for_followers(zalo):
    async def detail(asked: str) -> dict:
        return (await zalo.api.get("/v3.0/oa/user/detail", params={"data": asked})).json()

    mai = json.dumps({"user_id": await zalo.id("mai")})
    assert (await detail(mai))["error"] == -213
    await zalo.driver.follows("mai")
    assert (await detail(mai))["data"]["user_is_follower"] is True
    assert (await detail('{"user_id":"1"}'))["error"] == -201
    assert (await detail("mai"))["error"] == -201
    assert (await detail("[]"))["error"] == -201


async def test_the_quota_tells_the_last_interaction(zalo):
    await zalo.driver.meets("nam")
    mai = await zalo.call("/v3.0/oa/quota/message", {"user_id": await zalo.id("mai")})
    nam = await zalo.call("/v3.0/oa/quota/message", {"user_id": await zalo.id("nam")})

    assert mai["data"]["last_interaction"] == "1782882000000"
    assert nam["data"]["last_interaction"] == ""
    assert (await zalo.call("/v3.0/oa/quota/message", {"user_id": "1"}))["error"] == -201


async def test_the_account_says_what_it_is(zalo):
    data = (await zalo.api.get("/v2.0/oa/getoa")).json()["data"]

    assert (data["oa_type"], data["is_verified"], data["num_follower"]) == (4, True, 0)


async def test_a_sign_under_what_somebody_wrote(zalo):
    said = (await zalo.driver.shown("mai"))[0]["id"]

    async def react(**action: str) -> int:
        return (await zalo.call("/v2.0/oa/message", {**await zalo.to("mai"), "sender_action": action}))["error"]

    assert await react(react_icon="/-heart", react_message_id=said) == 0
    assert (await zalo.driver.shown("mai"))[0]["reaction"] == "/-heart"
    assert await react(react_icon="/-heart", react_message_id="1") == -201
    assert await react(react_message_id=said) == -201


async def test_calls_are_noted_with_what_became_of_them(zalo):
    await zalo.send("mai", text="a")
    await zalo.send("mai", text="")

    calls = await zalo.driver.calls("/v3.0/oa/message/cs")
    assert [(one["method"], one["status"], one["error"]) for one in calls] == [("POST", 200, 0), ("POST", 200, -201)]
    assert calls[0]["body"]["message"] == {"text": "a"}
    assert await zalo.driver.calls("/v2.0") == []
