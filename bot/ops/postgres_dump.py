"""A PostgreSQL database as one file and back, by PostgreSQL's own programs `pg_dump` and `pg_restore`.

Their format is what every PostgreSQL reads, newer ones as well. The password goes by the environment: arguments are
seen by everybody on the machine.
"""

import os
import shutil
import subprocess
from pathlib import Path

import sqlalchemy as sa

from bot.console import InputError
from bot.settings import PREFIX, Settings

DUMP_FILE = "doithoai.pgdump"
_DUMP, _RESTORE = "pg_dump", "pg_restore"
_LINES = 3
"""Of what they say, until it is plain what is wrong: which versions do not fit each other, say."""


def dump(settings: Settings, into: Path) -> None:
    """Write the database, as it is at one moment, to a new file. Raises `InputError` with the programs' own words."""
    into.touch(mode=0o600)
    _run(settings, _DUMP, "--format=custom", "--no-owner", "--no-privileges", f"--file={into}")


def check_dump(settings: Settings, file: Path) -> None:
    """Raise `InputError` for what is no dump, or one that is cut off in its table of contents."""
    _run(settings, _RESTORE, "--list", str(file), connects=False)


def load(settings: Settings, file: Path) -> None:
    """Load a dump into the database, which has to be empty: all of it or nothing. Raises `InputError` likewise."""
    _run(settings, _RESTORE, "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", str(file))


def _run(settings: Settings, program: str, *arguments: str, connects: bool = True) -> None:
    found = shutil.which(program)
    if found is None:
        raise InputError(
            f"the database is PostgreSQL and its program {program} is not here: install the client of your server's "
            f"version (postgresql-client), or run it where it is, and keep {PREFIX}SECRET_KEY and the folder "
            f"{settings.data_dir / 'attachments'} besides"
        )
    url = sa.make_url(settings.engine_url)
    where: list[str] = []
    if connects:
        host = url.host or str(url.query.get("host", ""))
        given = {"host": host, "port": url.port, "username": url.username, "dbname": url.database}
        where = [f"--{name}={value}" for name, value in given.items() if value]
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    encrypted = url.query.get("sslmode") or url.query.get("ssl")
    tls = {"PGSSLMODE": str(encrypted)} if encrypted else {}
    ran = subprocess.run(  # noqa: S603 - our own arguments, and no shell
        [found, *(("--no-password",) if connects else ()), *where, *arguments],
        env={**os.environ, **secret, **tls, "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
    )
    if ran.returncode:
        said = "; ".join(ran.stderr.strip().splitlines()[:_LINES]) or f"status {ran.returncode}"
        raise InputError(said if said.startswith(program) else f"{program}: {said}")
