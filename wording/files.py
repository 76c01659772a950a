"""Files in words: photos, recordings and videos by their number, documents by the name their owner gave them."""

from collections import Counter
from collections.abc import Iterable

from intake.rules.message import Param, Term

_COUNTED = ("image", "audio", "video")


def file_lines(files: Iterable[tuple[str, str]]) -> tuple[Param, ...]:
    """What came, an item a line; each file is its media type and its name."""
    counted = Counter[str]()
    named: list[Param] = []
    for media_type, name in files:
        kind = media_type.partition("/")[0]
        if kind in _COUNTED:
            counted[kind] += 1
        else:
            named.append(Term("files.document", {"name": name}))
    return (*(Term(f"files.{kind}", {"count": counted[kind]}) for kind in _COUNTED if counted[kind]), *named)
