"""What an answer is: something done, something on its way with a day, or an explanation (R021, A5).

That a question was passed on, needs more time or is out of scope are acts of their own, with agency, day and reason:
those say it by the state of the question, and no answer is needed to know it.
"""

import re
from datetime import date, timedelta

from intake.rules.plan.reading.days import windows
from intake.rules.text import without_marks

from .promise import LONGEST_PROMISE
from .question import AnswerClass

_BEFORE = re.compile(r"\btruoc(?:\s+ngay)?\s*\Z")
"""What stands right before a day that is not reached any more; "trước khi hết ngày" reaches it."""


def day_foreseen(text: str, today: date) -> date | None:
    """The first day still to come that an answer names (`trước ngày 30/12/2026`, `trong quý I năm 2027`).

    A month or a quarter is over on its last day; what is promised before a day is promised for the day before it (LAW
    C7). None where the words name no day after today.
    """
    folded = without_marks(text.casefold())
    ahead = []
    for one in windows(folded, 0, len(folded), today.year):
        before = _BEFORE.search(folded, 0, one.start) is not None
        named, promised = (one.first, one.first - timedelta(days=1)) if before else (one.last, one.last)
        if today < named <= today + LONGEST_PROMISE:
            ahead.append(promised)
    return min(ahead, default=None)


def class_in_words(text: str, today: date, otherwise: AnswerClass = AnswerClass.EXPLANATION) -> AnswerClass:
    """What an answer is taken for while nobody says more: what names a day to come is on its way, all else `otherwise`.

    A desk has to say itself that something is done: it is the one thing an office would like to be counted.
    """
    return otherwise if day_foreseen(text, today) is None else AnswerClass.DATED
