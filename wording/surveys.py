"""A survey and its result in words, for chat and desk (R072)."""

from collections.abc import Mapping, Sequence

from intake.rules.meetings.survey import FEWEST_SHOWN, HamletResult, Survey, SurveyResult
from intake.rules.message import Param, Term
from intake.rules.people.unit import UnitId


def question_lines(survey: Survey) -> tuple[Param, ...]:
    """The questions with their choices, as they will be read."""
    lines: list[Param] = []
    for number, question in enumerate(survey.asks, 1):
        lines.append(Term("survey.line_question", {"number": number, "question": question.text}))
        lines += [Term("survey.line_choice", {"choice": choice}) for choice in question.choices]
    return tuple(lines)


def result_lines(survey: Survey, result: SurveyResult) -> tuple[Param, ...]:
    """How often each choice was taken, in all."""
    lines: list[Param] = []
    for number, question in enumerate(survey.asks):
        lines.append(Term("survey.line_question", {"number": number + 1, "question": question.text}))
        lines += [
            Term("survey.line_count", {"choice": choice, "count": cell_words(count)})
            for choice, count in zip(question.choices, result.totals[number], strict=True)
        ]
    return tuple(lines)


def hamlet_lines(survey: Survey, hamlets: Sequence[HamletResult], names: Mapping[UnitId, str]) -> tuple[Param, ...]:
    """The same of each hamlet; of an open survey only how many were asked and answered."""
    lines: list[Param] = []
    for one in hamlets:
        said: dict[str, Param] = {"hamlet": names[one.hamlet_id], "asked": one.asked, "answered": one.answered}
        lines.append(Term("survey.line_hamlet", said))
        for number, cells in enumerate(one.cells):
            counts = tuple(
                Term("survey.line_count", {"choice": choice, "count": cell_words(count)})
                for choice, count in zip(survey.asks[number].choices, cells, strict=True)
            )
            shown = counts if any(count is not None for count in cells) else (Term("survey.too_few"),)
            lines.append(Term("survey.line_part", {"number": number + 1}))
            lines += shown
    return tuple(lines)


def cell_words(count: int | None) -> Param:
    """How often a choice was taken, or that it is not shown."""
    return Term("survey.hidden", {"fewest": FEWEST_SHOWN}) if count is None else str(count)


def state_words(survey: Survey) -> Term:
    """How a survey stands."""
    if survey.sent_at is None:
        return Term("survey.state_draft")
    if survey.closed_at is None:
        return Term("survey.state_open", {"until": survey.closes_on})
    return Term("survey.state_closed", {"at": survey.closed_at})
