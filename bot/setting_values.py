"""What a setting may look like: shapes checked one value at a time, each with one clear sentence.

A secret is never repeated in a sentence.
"""

import re
from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr

SHORTEST_SECRET = 16
_HOST = re.compile(r"(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")
_SEVERAL_HOSTS = re.compile(r"(postgres[a-z+]*://)([^/?]*@)?([^/?@]*,[^/?@]*)/([^?]*)(?:\?(.*))?")
_NAMES_HOST = re.compile(r"https?://[^\s/]\S*\Z")
_PLACES = ("s3", "file", "memory")
_PORT = re.compile(r":[0-9]+$")
_BEHIND = ("sslmode", "ssl", "target_session_attrs", "prepared_statement_cache_size", "passfile", "host", "port")
"""What may stand behind the name of a PostgreSQL database; everything else its driver would stumble over."""
_OF = {
    "ssl": ("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
    "target_session_attrs": ("any", "read-write", "read-only", "primary", "standby", "prefer-standby"),
}
_SSLMODE = re.compile(r"([?&])sslmode=")
_LARGEST_PORT = 65535
_HOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*")
_BOT_TOKEN = re.compile(r"[0-9]+:[!-~]+")
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
    if not parsed.database or parsed.database == ":memory:":
        raise ValueError("must name the file (sqlite:///file) or the database (postgresql://user@host/name)")
    if url.startswith("sqlite"):
        if parsed.host is not None or parsed.query:
            raise ValueError("must name the file and nothing behind it (sqlite:///file)")
        return url
    listed = parsed.query.get("host", ())
    ports = [one.rpartition(":")[2] for one in ((listed,) if isinstance(listed, str) else listed) if _PORT.search(one)]
    _refuse_ports([*ports, str(parsed.port or 1)])
    return _as_the_driver_has_it(url, parsed.query)


def _as_the_driver_has_it(url: str, behind: Mapping[str, object]) -> str:
    """Check what stands behind the name of a PostgreSQL database; `sslmode` is `ssl` for our driver."""
    if behind.keys() - set(_BEHIND):
        raise ValueError(f"behind ? may stand {', '.join(_BEHIND)}")
    for name, value in behind.items():
        of = _OF.get("ssl" if name == "sslmode" else name, ())
        if of and value not in of:
            raise ValueError(f"{name} is one of {', '.join(of)}")
        if name == "prepared_statement_cache_size" and not str(value).isdecimal():
            raise ValueError(f"{name} is a number")
    return _SSLMODE.sub(r"\1ssl=", url)


def _refuse_ports(ports: Iterable[str]) -> None:
    if not all(port.isdecimal() and 0 < int(port) <= _LARGEST_PORT for port in ports):
        raise ValueError("names a port that is none")


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
    names = rest.startswith("/") if scheme == "file" else not rest.startswith("/")
    if url and (scheme not in _PLACES or (scheme != "memory" and not (names and rest.strip("/")))):
        raise ValueError("must begin with s3://bucket or file:///folder")
    return url.rstrip("/") if rest.strip("/") else url


def _address(url: str) -> str:
    if url and not url.startswith(("https://", "http://")):
        raise ValueError("must begin with https:// (or http:// on this machine)")
    if url and not _NAMES_HOST.match(url):
        raise ValueError("must name a host and have no spaces")
    if "?" in url or "#" in url:
        raise ValueError("must end before ? and #")
    try:
        port = urlsplit(url).port
    except ValueError:  # no number, or one too large
        port = 0
    if port == 0:
        raise ValueError("names a port that is none")
    return url.rstrip("/")


def _site(url: str) -> str:
    url = _address(url)
    if urlsplit(url).path:
        raise ValueError("must end with the host: pages lie at its root")
    return url


def as_written(value: str, *, quoted: bool) -> str:
    """What somebody filled in, without the spaces around it; some may be `quoted`, and always were taken with it."""
    value = value.strip()
    if "…" in value:
        raise ValueError("is not filled in yet")
    if not quoted and len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        raise ValueError("leave the quotation marks around it out")
    return value


def _listening_at(host: str) -> str:
    try:
        ip_address(host)
    except ValueError:
        if _HOST_NAME.fullmatch(host) is None:
            raise ValueError(
                "must be an address of this machine alone, without https:// and port: "
                "127.0.0.1, or 0.0.0.0 for all there are"
            ) from None
    return host


def _whole_path(path: Path) -> Path:
    if str(path).startswith("~"):
        raise ValueError("~ is not looked up here; write the whole path")
    return path


def _id_of_zalo(number: str) -> str:
    if number and not (number.isascii() and number.isdecimal()):
        raise ValueError("must be digits only, as the developer's page shows it")
    return number


def _hosts(hosts: str) -> str:
    listed = [host.strip().lower() for host in hosts.split(",") if host.strip()]
    named = [_HOST.fullmatch(host) for host in listed]
    if not listed or not all(host and int((host[3] or ":1")[1:]) in range(1, _LARGEST_PORT + 1) for host in named):
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
    if _BOT_TOKEN.fullmatch(token.get_secret_value()) is None:
        raise ValueError("does not look like a bot token (number:letters)")
    return token


def _hard_to_guess(token: SecretStr | None) -> SecretStr | None:
    if token is not None and (
        len(token.get_secret_value()) < SHORTEST_SECRET or not token.get_secret_value().isascii()
    ):
        raise ValueError(f"must have {SHORTEST_SECRET} characters or more, all of them ASCII")
    return token


def _as_telegram_takes_it(secret: SecretStr | None) -> SecretStr | None:
    if secret is not None and _HOOK_SECRET.fullmatch(secret.get_secret_value()) is None:
        raise ValueError("must have 1 to 256 characters: letters without marks, digits, _ and -")
    return secret


DatabaseUrl = Annotated[str, AfterValidator(_database)]
"""Of an SQLite file or a PostgreSQL database; empty: the default."""
PlaceUrl = Annotated[str, AfterValidator(_place)]
"""Where files lie; empty: in the data folder. `memory:///` is for trials: what lies there is gone with the process."""
Address = Annotated[str, AfterValidator(_address)]
"""Of a server, without the slash at its end."""
SiteAddress = Annotated[str, AfterValidator(_site)]
"""Of our own pages."""
ListeningAt = Annotated[str, AfterValidator(_listening_at)]
WholePath = Annotated[Path, AfterValidator(_whole_path)]
HookSecret = Annotated[SecretStr | None, AfterValidator(_as_telegram_takes_it)]
ZaloId = Annotated[str, AfterValidator(_id_of_zalo)]
Hosts = Annotated[str, AfterValidator(_hosts)]
"""Names of hosts, separated by commas."""
UserName = Annotated[str, AfterValidator(_user_name)]
"""Of a bot, without its @."""
BotToken = Annotated[SecretStr | None, AfterValidator(_bot_token)]
AccessToken = Annotated[SecretStr | None, AfterValidator(_hard_to_guess)]
"""One that whoever installs thinks up: long enough not to be guessed."""
