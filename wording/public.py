"""What the public pages say of a meeting in lines of their own."""

from collections.abc import Mapping

from .texts import words

NOT_PUT = ("notput.no_time", "notput.asker_absent", "notput.answered_with_another", "notput.asker_gave_up")
"""The reasons that are offered as buttons: whatever else was typed was written for one asker, not for everybody."""
_LANGUAGES = ("vi", "en")


def not_put_lines(reasons: Mapping[str, int], count: int, language: str) -> list[str]:
    """Why questions were not put in the room, each reason with how often; `count` is how many there are in all.

    A reason in somebody's own words is not shown: it may tell who asked.
    """
    lines = []
    told = 0
    for key in NOT_PUT:
        number = sum(reasons.get(each, 0) for each in {words(one, key) for one in _LANGUAGES})
        if number:
            told += number
            lines.append(f"{words(language, key)}: {number}")
    if count > told:
        lines.append(f"{words(language, 'public.own_reason')}: {count - told}")
    return lines
