"""Write the next migration from what the tables in the code say: `make migration NAME="Add …"`. Read it before use."""

import sys
import tempfile
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.script import Script

from storage.migrate import VERSIONS, compare, config, known_revisions


def main(name: str) -> None:
    if not name.strip():
        raise SystemExit('say what it does: make migration NAME="Add …"')
    with tempfile.TemporaryDirectory() as folder:
        engine = sa.create_engine(f"sqlite:///{Path(folder) / 'new.sqlite3'}")
        with engine.begin() as connection:
            command.upgrade(config(connection), "head")
        with engine.begin() as connection:
            if write_next(connection, name) is None:
                raise SystemExit("the tables in the code are those the migrations make: there is nothing to write")


def write_next(connection: sa.Connection, name: str, into: Path = VERSIONS) -> Path | None:
    """Write what turns this database into the tables of the code, under the next number; None where nothing does.

    Alembic's own number is drawn by lot: where it begins with a letter the migration was never found.
    """
    if not compare(connection):
        return None
    made = config(connection)
    made.set_main_option("path_separator", "newline")
    made.set_main_option("version_locations", "\n".join(dict.fromkeys((str(VERSIONS), str(into)))))
    number = f"{int(max(known_revisions())) + 1:04d}"
    written = command.revision(made, message=name, autogenerate=True, rev_id=number, version_path=str(into))
    if not isinstance(written, Script):
        raise TypeError("one migration is written at a time")
    return Path(written.path)


if __name__ == "__main__":
    main(sys.argv[1])
