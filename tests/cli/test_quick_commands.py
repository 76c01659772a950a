"""`doithoai clock` and `doithoai language` are asked in loops of scripts: they load nothing that a database needs."""

import subprocess
import sys

import pytest

HEAVY = ("sqlalchemy", "aiogram", "telegram", "fastapi", "storage.tables", "structlog")
ENTRANCE = """
import sys
from bot.cli.entrance import main
sys.argv = ["doithoai", *sys.argv[1:]]
try:
    main()
finally:
    print(*sorted(sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["clock", "reply", "2024-04-25"], "2024-05-27"),
        (["clock", "reply", "2024-04-25", "--plan", "di-lang-2024"], "2024-05-27"),
        (["language"], "vi"),
    ],
)
def test_a_date_or_a_language_is_told_without_loading_what_a_database_needs(
    words: list[str], said: str, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(tmp_path / "none"))
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", ENTRANCE, *words], input="Đường xóm tôi hỏng", capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[0] == said
    loaded = done.stderr.split()
    assert "bot.cli.quick" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_a_slip_is_one_line_and_status_two_there_too() -> None:
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", ENTRANCE, "clock", "reply", "sometime"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("doithoai: sometime is not a date")
