"""What is wrong with the file of a plan, in words: file, line, field and what it is."""

from intake.rules.plan.profile import Flaw, ProfileError
from wording.texts import words


def flaw_line(flaw: Flaw, language: str) -> str:
    """`di-lang-2024.toml:12: topics[2].desk is missing.`, as much of it as is known."""
    place = f"{flaw.file}:{flaw.line}" if flaw.file and flaw.line is not None else flaw.file
    field = flaw.path or words(language, "flaw.whole_file")
    sentence = field + words(language, f"flaw.{flaw.key}", flaw.params)
    return f"{place}: {sentence}" if place else sentence


def flaw_lines(error: ProfileError, language: str) -> str:
    """Everything that is wrong, a line each."""
    return "\n".join(flaw_line(flaw, language) for flaw in error.flaws)
