"""A short survey before a meeting: questions with choices, counted by hamlet, nobody's answer ever shown (R072)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NewType

from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId
from intake.rules.text import fold

SurveyId = NewType("SurveyId", int)
MOST_QUESTIONS = 5
FEWEST_CHOICES, MOST_CHOICES = 2, 6
LONGEST_TITLE = 120
LONGEST_QUESTION = 200
LONGEST_CHOICE = 60
"""Letters of a choice: it stands on a button."""
MOST_COUNTED = 9_999
"""People anybody counts who use no phone."""
FEWEST_SHOWN = 5
"""Fewer answers of a hamlet than these are not shown by hamlet: one could guess whose they are."""

Cells = list[list[int | None]]
"""For each question how often each choice was taken; None where that is not shown."""


@dataclass(frozen=True, slots=True)
class SurveyQuestion:
    """A question and what one can choose."""

    text: str
    choices: tuple[str, ...]


@dataclass(eq=False)
class Survey:
    """A survey for the people of some hamlets, open until the end of `closes_on` once it is sent.

    `questions` are lists of a question and its choices, `asked` how many a chat carried it to, by hamlet. When it is
    closed the `result` stays, without what is not shown, and who chose what is forgotten.
    """

    id: SurveyId = field(init=False)
    meeting_id: MeetingId
    title: str
    questions: list[list[str]]
    hamlets: list[int]
    closes_on: date
    made_by: PersonId
    made_at: datetime
    sent_by: PersonId | None = None
    sent_at: datetime | None = None
    closed_at: datetime | None = None
    asked: dict[str, int] = field(default_factory=dict)
    result: dict[str, Any] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether people can answer."""
        return self.sent_at is not None and self.closed_at is None

    @property
    def asks(self) -> tuple[SurveyQuestion, ...]:
        """Its questions."""
        return tuple(SurveyQuestion(one[0], tuple(one[1:])) for one in self.questions)


@dataclass(eq=False)
class SurveyAnswer:
    """What somebody chose for a question (both from 0); kept until the survey is closed."""

    survey_id: SurveyId
    person_id: PersonId
    question: int
    choice: int
    at: datetime


@dataclass(eq=False)
class SurveyCount:
    """The answers of a hamlet's people without a phone: how many were asked, and their answers."""

    survey_id: SurveyId
    unit_id: UnitId
    people: int
    counts: list[list[int]]
    at: datetime


@dataclass(frozen=True, slots=True)
class HamletResult:
    """A hamlet's part of a result: how many were asked, how many answered, and what is shown of their answers."""

    hamlet_id: UnitId
    asked: int
    answered: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """How many were asked and answered, and how often each choice was taken, in all and by hamlet."""

    asked: int
    answered: int
    totals: Cells
    hamlets: tuple[HamletResult, ...]


@dataclass(frozen=True, slots=True)
class HamletCounts:
    """What is counted of a hamlet: by phone and by the head, each question by question."""

    hamlet_id: UnitId
    asked: int
    answered: int
    by_phone: Sequence[Sequence[int]]
    by_head: Sequence[Sequence[int]]


def broadcast_of(survey_id: SurveyId) -> str:
    """What the broadcast is called that brings a survey to people."""
    return f"survey:{survey_id}"


def read_questions(typed: str) -> list[list[str]]:
    """The questions somebody typed: each on its line, its choices below it one a line, a blank line between two.

    A dash before a choice is taken off. Raises `RuleBroken` for too few, too many, too long or the same choice twice.
    """
    blocks: list[list[str]] = [[]]
    for line in typed.splitlines():
        words = " ".join(line.split())
        if blocks[-1]:
            words = words.lstrip("-–•* ")
        if words:
            blocks[-1].append(words)
        elif blocks[-1]:
            blocks.append([])
    found = [one for one in blocks if one]
    if not 1 <= len(found) <= MOST_QUESTIONS or not all(_is_whole(one) for one in found):
        limits = {"most": MOST_QUESTIONS, "fewest_choices": FEWEST_CHOICES, "most_choices": MOST_CHOICES}
        raise RuleBroken("refusal.survey_questions", {**limits, "letters": LONGEST_CHOICE, "long": LONGEST_QUESTION})
    return found


def _is_whole(block: Sequence[str]) -> bool:
    choices = block[1:]
    return (
        len(block[0]) <= LONGEST_QUESTION
        and all(any(letter.isalnum() for letter in one) for one in block)
        and FEWEST_CHOICES <= len(choices) <= MOST_CHOICES
        and len({fold(one) or one for one in choices}) == len(choices)
        and all(len(one) <= LONGEST_CHOICE for one in choices)
    )


def read_people(typed: str) -> int:
    """How many people were asked, as somebody types it. Raises `RuleBroken` for what is no such number."""
    plain = typed.strip()
    if not (plain.isascii() and plain.isdecimal()) or not 0 < int(plain[:9]) <= MOST_COUNTED:
        raise RuleBroken("refusal.survey_people", {"most": MOST_COUNTED})
    return int(plain)


def read_answers(typed: str, asks: Sequence[SurveyQuestion], people: int) -> list[list[int]]:
    """How many took each choice, a line for each question (`5 0 12`). None of `people` answers a question twice.

    Raises `RuleBroken` for another number of lines or of numbers, and for more answers than people.
    """
    lines = [line.replace(",", " ").replace(";", " ").split() for line in typed.splitlines() if line.strip()]
    right = len(lines) == len(asks) and all(
        len(line) == len(one.choices) and all(word.isascii() and word.isdecimal() and len(word) <= 4 for word in line)  # noqa: PLR2004
        for line, one in zip(lines, asks, strict=True)
    )
    if not right:
        raise RuleBroken("refusal.survey_numbers", {"lines": len(asks)})
    counts = [[int(word) for word in line] for line in lines]
    if any(sum(line) > people for line in counts):
        raise RuleBroken("refusal.survey_too_many", {"people": people})
    return counts


def result_of(asks: Sequence[SurveyQuestion], hamlets: Sequence[HamletCounts]) -> SurveyResult:
    """The result as everybody may read it who may read it at all: no cell that could tell what somebody chose.

    A cell of fewer than five answers is left out, also where few of a larger one came by phone, since the head knows
    the others; so is what could be subtracted from a sum: a hamlet never has a single cell left out of a question, and
    what is left out of a choice are together five answers of several hamlets. Of a single hamlet there is no sum.
    """
    shown: dict[UnitId, Cells] = {one.hamlet_id: [] for one in hamlets}
    totals: Cells = []
    for number, question in enumerate(asks):
        both = [[a + b for a, b in zip(one.by_phone[number], one.by_head[number], strict=True)] for one in hamlets]
        phones = [one.by_phone[number] for one in hamlets]
        hidden = _hidden(both, phones)
        for row, one in enumerate(hamlets):
            cells = [None if (row, choice) in hidden else count for choice, count in enumerate(both[row])]
            shown[one.hamlet_id].append(cells)
        sums: list[int | None] = [sum(row[choice] for row in both) for choice in range(len(question.choices))]
        totals.append(shown[hamlets[0].hamlet_id][number] if len(hamlets) == 1 else sums)
    parts = [HamletResult(one.hamlet_id, one.asked, one.answered, shown[one.hamlet_id]) for one in hamlets]
    return SurveyResult(sum(one.asked for one in hamlets), sum(one.answered for one in hamlets), totals, tuple(parts))


def _hidden(both: Sequence[Sequence[int]], phones: Sequence[Sequence[int]]) -> set[tuple[int, int]]:
    """Which cells (hamlet, choice) of a question are left out."""
    rows, choices = range(len(both)), range(len(both[0]))
    hidden = {
        (row, choice)
        for row in rows
        for choice in choices
        if both[row][choice] < FEWEST_SHOWN or 0 < phones[row][choice] < FEWEST_SHOWN
    }
    while more := [*_alone_in_row(both, hidden), *(_alone_in_column(both, hidden) if len(both) > 1 else ())]:
        hidden.update(more)
    return hidden


def _alone_in_row(both: Sequence[Sequence[int]], hidden: set[tuple[int, int]]) -> list[tuple[int, int]]:
    found = []
    for row, counts in enumerate(both):
        left = [(count, row, choice) for choice, count in enumerate(counts) if (row, choice) not in hidden]
        if len(left) == len(counts) - 1:
            found.append(min(left)[1:])
    return found


def _alone_in_column(both: Sequence[Sequence[int]], hidden: set[tuple[int, int]]) -> list[tuple[int, int]]:
    found = []
    for choice in range(len(both[0])):
        out = [both[row][choice] for row in range(len(both)) if (row, choice) in hidden]
        left = [(counts[choice], row, choice) for row, counts in enumerate(both) if (row, choice) not in hidden]
        if out and left and (len(out) == 1 or sum(out) < FEWEST_SHOWN):
            found.append(min(left)[1:])
    return found


def pack_result(result: SurveyResult) -> dict[str, Any]:
    """The result as it is stored."""
    parts = [
        {"hamlet": one.hamlet_id, "asked": one.asked, "answered": one.answered, "cells": one.cells}
        for one in result.hamlets
    ]
    return {"asked": result.asked, "answered": result.answered, "totals": result.totals, "hamlets": parts}


def unpack_result(kept: Mapping[str, Any]) -> SurveyResult:
    """The same, read."""
    parts = [
        HamletResult(UnitId(one["hamlet"]), one["asked"], one["answered"], one["cells"]) for one in kept["hamlets"]
    ]
    return SurveyResult(kept["asked"], kept["answered"], kept["totals"], tuple(parts))
