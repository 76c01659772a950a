"""`doithoai plans load`: what would change is said and asked about; nothing of what is there changes without a yes."""

from pathlib import Path

import pytest

from bot.plan_files import PLANS
from tests.support.command_line import Command, refused

CODE = "vinh-bao-2026"


def edited(tmp_path: Path, *edits: tuple[str, str], code: str = CODE) -> str:
    """A copy of a plan's file with changes."""
    text = (PLANS / f"{code}.toml").read_text("utf-8")
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    path = tmp_path / f"{code}.toml"
    path.write_text(text, "utf-8")
    return str(path)


def renamed(tmp_path: Path) -> str:
    return edited(tmp_path, ('name = "xã Vĩnh Bảo"', 'name = "phường Vĩnh Bảo"'))


@pytest.fixture
def loaded(doithoai: Command) -> Command:
    assert doithoai("plans", "load", str(PLANS / f"{CODE}.toml"))[0] == 0
    return doithoai


def test_a_plan_that_is_there_already_as_it_is_asks_nothing(loaded: Command) -> None:
    status, out, err = loaded("plans", "load", str(PLANS / f"{CODE}.toml"), terminal=True)

    assert (status, err) == (0, "")
    assert "→" not in out


def test_a_change_is_said_and_asked_about(loaded: Command, tmp_path: Path) -> None:
    path = renamed(tmp_path)
    change = f"{CODE}: changed units[VB].name: xã Vĩnh Bảo → phường Vĩnh Bảo"

    status, out, err = loaded("plans", "load", path, typed=b"n\n", terminal=True)
    assert status == 2
    assert change in out
    assert "Load with these changes?" in out
    assert err.splitlines()[-1] == "doithoai: stopped"

    status, out, _ = loaded("plans", "load", path, typed=b"y\n", terminal=True)
    assert status == 0
    assert out.count(change) == 1
    assert loaded("plans", "load", path)[0] == 0, "it is so by now"


def test_a_script_says_yes_or_changes_nothing(loaded: Command, tmp_path: Path) -> None:
    path = renamed(tmp_path)

    status, out, err = loaded("plans", "load", path)
    assert (status, err) == (2, "doithoai: nothing was loaded: these changes need a yes; load with --yes\n")
    assert "xã Vĩnh Bảo → phường Vĩnh Bảo" in out

    status, out, _ = loaded("plans", "load", path, "--yes")
    assert status == 0
    assert "xã Vĩnh Bảo → phường Vĩnh Bảo" in out


def test_what_is_only_added_is_said_and_needs_no_yes(loaded: Command, tmp_path: Path) -> None:
    hamlet = '[[units]]\ncode = "VB-dong"\nname = "Thôn Đông"\nlevel = "hamlet"\nparent = "VB"\nphrase = "thôn"\n'
    path = edited(tmp_path, ('[[hosts]]\nkey = "bi-thu"', f'{hamlet}\n[[hosts]]\nkey = "bi-thu"'))

    status, out, err = loaded("plans", "load", path)

    assert (status, err) == (0, "")
    assert f"{CODE}: new units[VB-dong]: Thôn Đông" in out


def test_what_goes_from_the_plan_is_said_to_stay_stored(loaded: Command, tmp_path: Path) -> None:
    blocks = (PLANS / f"{CODE}.toml").read_text("utf-8").split("\n\n")
    path = edited(tmp_path, (next(one for one in blocks if "avoid_formality" in one), ""))

    status, out, _ = loaded("plans", "load", path, "--language", "vi")

    assert status == 2
    assert "không còn trong kế hoạch practices[avoid_formality]" in out
    assert "vẫn giữ, không xoá" in out


def test_all_files_are_loaded_or_none(loaded: Command, tmp_path: Path) -> None:
    """The second is of another commune that chose the same letters."""
    clashing = edited(tmp_path, ('"AD"', '"VB"'), code="an-duong-2024")

    status, out, err = loaded("plans", "load", str(PLANS / "di-lang-2024.toml"), clashing, "--yes", "--language", "vi")

    assert (status, out) == (2, "")
    assert "VB là mã của “xã Vĩnh Bảo (thành phố Hải Phòng)”, không phải “xã An Dương”" in err
    refused(loaded("invite", "secretary", "--unit", "DL"), "no unit with the code DL")


def test_the_language_is_the_terminals_unless_one_is_chosen(
    loaded: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = renamed(tmp_path)
    refused(loaded("plans", "load", path, "--language", "fr"), "fr is not a language we speak", "vi")

    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    status, out, err = loaded("plans", "load", path)

    assert status == 2
    assert "đổi units[VB].name: xã Vĩnh Bảo → phường Vĩnh Bảo" in out
    assert "Chưa nạp gì" in err


def test_a_second_plan_of_a_unit_says_whose_it_is(loaded: Command, tmp_path: Path) -> None:
    path = edited(tmp_path, (f'code = "{CODE}"', 'code = "vinh-bao-sau"'))

    status, out, err = loaded("plans", "load", path)

    assert (status, err) == (0, "")
    assert "vinh-bao-sau: for a unit that is there: xã Vĩnh Bảo" in out
