"""What a setting may look like: shapes checked one value at a time, each with one clear sentence.

A secret is never repeated in a sentence.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, SecretStr

SHORTEST_SECRET = 16
_HOST = re.compile(r"(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")
_SEVERAL_HOSTS = re.compile(r"(postgres[a-z+]*://)([^/?]*@)?([^/?@]*,[^/?@]*)/([^?]*)(?:\?(.*))?")
_NAMES_HOST = re.compile(r"https?://[^\s/]\S*\Z")
_PLACES = ("s3", "file", "memory")
_PORT = re.compile(r":[0-9]+$")
_SCHEMES = ("sqlite", "sqlite+aiosqlite", "postgresql", "postgresql+asyncpg", "postgres")


def _database(url: str) -> str:
    if not url:
        return url
    if url.partition("://")[0] not in _SCHEMES:
        raise ValueError("must begin with sqlite:/// or postgresql://")
    from sqlalchemy.engine import make_url  # only where an address is set: it takes as long as all the rest
    from sqlalchemy.exc import ArgumentError

    url = _hosts_apart(url)
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise ValueError("is not a database address") from None
    if parsed.database is None or parsed.database == ":memory:":
        raise ValueError("must name the file (sqlite:///file) or the database (postgresql://user@host/name)")
    return url


def _hosts_apart(url: str) -> str:
    """`postgresql://user@one,two:5433/name`, as libpq takes several hosts, in the form that SQLAlchemy takes.

    Everything else stays as it is.
    """
    several = _SEVERAL_HOSTS.fullmatch(url)
    if several is None:
        return url
    scheme, user, hosts, name, query = several.groups(default="")
    listed = [f"host={host if _PORT.search(host) else f'{host}:5432'}" for host in hosts.split(",")]
    return f"{scheme}{user}/{name}?{'&'.join(listed + ([query] if query else []))}"


def _place(url: str) -> str:
    scheme, _, rest = url.partition("://")
    if url and (scheme not in _PLACES or (not rest.strip("/") and scheme != "memory")):
        raise ValueError("must begin with s3://bucket or file:///folder")
    return url.rstrip("/") if rest.strip("/") else url


def _address(url: str) -> str:
    if url and not url.startswith(("https://", "http://")):
        raise ValueError("must begin with https:// (or http:// on this machine)")
    if url and not _NAMES_HOST.match(url):
        raise ValueError("must name a host and have no spaces")
    return url.rstrip("/")


def _id_of_zalo(number: str) -> str:
    if number and not (number.isascii() and number.isdecimal()):
        raise ValueError("must be digits only, as the developer's page shows it")
    return number


def _hosts(hosts: str) -> str:
    listed = [host.strip().lower() for host in hosts.split(",") if host.strip()]
    if not listed or not all(_HOST.fullmatch(host) for host in listed):
        raise ValueError("must name hosts like zdn.vn, *.zdn.vn or 127.0.0.1:8090, separated by commas")
    return ",".join(listed)


def _user_name(name: str) -> str:
    name = name.removeprefix("@")
    if name and not (name.isascii() and name.replace("_", "").isalnum()):
        raise ValueError("must be the bot's user name, letters, digits and _ only")
    return name


def _bot_token(token: SecretStr | None) -> SecretStr | None:
    if token is None:
        return None
    number, _, rest = token.get_secret_value().partition(":")
    if not (number.isdecimal() and rest):
        raise ValueError("does not look like a bot token (number:letters)")
    return token


def _hard_to_guess(token: SecretStr | None) -> SecretStr | None:
    if token is not None and (
        len(token.get_secret_value()) < SHORTEST_SECRET or not token.get_secret_value().isascii()
    ):
        raise ValueError(f"must have {SHORTEST_SECRET} characters or more, all of them ASCII")
    return token


DatabaseUrl = Annotated[str, AfterValidator(_database)]
"""Of an SQLite file or a PostgreSQL database; empty: the default."""
PlaceUrl = Annotated[str, AfterValidator(_place)]
"""Where files lie; empty: in the data folder. `memory:///` is for trials: what lies there is gone with the process."""
Address = Annotated[str, AfterValidator(_address)]
"""Of a server, without the slash at its end."""
ZaloId = Annotated[str, AfterValidator(_id_of_zalo)]
Hosts = Annotated[str, AfterValidator(_hosts)]
"""Names of hosts, separated by commas."""
UserName = Annotated[str, AfterValidator(_user_name)]
"""Of a bot, without its @."""
BotToken = Annotated[SecretStr | None, AfterValidator(_bot_token)]
AccessToken = Annotated[SecretStr | None, AfterValidator(_hard_to_guess)]
"""One that whoever installs thinks up: long enough not to be guessed."""
