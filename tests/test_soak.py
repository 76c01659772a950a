"""The worst day in short: everybody asks at once while network, database and disk fail and the process is killed."""

from pathlib import Path

from tests.support.soaking import SHORT, soak


async def test_every_question_with_a_receipt_is_stored_once_and_every_letter_goes_out_in_order(tmp_path: Path) -> None:
    found = await soak(tmp_path / "data", SHORT)

    assert found.wrong == []
    assert found.questions == SHORT.people
