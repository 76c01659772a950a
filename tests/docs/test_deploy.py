"""The files for those who run it are true: what they name exists, what they promise is what the product needs."""

import asyncio
import configparser
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import AsyncExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from bot.app import ROLES, put_together
from bot.cli.main import app
from bot.ops.doctor import papers_finding
from bot.ops.shutdown import LIMIT_SECONDS
from bot.settings import PREFIX, Settings
from bot.telegram.limits import LIMITS as TELEGRAM
from bot.webchat.limits import LARGEST_FILE_BODY
from bot.zalo.limits import LIMITS as ZALO
from tests.support.browser import served
from tests.support.command_line import Command
from tests.support.databases import GIVEN
from tests.support.databases import REQUIRED as REQUIRES_POSTGRES
from tests.support.directives import Directive, read_caddy, read_nginx
from tests.support.processes import free_port
from tests.support.tree import ROOT
from web.connections import KEPT_OPEN, Patience
from web.forms import LONGEST_WITH_FILE, LONGEST_WITH_SCAN
from web.live import HEARTBEAT_SECONDS
from web.metrics import metrics_router
from web.server import create_app

DEPLOY = ROOT / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
WORKFLOW = ROOT / ".github" / "workflows" / "ci.yml"
HOOKS = ROOT / ".pre-commit-config.yaml"
SECRET = "0123456789abcdef0123"
FILLED_IN = {
    "SITE": "doithoai.example",
    "POSTGRES_PASSWORD": SECRET,
    f"{PREFIX}DATABASE_URL": "postgresql://doithoai@db/doithoai",
    f"{PREFIX}TELEGRAM_TOKEN": f"123:{SECRET}",
    f"{PREFIX}ZALO_APP_ID": "4318",
    f"{PREFIX}ZALO_OA_ID": "4319",
}
UNIT_WORDS = {
    "Unit": {"Description", "After", "Wants"},
    "Service": {
        *("Type", "User", "EnvironmentFile", "ExecStart", "ExecStartPost", "Restart", "RestartSec", "TimeoutStopSec"),
        *("ProtectSystem", "ReadWritePaths", "ProtectHome", "PrivateTmp", "PrivateDevices", "ProtectKernelTunables"),
        *("ProtectKernelModules", "ProtectControlGroups", "RestrictAddressFamilies", "RestrictNamespaces"),
        *("LockPersonality", "NoNewPrivileges", "CapabilityBoundingSet", "UMask"),
    },
    "Timer": {"OnCalendar", "Persistent"},
    "Install": {"WantedBy"},
}
SERVICE_WORDS = {
    *("image", "build", "command", "environment", "depends_on", "volumes", "tmpfs", "read_only", "cap_drop"),
    *("security_opt", "stop_grace_period", "restart", "healthcheck", "ports"),
}


def text(path: Path) -> str:
    return path.read_text("utf-8")


def about() -> dict[str, Any]:
    return tomllib.loads(text(ROOT / "pyproject.toml"))


def pythons() -> list[str]:
    """The versions of Python we say we run on."""
    named = (re.fullmatch(r".*:: (3\.\d+)", one) for one in about()["project"]["classifiers"])
    return [one[1] for one in named if one]


def seconds(said: str) -> int:
    number, unit = re.fullmatch(r"(\d+)(s|m|h)?", said).groups()
    return int(number) * {None: 1, "s": 1, "m": 60, "h": 3600}[unit]


def size(said: str) -> int:
    """In bytes; nginx's `m` is 1024 of 1024, Caddy's `MB` a million."""
    number, unit = re.fullmatch(r"(\d+)(m|MB)", said).groups()
    return int(number) * {"m": 1024 * 1024, "MB": 1_000_000}[unit]


def accepted(doithoai: Command, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    """The command line knows this command and these options; `run` also its roles, and stops only at a setting."""
    command = typer.main.get_command(app)
    with command.make_context("doithoai", list(arguments), resilient_parsing=True) as context:
        name, inner, rest = command.resolve_command(context, list(arguments))
        assert inner is not None
        inner.make_context(name, rest)
    if name == "run":
        monkeypatch.setenv(f"{PREFIX}HTTP_PORT", "none")
        status, _, err = doithoai(*arguments)
        assert status == 2
        assert "HTTP_PORT" in err, f"{arguments}: {err}"


# settings


def test_every_setting_a_file_names_exists():
    files = [*DEPLOY.iterdir(), WORKFLOW, HOOKS]
    named = {name for path in files for name in re.findall(rf"\b{PREFIX}[A-Z_]+\b", text(path))} - {GIVEN}

    assert {name.removeprefix(PREFIX).lower() for name in named} <= set(Settings.model_fields)


def settings_of(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> Settings:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return Settings()


def env_file(*, all_of_it: bool) -> dict[str, str]:
    lines = (line.removeprefix("#") if all_of_it else line for line in text(DEPLOY / "doithoai.env").splitlines())
    pairs = dict(line.split("=", 1) for line in lines if re.match(rf"{PREFIX}[A-Z_]+=", line))
    return {name: FILLED_IN.get(name, SECRET) if value == "…" else value for name, value in pairs.items()}


@pytest.mark.parametrize("all_of_it", [False, True])
def test_the_settings_file_is_taken_once_it_is_filled_in(monkeypatch: pytest.MonkeyPatch, all_of_it: bool):
    settings = settings_of(monkeypatch, env_file(all_of_it=all_of_it))

    assert settings.on_sqlite is not all_of_it
    assert settings.on_zalo is all_of_it
    assert settings.served_to_others


# the image


def instructions() -> list[tuple[str, str]]:
    lines = [line for line in text(DEPLOY / "Dockerfile").splitlines() if not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1].strip()) for line in joined.splitlines() if line]


def stages() -> list[list[tuple[str, str]]]:
    found: list[list[tuple[str, str]]] = []
    for word, rest in instructions():
        if word == "FROM":
            found.append([])
        found[-1].append((word, rest))
    return found


def test_the_image_prints_documents_and_the_doctor_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the last stage rests on installs LibreOffice's writer and fonts with every letter and the widths of Times.

    Of the distribution the image is built on, `fonts-liberation` is the second edition; the first lacks 92 letters.
    """
    bases = [rest.split() for word, rest in instructions() if word == "FROM"]
    named = {words[2]: words[0] for words in bases if len(words) > 2}
    resting, at = list[str](), bases[-1][0]
    while at in named:
        resting.append(at)
        at = named[at]
    assert at.endswith("-trixie")
    installed = [
        package
        for stage in stages()
        if stage[0][1].split()[-1] in resting
        for word, rest in stage
        if word == "RUN" and "apt-get install" in rest
        for package in rest.split("apt-get install")[1].split("&&")[0].split()
        if not package.startswith("--")
    ]
    assert {"libreoffice-writer-nogui", "fonts-liberation"} <= set(installed)

    program = tmp_path / "soffice"
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert papers_finding().sentence == f"documents become PDF by {program}"
    program.unlink()
    assert papers_finding().sentence.startswith("no LibreOffice here")


def image_environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for word, rest in stages()[-1] if word == "ENV" for pair in rest.split())


def image_command() -> list[str]:
    said = dict(stages()[-1])
    return [*json.loads(said["ENTRYPOINT"]), *json.loads(said["CMD"])]


def test_the_image_stands_on_one_exact_python_that_we_run_on():
    build, office, final = (stage[0][1].split() for stage in stages())
    version = re.fullmatch(r"python:(3\.\d+)\.\d+-slim-[a-z]+", build[0])

    assert build[0] == office[0], "the environment is copied from one to the other"
    assert final == [office[-1]], "and stands on what documents are printed with"
    assert version is not None, "an exact version on a named Debian"
    assert version[1] in pythons()


def test_the_image_is_built_with_the_uv_of_the_makefile():
    wanted = re.search(r"^UV_VERSION := (\S+)$", text(ROOT / "Makefile"), re.MULTILINE)

    assert wanted is not None
    assert ("RUN", f"pip install --no-cache-dir uv=={wanted[1]}") in stages()[0]


def test_everything_the_package_is_built_from_goes_into_the_build_and_nothing_else():
    copied = [part for word, rest in stages()[0] if word == "COPY" for part in rest.split()[:-1]]
    wheel = about()["tool"]["hatch"]["build"]["targets"]["wheel"]
    project = about()["project"]
    needed = {*wheel["packages"], *wheel.get("force-include", {}), *project["license-files"], project["readme"]}
    let_in = re.findall(r"^!(\S+)$", text(DEPLOY / "Dockerfile.dockerignore"), re.MULTILINE)

    assert all((ROOT / name).exists() for name in copied)
    assert set(copied) == needed | {"pyproject.toml", "uv.lock"}
    assert sorted(let_in) == sorted(copied)
    assert "*" in text(DEPLOY / "Dockerfile.dockerignore").splitlines()


def test_the_image_runs_without_rights_and_has_nothing_to_build_with():
    final = stages()[-1]
    words = [word for word, _ in final]
    ran = " ".join(rest for word, rest in final if word == "RUN")
    user = dict(final)["USER"]

    assert user not in ("root", "0")
    assert f"useradd --system --uid 10001 --gid {user}" in ran
    assert words.index("USER") < words.index("ENTRYPOINT")
    assert [rest.split() for word, rest in final if word == "COPY"] == [
        ["--from=build", "/opt/doithoai", "/opt/doithoai"]
    ]
    assert not re.search(r"\b(apt|apt-get|uv|gcc|pip install)\b", ran)
    assert "pip uninstall --yes pip" in ran


def test_the_image_listens_where_it_says_and_keeps_its_data_in_its_volume(monkeypatch: pytest.MonkeyPatch):
    said = dict(stages()[-1])
    environment = {name: value for name, value in image_environment().items() if name.startswith(PREFIX)}
    settings = settings_of(monkeypatch, environment)

    assert str(settings.http_port) == said["EXPOSE"]
    assert settings.http_host == "0.0.0.0"  # noqa: S104 - a container's own address
    assert str(settings.data_dir) == said["VOLUME"]
    assert said["STOPSIGNAL"] == "SIGTERM"


def test_the_image_starts_a_command_of_ours(doithoai: Command, monkeypatch: pytest.MonkeyPatch):
    program, *arguments = image_command()

    assert program in about()["project"]["scripts"]
    accepted(doithoai, monkeypatch, arguments)


async def test_the_health_check_tells_a_process_that_answers_from_one_that_does_not():
    check = dict(stages()[-1])["HEALTHCHECK"]
    program, *arguments = json.loads(check[check.index("[") :])
    assert program == "python"

    async def status(port: int) -> int | None:
        environment = {**os.environ, f"{PREFIX}HTTP_PORT": str(port)}
        asked = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, env=environment, stderr=asyncio.subprocess.DEVNULL
        )
        return await asked.wait()

    async with served(create_app([], _nothing)) as address:
        assert await status(int(address.rpartition(":")[2])) == 0
    assert await status(free_port()) == 1


# compose


def compose() -> dict[str, Any]:
    return yaml.safe_load(text(DEPLOY / "compose.yaml"))


def filled_in(value: str) -> str:
    """What compose puts in place of `${NAME:?…}` and `${NAME:-}` once the first are set."""
    value = re.sub(r"\$\{(\w+):\?[^}]*\}", lambda name: FILLED_IN.get(name[1], SECRET), value)
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value)


OURS = [name for name, service in compose()["services"].items() if str(service["image"]).startswith("doithoai:")]


def test_compose_has_the_words_of_compose():
    known = {"name", "services", "volumes"}
    assert {name for name in compose() if not name.startswith("x-")} == known
    for name, service in compose()["services"].items():
        assert set(service) <= SERVICE_WORDS, name


def test_what_compose_refers_to_is_there():
    whole = compose()
    for service in whole["services"].values():
        for other, condition in service.get("depends_on", {}).items():
            assert condition == {"condition": "service_healthy"}
            assert "healthcheck" in whole["services"][other] or other in OURS, "the image has a check of its own"
        for source, *_ in (volume.split(":") for volume in service["volumes"]):
            assert (DEPLOY / source).is_file() if source.startswith(".") else source in whole["volumes"]
    for name in OURS:
        built = whole["services"][name]["build"]
        assert (DEPLOY / built["context"]).resolve() == ROOT
        assert (ROOT / built["dockerfile"]).is_file()
        assert whole["services"][name]["image"] == f"doithoai:{about()['project']['version']}"


def test_every_image_of_others_is_an_exact_version():
    images = [one["image"] for name, one in compose()["services"].items() if name not in OURS]

    assert images
    assert all(re.fullmatch(r"[a-z]+:\d+(\.\d+)+-\w+", image) for image in images)


@pytest.mark.parametrize("name", OURS)
def test_the_processes_of_compose_start(doithoai: Command, monkeypatch: pytest.MonkeyPatch, name: str):
    service = compose()["services"][name]
    inner = {key: filled_in(str(value)) for key, value in service["environment"].items()}
    settings = settings_of(monkeypatch, image_environment() | inner)

    assert not settings.on_sqlite
    assert "@db/" in settings.engine_url
    assert not settings.on_zalo
    assert f"{settings.data_dir}" == service["volumes"][0].split(":")[1]
    assert seconds(service["stop_grace_period"]) > LIMIT_SECONDS
    accepted(doithoai, monkeypatch, service["command"])


def test_together_they_do_all_there_is_to_do():
    roles = {role for name in OURS for role in compose()["services"][name]["command"][-1].split(",")}

    assert roles == ROLES


def test_the_processes_reach_the_database_as_it_is_set_up():
    database = compose()["services"]["db"]["environment"]
    url = compose()["services"][OURS[0]]["environment"][f"{PREFIX}DATABASE_URL"]

    assert filled_in(url) == (
        f"postgresql://{database['POSTGRES_USER']}:{filled_in(database['POSTGRES_PASSWORD'])}@db/{database['POSTGRES_DB']}"
    )


def test_the_proxy_of_compose_leads_to_the_process_with_the_pages():
    proxy = compose()["services"]["proxy"]["environment"]
    service, port = proxy["UPSTREAM"].split(":")
    asked_for = set(re.findall(r"\{\$(\w+)", text(DEPLOY / "Caddyfile")))

    assert set(proxy) == asked_for
    assert "web" in compose()["services"][service]["command"][-1]
    assert port == dict(stages()[-1])["EXPOSE"]
    assert compose()["services"][service]["environment"][f"{PREFIX}PUBLIC_URL"] == "https://" + proxy["SITE"]
    assert "FORWARDED_ALLOW_IPS" in compose()["services"][service]["environment"]


# systemd


def unit(path: Path) -> dict[str, list[tuple[str, str]]]:
    """Sections and their lines; a word may stand several times."""
    parser = configparser.RawConfigParser(strict=False, comment_prefixes="#", delimiters="=", dict_type=dict)
    parser.optionxform = str  # type: ignore[assignment]
    parser.read_string(text(path))
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in parser.sections()}
    section = ""
    for line in text(path).splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            word, _, value = line.partition("=")
            assert parser.has_option(section, word)
            found[section].append((word, value))
    return found


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_has_the_words_of_systemd(path: Path):
    for section, lines in unit(path).items():
        assert {word for word, _ in lines} <= UNIT_WORDS[section]


def commands_of(path: Path) -> list[list[str]]:
    """The arguments of each `doithoai` a unit starts; what systemd and the shell put in is put in."""
    said = [value for word, value in unit(path)["Service"] if word == "ExecStart"]
    found = [re.search(r"/opt/doithoai/bin/doithoai ([^']*)", value) for value in said]
    assert all(found), "a unit starts the command that is installed"
    return [re.sub(r"\$\$\(.*\)", "2026-11-29", one[1]).split() for one in found if one]


@pytest.mark.parametrize("path", [path for path in UNITS if path.suffix == ".service"], ids=lambda path: path.name)
def test_what_a_unit_starts_is_a_command_of_ours(doithoai: Command, monkeypatch: pytest.MonkeyPatch, path: Path):
    examples = re.findall(r"\bROLES=([a-z,]+)", text(path)) or [""]
    for arguments in commands_of(path):
        assert any("${ROLES}" in one for one in arguments) is (examples != [""])
        for roles in examples:
            accepted(doithoai, monkeypatch, [one.replace("${ROLES}", roles) for one in arguments])


@pytest.mark.parametrize("path", [path for path in UNITS if path.suffix == ".service"], ids=lambda path: path.name)
def test_a_unit_may_write_where_the_data_is_and_has_time_to_stop(path: Path):
    service = dict(unit(path)["Service"])
    settings = env_file(all_of_it=False)

    assert service["User"] == "doithoai"
    assert ("EnvironmentFile", "/etc/doithoai.env") in unit(path)["Service"]
    assert settings[f"{PREFIX}DATA_DIR"] in service["ReadWritePaths"].split()
    if service["Type"] != "oneshot":
        assert int(service["TimeoutStopSec"]) > LIMIT_SECONDS
    for arguments in commands_of(path):
        if arguments[0] == "backup":
            assert str(Path(arguments[1]).parent) in service["ReadWritePaths"].split()


def test_every_timer_has_a_service():
    timers = [path for path in UNITS if path.suffix == ".timer"]

    assert timers
    assert all(path.with_suffix(".service") in UNITS for path in timers)


def test_systemd_itself_finds_nothing_wrong(tmp_path: Path):
    checker = shutil.which("systemd-analyze")
    if checker is None:
        pytest.skip("no systemd on this machine")
    programs = str(Path(sys.executable).parent)
    for path in UNITS:
        (tmp_path / path.name).write_text(text(path).replace("/opt/doithoai/bin", programs), "utf-8")
    checked = subprocess.run(  # noqa: S603 - our own units
        [checker, "verify", "--man=no", *(str(tmp_path / path.name) for path in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (checked.returncode, checked.stderr) == (0, "")


# what stands in front


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """An example of each address the product serves; Telegram's is chosen by those who run it, and lies anywhere."""
    words = {name.removeprefix(PREFIX).lower(): value for name, value in env_file(all_of_it=True).items()}
    words = {name: value for name, value in words.items() if not name.startswith("telegram_")}
    words |= {"database_url": "", "data_dir": str(tmp_path_factory.mktemp("data"))}

    async def served_paths() -> set[str]:
        async with AsyncExitStack() as closing:
            parts = await put_together(Settings(**words), closing, demo=False, roles=ROLES)  # type: ignore[arg-type]
            routers = [*parts.routers, create_app([], _nothing), metrics_router(_nothing, "", None, behind_proxy=True)]  # type: ignore[arg-type]
            return {route.path for router in routers for route in router.routes}  # type: ignore[attr-defined]

    found = asyncio.run(served_paths())
    assert {"/healthz", *INSIDE, "/chat/{chat_id}/events", "/zalo/webhook"} <= found
    return sorted(re.sub(r"\{[^}]+\}", "a1-b_2", path) for path in found)


async def _nothing() -> str:
    return ""


FILE, EVENTS, LIVE = "/chat/a1-b_2/file", "/chat/a1-b_2/events", "/chat/a1-b_2/live"
SIGNED = "/ban-lam-viec/so-van-ban/a1-b_2/tai-len"
INSIDE = ("/metrics", "/readyz")
LARGEST_EVENT = max(TELEGRAM.update_bytes, ZALO.event_bytes)


def largest_sent_to(path: str) -> int:
    """How many bytes the product takes at an address."""
    return {FILE: LARGEST_FILE_BODY, SIGNED: LONGEST_WITH_SCAN}.get(path, LARGEST_EVENT)


def nginx() -> Directive:
    return read_nginx(text(DEPLOY / "nginx.conf"))


def nginx_server() -> Directive:
    return next(one for one in nginx().all("server") if one.all("location"))


def location_of(path: str) -> Directive:
    """The location nginx takes: the exact one, else the first pattern that fits, else the longest beginning."""
    locations = nginx_server().all("location")
    exact = [one for one in locations if one.arguments == ("=", path)]
    patterns = [one for one in locations if one.arguments[0] == "~" and re.search(one.arguments[1], path)]
    beginnings = [one for one in locations if len(one.arguments) == 1 and path.startswith(one.arguments[0])]
    return [*exact, *patterns, *sorted(beginnings, key=lambda one: -len(one.arguments[0]))][0]


def of_nginx(path: str, word: str) -> str:
    """What holds at an address: the location's own, else the server's."""
    return location_of(path).value(word) or nginx_server().value(word) or ""


def test_nginx_lets_pass_what_the_product_takes(paths: list[str]):
    for path in paths:
        if path in INSIDE:
            continue
        assert of_nginx(path, "proxy_pass") == "http://doithoai", path
        assert size(of_nginx(path, "client_max_body_size")) >= largest_sent_to(path)
    assert size(of_nginx("/", "client_max_body_size")) > LONGEST_WITH_FILE, "the desk says itself what is too long"
    assert size(of_nginx("/", "client_max_body_size")) < LARGEST_FILE_BODY


def test_nginx_holds_no_line_of_the_web_chat_back_and_cuts_no_silent_stream():
    for path in (EVENTS, LIVE):
        assert of_nginx(path, "proxy_buffering") == "off"
    assert of_nginx(EVENTS, "gzip") == "off"
    assert seconds(of_nginx(EVENTS, "proxy_read_timeout")) > 2 * HEARTBEAT_SECONDS
    assert nginx_server().value("proxy_http_version") == "1.1"


def test_nginx_says_who_asks_and_passes_a_websocket_on():
    headers = {one.arguments[0]: one.arguments[1] for one in nginx_server().all("proxy_set_header")}
    (connection,) = (one for one in nginx().all("map") if one.arguments[1] == headers["Connection"])

    assert not any(location.all("proxy_set_header") for location in nginx_server().all("location")), (
        "one in a location takes those of the server away"
    )
    assert headers["X-Forwarded-For"] == "$remote_addr", "what a visitor claims is not passed on"
    assert headers["X-Forwarded-Proto"] == "$scheme"
    assert headers["Host"] == "$http_host", "the page's origin is compared with it, and has the port"
    assert headers["Upgrade"] == connection.arguments[0]
    assert connection.value("default") == "upgrade"


def test_nginx_allows_one_address_what_the_process_would_and_waits_no_longer():
    (zone,) = nginx().all("limit_conn_zone")
    allowed = nginx_server().all("limit_conn")[0].arguments

    assert zone.arguments[0] == "$binary_remote_addr"
    assert zone.arguments[1].startswith(f"zone={allowed[0]}:")
    assert int(allowed[1]) == Settings.model_fields["connections_of_one_address"].default
    assert seconds(of_nginx("/", "client_header_timeout")) == Patience().headers
    assert seconds(of_nginx("/", "client_body_timeout")) == Patience().body


def test_caddy_waits_for_a_request_as_long_as_the_process():
    (servers,) = next(one for one in read_caddy(text(DEPLOY / "Caddyfile")).inner if one.all("servers")).all("servers")

    assert seconds(servers.all("timeouts")[0].value("read_header") or "") == Patience().headers


def test_nginx_keeps_inside_what_is_not_for_people():
    for path in INSIDE:
        assert of_nginx(path, "return") == "404"
        assert location_of(path).value("proxy_pass") is None


def test_nginx_names_no_address_the_product_does_not_have(paths: list[str]):
    for location in nginx_server().all("location"):
        kind, pattern = location.arguments if len(location.arguments) == 2 else ("", location.arguments[0])
        fits = [path for path in paths if (re.search(pattern, path) if kind == "~" else path.startswith(pattern))]
        assert fits, location.arguments


def test_both_proxies_lead_to_the_port_a_process_has_by_itself():
    port = Settings.model_fields["http_port"].default
    (upstream,) = nginx().all("upstream")

    assert upstream.all("server")[0].arguments[0] == f"127.0.0.1:{port}"
    assert f"{{$UPSTREAM:127.0.0.1:{port}}}" in caddy().all("reverse_proxy")[0].arguments


def caddy() -> Directive:
    return next(one for one in read_caddy(text(DEPLOY / "Caddyfile")).inner if one.all("reverse_proxy"))


def caddy_takes(matcher: str, path: str) -> bool:
    """Whether a named matcher fits; `*` stands for anything but a stroke."""
    (found,) = (one for one in caddy().inner if one.name == matcher)
    words = list(found.arguments)
    wanted = words[0] != "not"
    kind, *patterns = words if wanted else words[1:]
    assert kind == "path"
    fits = any(re.fullmatch(re.escape(one).replace(r"\*", "[^/]*"), path) for one in patterns)
    return fits is wanted


def test_caddy_lets_pass_what_the_product_takes(paths: list[str]):
    limits = {one.arguments[0]: size(one.value("max_size") or "") for one in caddy().all("request_body")}
    for path in paths:
        (largest,) = (limit for matcher, limit in limits.items() if caddy_takes(matcher, path))
        if path in (FILE, SIGNED):
            assert largest >= largest_sent_to(path)
        else:
            assert max(LARGEST_EVENT, LONGEST_WITH_FILE + 1) <= largest < LARGEST_FILE_BODY


def test_caddy_holds_no_line_of_the_web_chat_back_and_cuts_no_silent_stream():
    (proxy,) = caddy().all("reverse_proxy")
    (transport,) = proxy.all("transport")

    assert proxy.value("flush_interval") == "-1"
    assert seconds(transport.value("read_timeout") or "") > 2 * HEARTBEAT_SECONDS


def test_a_proxy_gives_up_a_connection_before_the_process_does():
    """What it sends in the moment in which the process closes one is lost; Caddy's own two minutes were tried: 502."""
    (upstream,) = nginx().all("upstream")
    (transport,) = caddy().all("reverse_proxy")[0].all("transport")
    for kept in (upstream.value("keepalive_timeout"), transport.value("keepalive")):
        assert kept is not None
        assert seconds(kept) < KEPT_OPEN


def test_caddy_keeps_inside_what_is_not_for_people_and_nothing_else(paths: list[str]):
    (answer,) = caddy().all("respond")

    assert answer.arguments[1] == "404"
    assert [path for path in paths if caddy_takes(answer.arguments[0], path)] == sorted(INSIDE)


# the checks of outsiders


def workflow() -> dict[Any, Any]:
    return yaml.safe_load(text(WORKFLOW))


def steps() -> Iterator[dict[str, Any]]:
    for job in workflow()["jobs"].values():
        yield from job["steps"]


def test_ci_runs_on_every_python_and_every_postgresql_we_name():
    matrix = workflow()["jobs"]["test"]["strategy"]["matrix"]["include"]
    servers = [int(one["postgres"]) for one in matrix]

    assert [one["python"] for one in matrix] == pythons()
    assert (servers[0], servers[-1]) == (15, 18)
    assert all(later == earlier + 1 for earlier, later in pairwise(servers))
    assert workflow()["jobs"]["test"]["services"]["postgres"]["image"] == "postgres:${{ matrix.postgres }}"
    assert compose()["services"]["db"]["image"].startswith(f"postgres:{servers[-1]}.")


def test_ci_calls_what_the_makefile_has():
    targets = set(re.findall(r"^([a-z]+):", text(ROOT / "Makefile"), re.MULTILINE))
    called = [step["run"].split() for step in steps() if "run" in step]

    assert {words[0] for words in called} == {"make"}
    assert {words[1] for words in called} == {"test", "check"} <= targets


def test_ci_gives_the_tests_what_they_read():
    for job in workflow()["jobs"].values():
        server = job["services"]["postgres"]
        (port,) = (outside for outside, inside in (one.split(":") for one in server["ports"]) if inside == "5432")
        password = server["env"]["POSTGRES_PASSWORD"]

        assert job["env"][GIVEN] == f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"
        assert job["env"][REQUIRES_POSTGRES] == "1"
        assert "CI_REQUIRES_BROWSER" in job["env"]


def test_ci_may_read_and_nothing_else():
    assert workflow()["permissions"] == {"contents": "read"}
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]) for step in steps() if "uses" in step)


def hooks() -> list[dict[str, Any]]:
    (repository,) = yaml.safe_load(text(HOOKS))["repos"]
    assert repository["repo"] == "local", "the versions are those of the lock file"
    return list(repository["hooks"])


@pytest.mark.parametrize("hook", hooks(), ids=lambda hook: hook["id"])
def test_a_hook_calls_a_program_of_ours_with_words_it_knows(hook: dict[str, Any], tmp_path: Path):
    program, *arguments = hook["entry"].split()
    installed = Path(sys.executable).parent / Path(program).name

    assert program.startswith(".venv/bin/")
    assert installed.exists()
    assert hook["language"] == "system"
    if "pass_filenames" not in hook:
        well_kept = tmp_path / "__init__.py"
        well_kept.write_text('"""Nothing to find here."""\n', "utf-8")
        asked = subprocess.run(  # noqa: S603 - our own program
            [installed, *arguments, well_kept], capture_output=True, text=True, check=False, cwd=ROOT
        )
        assert asked.returncode == 0, asked.stdout + asked.stderr


def test_what_installs_a_new_version_replaces_the_old_one():
    """uv leaves a package alone whose version is the same; and the user that runs it cannot keep what was compiled."""
    installs = [
        line for line in text(DEPLOY / "README.md").splitlines() if "UV_PROJECT_ENVIRONMENT=/opt/doithoai" in line
    ]

    assert len(installs) == 2, "at first, and for a new version"
    for line in installs:
        assert {"--compile-bytecode", "--no-editable"} <= set(line.split())
        assert "--reinstall-package doithoai" in line
