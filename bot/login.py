"""Who sits at the command line."""

import getpass

from bot.input_error import InputError


def login_name() -> str:
    """The name of this login, for the audit trail. Raises `InputError` where it has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a name for its user
        raise InputError("this login has no name; say with --by who enters it") from None
