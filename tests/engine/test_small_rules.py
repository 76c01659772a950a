"""Rules too small for a file of their own."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from intake.rules.outbox.delivery import earliest_sending
from intake.rules.people.flood_guard import OFFICE, RESIDENTS, take
from locales import catalogue
from tests.support.world import local

NOON = local(2024, 3, 1, 12)


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
    assert earliest_sending(written) == goes_out


def test_a_language_we_do_not_speak_has_no_catalogue() -> None:
    with pytest.raises(ValueError, match="no catalogue for 'fr'"):
        catalogue("fr")


def test_a_sentence_that_two_files_define_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which of the two people would read must not depend on the names of the files."""
    folder = tmp_path / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    for name in ("one", "two"):
        (folder / f"{name}.po").write_text(f'{head}msgid "menu.ask"\nmsgstr "Gửi câu hỏi"\n', "utf-8")
    monkeypatch.setattr("locales._HERE", tmp_path)

    with pytest.raises(ValueError, match=r"two\.po defines 'menu\.ask'"):
        catalogue.__wrapped__("vi")


@pytest.mark.parametrize("days", [1 / 12, 40])
def test_a_clock_that_was_put_back_silences_nobody(days: float):
    ahead = NOON + timedelta(days=days)

    corrected = take(3.0, ahead, NOON)
    assert (corrected.listen, corrected.left) == (True, 2.0)
    assert take(-5.0, ahead, NOON).left == -5.0
    assert take(-9000.0, NOON, NOON + timedelta(seconds=6)).listen, "what an earlier version had kept is forgiven"


def test_who_holds_a_role_has_a_larger_bucket_and_it_fills_faster():
    assert take(OFFICE.burst, NOON, NOON, OFFICE).left == OFFICE.burst - 1
    assert take(0.0, NOON, NOON + timedelta(seconds=1), OFFICE).left == 2.0
    assert take(60.0, NOON, NOON, RESIDENTS).left == RESIDENTS.burst - 1
