"""Cutting a long text into messages: at the ends of words, counted the way the stricter networks count."""


def utf16_units(text: str) -> int:
    """The length of a text in UTF-16 units; never less than its number of characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split_text(text: str, units: int) -> list[str]:
    """Cut a text into parts of at most `units` UTF-16 units, at the ends of words where there are any.

    The blanks at a cut are dropped, everything else is kept in order. A text of blanks alone has no parts.
    """
    parts = []
    rest = text.strip()
    while utf16_units(rest) > units:
        end = _fitting(rest, units)
        cut = _last_gap(rest, end)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest else parts


def _fitting(text: str, units: int) -> int:
    """How many characters from the start fit; at least one, so that every cut gets on."""
    used = 0
    for position, letter in enumerate(text):
        used += 2 if letter > "\uffff" else 1
        if used > units:
            return max(position, 1)
    return len(text)


def _last_gap(text: str, end: int) -> int:
    """Where to cut at or before `end`: after the last whole word; in the middle of a word only when it fills it all."""
    if text[end : end + 1].isspace():
        return end
    for position in range(end - 1, 0, -1):
        if text[position].isspace():
            return position
    return end
