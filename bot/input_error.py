"""What was typed on the command line cannot be worked with."""


class InputError(Exception):
    """The words say what and why, one line for each thing that is wrong; `main` prints them and ends with status 2."""
