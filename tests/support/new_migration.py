"""Write the next migration from what the tables in the code say: `make migration NAME="Add …"`. Read it before use."""

import sys
import tempfile
from pathlib import Path

import sqlalchemy as sa
from alembic import command

from storage.migrate import config


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = sa.create_engine(f"sqlite:///{Path(folder) / 'new.sqlite3'}")
        with engine.begin() as connection:
            command.upgrade(config(connection), "head")
        with engine.begin() as connection:
            command.revision(config(connection), message=sys.argv[1], autogenerate=True)


if __name__ == "__main__":
    main()
