"""The command line: each command good and bad. Bad input is one clear line and exit status 2, never a traceback."""

import errno
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.plan_files import PLANS
from tests.support.command_line import Command, refused
from tests.support.tree import ROOT


def test_migrate_makes_the_database(doithoai: Command, tmp_path: Path):
    assert doithoai("migrate") == (0, "the database is up to date\n", "")
    assert (tmp_path / "data" / "doithoai.sqlite3").exists()
    assert doithoai("migrate")[0] == 0


def test_a_database_that_cannot_be_used_is_one_line(doithoai: Command, tmp_path: Path):
    (tmp_path / "data").write_text("a file where the folder should be")

    refused(doithoai("migrate"), "DOITHOAI_DATA_DIR", "cannot be created")


def test_settings_nobody_can_work_with_are_one_line_each(doithoai: Command, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DOITHOAI_HTTP_PORT", "many")
    refused(doithoai("migrate"), "DOITHOAI_HTTP_PORT")
    monkeypatch.setenv("DOITHOAI_PUBLIC_URL", "somewhere")
    status, _, err = doithoai("migrate")
    assert (status, len(err.splitlines())) == (2, 2)


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.toml")), ids=lambda path: path.stem)
def test_each_shipped_plan_loads_and_says_what_it_leaves_open(doithoai: Command, path: Path):
    status, out, err = doithoai("plans", "load", str(path))

    assert (status, err) == (0, "")
    assert out.startswith(f"{path.stem}: ")


def test_several_plans_load_at_once_and_again(doithoai: Command):
    files = [str(PLANS / f"{code}.toml") for code in ("di-lang-2024", "vinh-bao-2026")]

    for _ in range(2):
        status, out, _ = doithoai("plans", "load", *files)
        assert status == 0
        assert [line for line in out.splitlines() if line.startswith(("di-lang-2024: ", "vinh-bao-2026: "))] != []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read"),
        (b"this is = = no toml", "is not a TOML file"),
        (b"\xff\xfe", "is not saved as UTF-8"),
    ],
)
def test_a_plan_that_is_none_is_one_line(doithoai: Command, tmp_path: Path, content, words):
    path = tmp_path / "plan.toml"
    if content is not None:
        path.write_bytes(content)

    refused(doithoai("plans", "load", str(path)), words)
    refused(doithoai("plans", "load", str(PLANS / "di-lang-2024.toml"), str(tmp_path)), "cannot be read")


@pytest.mark.parametrize("content", [b'code = "x"', b"strange = 1", b""])
def test_a_file_with_next_to_nothing_in_it_lacks_every_table(doithoai: Command, tmp_path: Path, content):
    path = tmp_path / "plan.toml"
    path.write_bytes(content)

    status, out, err = doithoai("plans", "load", str(path))

    assert (status, out) == (2, "")
    assert {"unit", "plan", "units", "sessions"} <= {
        line.removeprefix(f"doithoai: {path}:1: ").removesuffix(" is missing.") for line in err.splitlines()
    }
    assert ("strange is not a known key" in err) == (content == b"strange = 1")


def test_an_invitation_is_a_command_to_pass_on(doithoai: Command):
    doithoai("plans", "load", str(PLANS / "di-lang-2024.toml"))

    status, out, err = doithoai("invite", "secretary", "--unit", "dl")
    assert status == 0
    assert out.startswith("/start i-")
    assert len(out.strip()) == len("/start i-") + 10
    assert "7 days" in err
    assert doithoai("invite", "hamlet_head", "--unit", "DL-hang-gon")[0] == 0
    assert doithoai("invite", "official", "--unit", "DL", "--desk", "chuyen-mon")[0] == 0


def test_a_commune_without_a_plan_begins_with_its_first_secretary(doithoai: Command):
    status, out, _ = doithoai("invite", "secretary", "--unit", "AD", "--name", "xã An Dương")
    assert (status, out.startswith("/start i-")) == (0, True)
    again = doithoai("invite", "admin", "--unit", "AD", "--name", "Xã An Dương")
    assert again[0] == 0, "it is there by now, under this name"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("mayor", "--unit", "DL"), ("mayor is not a role", "hamlet_head")),
        (("secretary", "--unit", "XX"), ("no unit with the code XX",)),
        (("official", "--unit", "DL", "--desk", "no"), ("has no desk no", "chuyen-mon")),
        (("official", "--unit", "DL"), ()),
        (("secretary", "--unit", "DL", "--desk", "chuyen-mon"), ()),
        (("resident", "--unit", "DL"), ()),
        (("hamlet_head", "--unit", "DL"), ()),
        (("chair", "--unit", "DL-hang-gon", "--desk", "chuyen-mon"), ("has no desk",)),
        (("secretary",), ("unit",)),
        (("secretary", "--unit", "DL", "--name", "xã An Dương"), ("DL is the code of thị trấn Di Lăng",)),
        (("secretary", "--unit", "An Dương", "--name", "xã An Dương"), ("2 to 4 capital letters",)),
        ((), ()),
    ],
)
def test_an_invitation_nobody_could_use_is_one_line(doithoai: Command, arguments, words):
    doithoai("plans", "load", str(PLANS / "di-lang-2024.toml"))

    refused(doithoai("invite", *arguments), *words)


def test_a_due_date_and_its_sentence(doithoai: Command):
    status, out, err = doithoai("clock", "reply", "2024-04-25")

    assert (status, err) == (0, "")
    due, sentence = out.splitlines()
    assert due == "2024-05-27", "30 days end on Saturday 25 May; the next working day is Monday"
    assert "27/05/2024" in sentence
    assert doithoai("clock", "reply", "2024-04-25", "--plan", "di-lang-2024")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("never", "2024-04-25"), ("never is not a rule", "reply")),
        (("reply", "25/04/2024"), ("YYYY-MM-DD",)),
        (("reply", "2024-02-30"), ("YYYY-MM-DD",)),
        (("reply", "9999-12-31"), ("no date can be computed",)),
        (("reply", "2024-04-25", "--plan", "atlantis-2024"), ("no plan atlantis-2024", "di-lang-2024")),
        (("reply", "2024-04-25", "--plan", "../pyproject"), ("there is no plan",)),
        (("reply",), ()),
    ],
)
def test_a_date_nobody_can_compute_is_one_line(doithoai: Command, arguments, words):
    refused(doithoai("clock", *arguments), *words)


def test_the_language_of_each_line(doithoai: Command):
    typed = "Khi nào sửa đường?\nWhen will the road be repaired?\n12345\n".encode() + b"\xff\xfe\n"

    assert doithoai("language", typed=typed) == (0, "vi\nen\n-\n-\n", "")
    assert doithoai("language") == (0, "", "")


def test_the_sweep_of_an_empty_office_has_nothing_to_say(doithoai: Command):
    assert doithoai("sweep", "--dry-run")[0] == 0
    assert doithoai("sweep", "--as-of", "2024-05-06", "--dry-run")[0] == 0


def test_a_sweep_of_no_day_is_one_line(doithoai: Command):
    refused(doithoai("sweep", "--as-of", "tomorrow"), "tomorrow is not a date")


def test_the_doctor_finds_what_is_missing_and_what_is_fine(doithoai: Command):
    status, out, _ = doithoai("doctor")
    assert status == 1
    assert "BAD  database: " in out

    doithoai("migrate")
    _, out, _ = doithoai("doctor")
    assert "ok   data folder: " in out
    assert "BAD  database: " not in out


@pytest.mark.parametrize("arguments", [("dance",), ("migrate", "--fast"), ("migrate", "now"), ("plans", "dance")])
def test_what_is_no_command_is_one_line(doithoai: Command, arguments):
    refused(doithoai(*arguments))


def test_help_is_shown(doithoai: Command):
    status, out, _ = doithoai("--help")
    assert status == 0
    for command in ("run", "plans", "invite", "sweep", "clock", "language", "migrate", "doctor"):
        assert command in out


def test_the_version_is_the_one_the_package_was_built_as(doithoai: Command):
    built = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]

    assert doithoai("--version") == (0, f"doithoai {built}\n", "")


def test_the_installed_command_is_this_one(tmp_path: Path):
    program = Path(sys.executable).parent / "doithoai"
    if not program.exists():
        pytest.skip("the package is not installed")
    done = subprocess.run(  # noqa: S603 - our own command
        [program, "clock", "never", "2024-01-01"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("doithoai: never is not a rule")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [["migrate"], ["calendar", "list"], ["doctor"]])
def test_every_command_says_which_setting_is_none(doithoai: Command, monkeypatch: pytest.MonkeyPatch, words: list[str]):
    """With a slip in `DOITHOAI_DATABASE_URL` a command works on another database than the one that is meant."""
    monkeypatch.setenv("DOITHOAI_DATABSE_URL", "postgresql://doithoai@db/hemligt")

    _, _, err = doithoai(*words)

    assert err.splitlines()[0] == "doithoai: there is no setting DOITHOAI_DATABSE_URL; it is not used"
    assert "hemligt" not in err


def test_whoever_stops_a_command_reads_that_it_stopped(doithoai: Command, monkeypatch: pytest.MonkeyPatch):
    """Ctrl+C, also while what the command needs is still being loaded."""

    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.cli.entrance._chosen", interrupted)
    refused(doithoai("migrate"), "stopped")


@pytest.mark.parametrize("words", [["doctor"], ["migrate"], ["run"], ["backup", "FILE"]])
def test_a_folder_this_login_may_not_look_into_is_one_line(
    doithoai: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
):
    """`doithoai doctor` by whoever is not the user the bot runs as; no folder is closed to tests that run as root."""
    closed = tmp_path / "data"
    looked = Path.stat

    def stat(path: Path, **how: bool) -> os.stat_result:
        if closed in path.parents:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return looked(path, **how)

    monkeypatch.setattr(Path, "stat", stat)
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(closed / "folder"))
    words = [str(closed / "folder" / "a.tar") if word == "FILE" else word for word in words]

    status, out, err = doithoai(*words)

    assert (status, out, len(err.splitlines())) == (2, "", 1), err
    assert err.startswith(f"doithoai: {closed}/folder")
    assert err.endswith(": Permission denied\n")


def test_a_name_that_is_too_long_for_a_file_is_one_line(doithoai: Command, tmp_path: Path):
    doithoai("migrate")

    refused(doithoai("backup", str(tmp_path / ("x" * 300))), "File name too long")
