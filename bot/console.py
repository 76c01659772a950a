"""What the command line says: input it cannot work with, and numbers with their nouns."""


class InputError(Exception):
    """The words say what and why, one line for each thing that is wrong; `main` prints them and ends with status 2."""


def counted(number: int, one: str) -> str:
    """A number with its noun: `1 letter`, `2 letters`."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"
