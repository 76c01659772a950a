"""Rules too small for a file of their own."""

from datetime import datetime

import pytest

from intake.rules.delivery import earliest_sending
from intake.rules.letter import Priority
from tests.support.world import local


@pytest.mark.parametrize(
    ("written", "goes_out"),
    [
        (local(2024, 3, 1, 0, 0), local(2024, 3, 1, 6, 30)),
        (local(2024, 3, 1, 6, 29), local(2024, 3, 1, 6, 30)),
        (local(2024, 3, 1, 6, 30), local(2024, 3, 1, 6, 30)),
        (local(2024, 3, 1, 20, 59), local(2024, 3, 1, 20, 59)),
        (local(2024, 3, 1, 21, 0), local(2024, 3, 2, 6, 30)),
        (local(2024, 2, 29, 23, 59), local(2024, 3, 1, 6, 30)),
    ],
)
def test_a_broadcast_never_rings_at_night(written: datetime, goes_out: datetime) -> None:
    """Quiet hours are 21:00 to 06:30 of Việt Nam; the night after midnight belongs to the same morning."""
    assert earliest_sending(Priority.BULK, written) == goes_out


@pytest.mark.parametrize("priority", [one for one in Priority if one is not Priority.BULK])
def test_what_concerns_one_person_goes_out_at_any_hour(priority: Priority) -> None:
    midnight = local(2024, 3, 1, 0, 15)
    assert earliest_sending(priority, midnight) == midnight
