"""The worst day in short: too many ask at once while network, database and disk fail and processes are killed."""

import os
from pathlib import Path

import pytest

from tests.support.databases import POSTGRESQL, REQUIRED, SQLITE, NoServer
from tests.support.soak_days import SHORT
from tests.support.soaking import soak


@pytest.mark.whole_processes
@pytest.mark.parametrize("database", [SQLITE, POSTGRESQL])
async def test_every_question_with_a_receipt_is_stored_once_and_every_letter_goes_out_in_order(
    tmp_path: Path, database: str
) -> None:
    try:
        found = await soak(tmp_path / "data", SHORT, database)
    except NoServer as trouble:
        if os.environ.get(REQUIRED):
            pytest.fail(str(trouble))
        pytest.skip(str(trouble))

    assert found.wrong == [], str(found)
    assert found.questions == SHORT.people
    assert found.kills == SHORT.kills
