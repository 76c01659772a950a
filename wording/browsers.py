"""What a browser is called."""

from intake.rules.message import Term


def browser_words(browser: str) -> str | Term:
    """The browser by its name and machine, or words for one that says neither."""
    return browser or Term("browser.some")
