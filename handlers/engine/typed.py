"""Reading the codes of buttons, which can be guessed."""

from intake.rules.errors import NotFound

_LONGEST_ID = 9


def id_in(rest: str) -> int:
    """The id a button's code names; `NotFound` for whatever cannot be one."""
    if not (rest.isascii() and rest.isdecimal() and len(rest) <= _LONGEST_ID):
        raise NotFound
    return int(rest)
