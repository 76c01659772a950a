"""A line of the list of questions, on the page and in a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.clock import is_overdue
from intake.rules.questions.question import QuestionId
from intake.rules.questions.question_list import QuestionLine
from wording.clocks import time_left
from wording.question_sheet import Cell
from wording.questions import kept_words, listed_words
from wording.texts import shown, words

from .question_places import Names


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line of the table, in words; `late` and `urgent` are marked."""

    id: QuestionId
    reference: str
    text: str
    state: str
    kind: str
    topic: str
    desk: str
    hamlet: str
    received: str
    left: str
    late: bool
    urgent: bool
    sensitive: bool


def line_of(language: str, line: QuestionLine, names: Names, today: date) -> TableLine:
    """A line in words."""
    return TableLine(
        id=line.id,
        reference=line.reference,
        text=shown(language, listed_words(line)),
        state=words(language, f"office.state_{line.state.value}"),
        kind=words(language, f"kind.{line.kind.value}"),
        topic=names.topics.get(line.topic_id or 0, ""),
        desk=names.desks.get(line.desk_id or 0, ""),
        hamlet="" if line.sensitive else names.hamlets.get(line.hamlet_id or 0, ""),
        received=line.received_at.astimezone(LOCAL).strftime("%d/%m/%Y"),
        left="" if line.due_on is None else shown(language, time_left(line.due_on, today)),
        late=line.due_on is not None and is_overdue(line.due_on, today),
        urgent=line.urgent,
        sensitive=line.sensitive,
    )


def row_of(language: str, line: QuestionLine, names: Names) -> Sequence[Cell]:
    """A line of a file: who asked stands in none, nor the words of what is sensitive."""
    shown_line = line_of(language, line, names, line.received_at.date())
    return (
        line.reference,
        shown_line.kind,
        shown_line.state,
        shown_line.topic,
        shown_line.desk,
        shown_line.hamlet,
        line.received_at.astimezone(LOCAL).date(),
        line.due_on,
        line.text if kept_words(line) is None else shown_line.text,
    )
