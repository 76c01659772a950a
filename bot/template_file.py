"""The template messages an installation has, from the file its settings name."""

import tomllib
from pathlib import Path

from bot.settings import PREFIX, SettingsError
from intake.rules.template import Templates, parse_templates


def read_templates(path: Path) -> Templates:
    """The template messages a file names. Raises `SettingsError`."""
    try:
        return parse_templates(tomllib.loads(path.read_text("utf-8")))
    except OSError as trouble:
        raise SettingsError(f"{PREFIX}ZALO_TEMPLATES: {path} cannot be read: {trouble.strerror}") from None
    except ValueError as mistake:
        raise SettingsError(f"{PREFIX}ZALO_TEMPLATES: {path}: {mistake}") from None
