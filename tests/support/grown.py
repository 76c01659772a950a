"""Databases as older versions left them: the migrations are read once a process, and each step to them is gone once."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from storage.migrate import config, upgrade

SCRIPTS = ScriptDirectory.from_config(config())
_GROWN: dict[str, bytes] = {}


@pytest.fixture(autouse=True)
def migrations_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Alembic reads all of them again for each command."""
    monkeypatch.setattr(ScriptDirectory, "from_config", lambda _config: SCRIPTS)


def before(name: str) -> str:
    """The revision that comes before the migration with this name, whatever number it has got."""
    [found] = [one for one in SCRIPTS.walk_revisions() if one.path.endswith(f"_{name}.py")]
    return str(found.down_revision)


def grow(file: Path, revision: str) -> None:
    """Make an empty SQLite database of a revision, out of the newest one made in this process that is older."""
    if revision not in _GROWN:
        older = max((made for made in _GROWN if made < revision), default="")
        file.write_bytes(_GROWN.get(older, b""))
        engine = sa.create_engine(f"sqlite:///{file}")
        with engine.begin() as connection:
            upgrade(connection, revision)
        engine.dispose()
        _GROWN[revision] = file.read_bytes()
    file.write_bytes(_GROWN[revision])
