"""Template messages: by user id, by phone where that cannot be, and what each refusal means."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.zalo.account.templates import international
from intake.rules.outbox.delivery import DeliveryFailure, Rejected, Throttled, Unavailable, Unreachable
from tests.support.world import World, local, opened_world
from tests.support.zalo_line import ZaloLine
from zalo_sandbox.config import read_templates
from zalo_sandbox.state import Failure

TEMPLATE = next(one for one in read_templates() if one.approved and one.by_uid)
PARAMS = dict.fromkeys(TEMPLATE.params, "x")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with opened_world(tmp_path, ZaloLine, local(2024, 3, 1)) as opened:
        opened.line.running.people.meet("mai", "Mai", "84912345678")  # type: ignore[attr-defined]
        yield opened


def line_of(world: World) -> ZaloLine:
    assert isinstance(world.line, ZaloLine)
    return world.line


@pytest.mark.parametrize("phone", ["+84912345678", "84912345678", "0912345678", "0912 345 678"])
def test_a_number_is_written_as_zalo_wants_it(phone: str) -> None:
    assert international(phone) == "84912345678"


async def test_it_reaches_somebody_whose_window_is_closed_by_id_and_by_phone(world: World) -> None:
    line = line_of(world)
    mai = line.running.people.get("mai")
    first = await line.channel.send_template(mai.id, None, TEMPLATE.id, PARAMS)
    second = await line.channel.send_template(None, "+84912345678", TEMPLATE.id, PARAMS)

    assert [one.id for one in mai.shown] == [first, second]
    assert {one.by for one in mai.shown} == {"template"}


async def test_a_template_that_cannot_go_to_an_id_goes_by_phone_or_is_told(world: World) -> None:
    line = line_of(world)
    mai = line.running.people.get("mai")
    path = "/v3.0/oa/message/template"
    line.running.sandbox.failures.append(Failure("error", -249, 2, path))
    assert await line.channel.send_template(mai.id, "0912345678", TEMPLATE.id, PARAMS)
    with pytest.raises(Rejected):
        await line.channel.send_template(mai.id, None, TEMPLATE.id, PARAMS)


async def test_nobody_is_sent_nothing(world: World) -> None:
    with pytest.raises(Rejected):
        await line_of(world).channel.send_template(None, None, TEMPLATE.id, PARAMS)


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        (-108, Unreachable),
        (-114, Unreachable),
        (-115, Throttled),
        (-118, Unreachable),
        (-119, Unreachable),
        (-124, Unavailable),
        (-131, Rejected),
        (-133, Throttled),
        (-139, Unreachable),
        (-141, Unreachable),
        (-144, Throttled),
        (-1121, Rejected),
        (-1122, Rejected),
    ],
)
async def test_each_error_code_has_its_consequence(world: World, code: int, failure: type[DeliveryFailure]) -> None:
    line = line_of(world)
    line.running.sandbox.failures.append(Failure("error", code, 9, "/message/template"))
    with pytest.raises(DeliveryFailure) as found:
        await line.channel.send_template(None, "0912345678", TEMPLATE.id, PARAMS)

    assert type(found.value) is failure
