"""What a file is called where it arrives: so that a clerk with five of them on a telephone can tell them apart."""

from intake.rules.text import clean

LONGEST_FILE_NAME = 80
"""Letters, without the ending: three bytes each and an ending fit into the 255 that file systems take."""
_BETWEEN = " - "
_DASHES = str.maketrans(dict.fromkeys("/\\:‐‑‒–—―−", "-"))
_KEPT_SIGNS = frozenset("-.,()_")
_NO_END = " -.,_"
_LAST_OF_PLANE = "\uffff"


def file_name(*parts: str) -> str:
    """A name people recognise, from what the file is, what it is about, its day: the parts with a hyphen between them.

    In NFC, of letters and digits with a few signs every file system takes; a stroke or a colon is a hyphen, anything
    else a blank. Where it would be too long, the longest part loses its last words. Empty where no part says anything.
    """
    kept = [part for part in map(_plain, parts) if part]
    while len(_BETWEEN.join(kept)) > LONGEST_FILE_NAME:
        longest = max(range(len(kept)), key=lambda place: len(kept[place]))
        kept[longest] = _shortened(kept[longest])
    return _BETWEEN.join(kept)


def _plain(part: str) -> str:
    signs = (sign if _is_kept(sign) else " " for sign in clean(part).translate(_DASHES))
    return " ".join("".join(signs).split()).strip(_NO_END)


def _is_kept(sign: str) -> bool:
    return sign in _KEPT_SIGNS or (sign.isalnum() and sign <= _LAST_OF_PLANE)


def _shortened(part: str) -> str:
    """Without its last word; a single word without its last letter."""
    return (part.rpartition(" ")[0] or part[:-1]).rstrip(_NO_END)
