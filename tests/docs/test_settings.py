from pathlib import Path

from pydantic.fields import FieldInfo

from bot.settings import PREFIX, Settings

SETTINGS = Path(__file__).parents[2] / "docs" / "settings.md"


def row(name: str, field: FieldInfo) -> str:
    default = "–" if field.default in (None, "") else f"`{field.default}`"
    return f"| `{PREFIX}{name.upper()}` | {default} | {field.description} |"


def test_every_setting_is_written_down_as_the_class_has_it():
    written = [line for line in SETTINGS.read_text("utf-8").splitlines() if line.startswith(f"| `{PREFIX}")]
    expected = [row(name, field) for name, field in Settings.model_fields.items()]

    assert written == expected, "docs/settings.md should have these rows:\n" + "\n".join(expected)


def test_every_setting_says_what_it_is():
    assert all(field.description for field in Settings.model_fields.values())
