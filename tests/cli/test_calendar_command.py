"""`doithoai calendar`: what an admin enters, sees, takes back, exchanges as a file; nothing by halves."""

import getpass
from pathlib import Path

import pytest

from tests.support.command_line import Command, refused

STORM = ("2026-12-03", "off", "--reason", "Nghỉ bão", "--source", "Công điện 5/CĐ-UBND")


def lines(outcome: tuple[int, str, str]) -> list[str]:
    status, out, err = outcome
    assert (status, err) == (0, "")
    return out.splitlines()


def test_a_year_is_listed_with_status_and_source(doithoai: Command) -> None:
    first, *days = lines(doithoai("calendar", "list", "2026"))

    assert first == "2026: library"
    assert "2026-01-02\toff\tNgày nghỉ (thay cho ngày 10/01/2026)\tconfirmed\t12729/VPCP-KGVX, 25/12/2025" in days
    assert "2026-08-22\tworking\tNgày làm việc (thay cho ngày 31/08/2026)\tlibrary\tPyPI holidays 0.108 (VN)" in days
    assert lines(doithoai("calendar", "list"))[0][:2] == "20"
    assert lines(doithoai("calendar", "list", "2050")) == ["2050: missing"]


def test_a_day_is_entered_seen_and_taken_back(doithoai: Command) -> None:
    assert lines(doithoai("calendar", "add", *STORM, "--by", "Phạm Thị Thu")) == [
        "2026-12-03: working becomes off (Nghỉ bão)",
        "0 due dates moved; recomputed: 0 clocks",
    ]
    listed = [line for line in lines(doithoai("calendar", "list", "2026")) if "2026-12-03" in line]
    assert listed[0].startswith("2026-12-03\toff\tNghỉ bão\tconfirmed\tCông điện 5/CĐ-UBND\tentered by Phạm Thị Thu, 2")

    assert lines(doithoai("calendar", "remove", "2026-12-03"))[0] == "2026-12-03: off becomes working (plain week)"
    assert [line for line in lines(doithoai("calendar", "list", "2026")) if "2026-12-03" in line] == []
    refused(doithoai("calendar", "remove", "2026-12-03"), "03/12/2026", "nothing to take back")


def test_a_day_wins_over_the_shipped_one_and_may_be_only_expected(doithoai: Command) -> None:
    typed = ("2026-08-31", "working", "--reason", "Không hoán đổi", "--source", "CV 1", "--estimated")
    assert lines(doithoai("calendar", "add", *typed))[0] == "2026-08-31: off becomes working (Không hoán đổi)"

    assert (
        "2026-08-31\tworking\tKhông hoán đổi\testimated\tCV 1\tentered by " in doithoai("calendar", "list", "2026")[1]
    )
    assert getpass.getuser() in doithoai("calendar", "list", "2026")[1]


def test_a_login_without_a_name_has_to_say_who_it_is(doithoai: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(getpass, "getuser", nameless)
    refused(doithoai("calendar", "add", *STORM), "--by")
    assert doithoai("calendar", "add", *STORM, "--by", "Thu")[0] == 0


def test_a_dry_run_changes_nothing(doithoai: Command) -> None:
    said = lines(doithoai("calendar", "add", *STORM, "--dry-run"))

    assert said[-1] == "0 due dates would move; recomputed: 0 clocks"
    assert "2026-12-03" not in doithoai("calendar", "list", "2026")[1]


def test_a_year_is_confirmed(doithoai: Command) -> None:
    assert lines(doithoai("calendar", "list", "2027"))[0] == "2027: estimated"
    doithoai("calendar", "confirm", "2027", "--source", "Thông báo 9/TB-BNV", "--by", "Thu")

    first, *days = lines(doithoai("calendar", "list", "2027"))
    assert first == "2027: confirmed (Thông báo 9/TB-BNV; entered by Thu)"
    assert all("\tconfirmed\tThông báo 9/TB-BNV" in day for day in days)


def test_what_was_entered_goes_into_a_file_and_comes_back_from_it(doithoai: Command, tmp_path: Path) -> None:
    file = tmp_path / "calendar.csv"
    doithoai("calendar", "add", *STORM)
    doithoai("calendar", "confirm", "2027", "--source", "TB 9")
    assert lines(doithoai("calendar", "export", str(file))) == [f"{file}: 1 day, 1 confirmed year"]
    assert file.read_text("utf-8") == (
        "day,what,reason,source,status\n2026-12-03,off,Nghỉ bão,Công điện 5/CĐ-UBND,confirmed\n"
        "2027,year,,TB 9,confirmed\n"
    )
    doithoai("calendar", "remove", "2026-12-03")

    assert lines(doithoai("calendar", "import", str(file), "--dry-run"))[0] == (
        "2026-12-03: working becomes off (Nghỉ bão)"
    )
    assert "2026-12-03" not in doithoai("calendar", "list", "2026")[1]
    lines(doithoai("calendar", "import", str(file)))
    assert "2026-12-03\toff" in doithoai("calendar", "list", "2026")[1]
    assert lines(doithoai("calendar", "import", str(file)))[0] == "no day has changed"


def test_a_file_with_mistakes_says_each_and_enters_nothing(doithoai: Command, tmp_path: Path) -> None:
    file = tmp_path / "calendar.csv"
    file.write_text(
        "day,what,reason,source,status\n2026-12-03,off,Nghỉ bão,CĐ 5,confirmed\n2026-02-30,off,Nghỉ,CĐ 5,confirmed\n"
        "2026-12-04,maybe,Nghỉ,CĐ 5,confirmed\n",
        "utf-8",
    )

    status, out, err = doithoai("calendar", "import", str(file))

    assert (status, out) == (2, "")
    assert [line.partition("calendar.csv, ")[2] for line in err.splitlines()] == [
        'row 3: "2026-02-30" is not a day; days are written YYYY-MM-DD or DD/MM/YYYY',
        'row 4: "maybe" is none of off, working, year',
    ]
    assert "2026-12-03" not in doithoai("calendar", "list", "2026")[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("list", "next"), ("next is not a year",)),
        (("list", "1066"), ("1066 is not a year",)),
        (("add", "31/12/2026", "off", "--reason", "x", "--source", "y"), ("YYYY-MM-DD",)),
        (("add", "2026-12-31", "closed", "--reason", "x", "--source", "y"), ("closed is neither off nor working",)),
        (("add", "2026-12-31", "off", "--reason", " ", "--source", "y"), ("The reason for this day is missing",)),
        (("add", "2026-12-31", "off", "--reason", "x", "--source", "-"), ("The source is missing",)),
        (("add", "2026-12-31", "off", "--reason", "x" * 201, "--source", "y"), ("200",)),
        (("add", "1926-12-31", "off", "--reason", "x", "--source", "y"), ("2000", "2100")),
        (("add", "2026-12-31", "off", "--reason", "x"), ("source",)),
        (("confirm", "2027", "--source", ""), ("The source is missing",)),
        (("confirm", "27", "--source", "y"), ("27 is not a year",)),
        (("import", "nowhere.csv"), ("nowhere.csv cannot be read",)),
        (("export", "nowhere/else.csv"), ("cannot be written",)),
        (("dance",), ()),
    ],
)
def test_what_cannot_be_entered_is_one_line(doithoai: Command, arguments, words) -> None:
    refused(doithoai("calendar", *arguments), *words)


def test_a_file_that_is_no_text_is_one_line(doithoai: Command, tmp_path: Path) -> None:
    file = tmp_path / "calendar.xlsx"
    file.write_bytes(b"PK\x03\x04\xff\xfe")

    refused(doithoai("calendar", "import", str(file)), "CSV UTF-8")


def test_another_24_november_than_the_office_counts_with_is_refused_once_clocks_run(
    doithoai: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Else a shell without the setting would move every date that rests on the day, and the service move it back."""
    monkeypatch.setenv("DOITHOAI_CULTURE_DAY", "no")
    assert doithoai("calendar", "add", *STORM)[0] == 0, "nothing runs yet: what is set counts"
    monkeypatch.delenv("DOITHOAI_CULTURE_DAY")
    assert doithoai("calendar", "remove", "2026-12-03")[0] == 0

    run_a_clock(tmp_path / "data" / "doithoai.sqlite3")
    monkeypatch.setenv("DOITHOAI_CULTURE_DAY", "no")
    refused(doithoai("calendar", "add", *STORM), "DOITHOAI_CULTURE_DAY", "doithoai run")
    assert "BAD  calendar: " in doithoai("doctor")[1]


def run_a_clock(database: Path) -> None:
    """A running clock of nothing, as the smallest office has it."""
    import sqlite3

    with sqlite3.connect(database) as connection:
        connection.execute(
            "INSERT INTO units (id, code, name, level, path) VALUES (900, 'X', 'Xã X', 'commune', '/900/')"
        )
        connection.execute(
            "INSERT INTO clocks (unit_id, kind, anchor_on, due_on, due, wake_on, state, history) "
            "VALUES (900, 'data-request', '2026-03-02', '2026-03-04', '{}', '2026-03-02', 'running', '[]')"
        )
    connection.close()
