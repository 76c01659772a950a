from datetime import timedelta
from pathlib import Path

import pytest

from bot.channel_policy import channel_policy_of
from bot.settings import Settings, SettingsError
from intake.rules.outbox.template import TemplateKind
from intake.rules.people.person import Network

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"


def settings(**more: object) -> Settings:
    return Settings(_env_file=None, **more)  # type: ignore[arg-type]


def test_without_settings_zalo_has_its_window_and_nothing_else():
    channel_policy = channel_policy_of(settings())
    assert set(channel_policy.windows) == {Network.ZALO}
    assert (channel_policy.templates, channel_policy.budgets.of("VB"), channel_policy.patience) == (
        {},
        0,
        timedelta(days=3),
    )


def test_the_example_of_the_documentation_works(tmp_path):
    example = DOCS.read_text("utf-8").split("```toml\n")[1].split("```")[0]
    path = tmp_path / "templates.toml"
    path.write_text(example, "utf-8")
    channel_policy = channel_policy_of(settings(zalo_templates=path, zalo_monthly_messages="3000,VB=5", return_days=7))

    answered = channel_policy.templates[Network.ZALO].of(TemplateKind.ANSWERED)
    assert answered is not None
    assert (answered.id, answered.by_phone, len(answered.params)) == ("7895417", True, 4)
    assert (channel_policy.budgets.of("vb"), channel_policy.patience) == (5, timedelta(days=7))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read: No such file"),
        ("[answered", "templates.toml is not a TOML file: Expected"),
        ("[answers]\nid = '1'", "answers is no kind of news"),
        (b"\xff\xfe", "templates.toml is not saved as UTF-8"),
    ],
)
def test_a_file_of_templates_that_cannot_be_used_is_said_in_one_sentence(tmp_path, content, words):
    path = tmp_path / "templates.toml"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    with pytest.raises(SettingsError, match="DOITHOAI_ZALO_TEMPLATES: ") as refused:
        channel_policy_of(settings(zalo_templates=path))
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_empty_path_is_none(monkeypatch):
    monkeypatch.setenv("DOITHOAI_ZALO_TEMPLATES", "")
    assert Settings().zalo_templates is None


def test_a_budget_that_is_none_is_refused_at_the_start(monkeypatch):
    from bot.settings import read_settings

    monkeypatch.setenv("DOITHOAI_ZALO_MONTHLY_MESSAGES", "lots")
    with pytest.raises(SettingsError, match="DOITHOAI_ZALO_MONTHLY_MESSAGES: must read like 3000 or 3000,VB=5000"):
        read_settings()
