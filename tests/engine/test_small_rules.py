"""Rules too small for a file of their own."""

from datetime import datetime
from pathlib import Path

import pytest

from intake.rules.outbox.delivery import earliest_sending
from locales import catalogue
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
