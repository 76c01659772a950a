"""The sentences of reminders: what each audience is told of a clock (PRODUCT, Clocks)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from intake.rules.clock import ClockKind, days_left
from intake.rules.message import Button, Message, Param, Term
from intake.rules.question import QuestionId
from intake.rules.reminders import Audience

_OPENS = {
    Audience.DESK: "queue",
    Audience.SECRETARY: "triage",
    Audience.CHAIR: "status",
    Audience.ASKER: "status",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a clock runs for, in words: a question by its reference and desk, or a meeting by its title (no desk)."""

    name: str
    desk: str | Term | None
    question_id: QuestionId | None


def what(kind: ClockKind) -> Term:
    """What has to be done by the day, as part of a sentence."""
    return Term(f"remind.what.{kind}")


def reminder(kind: ClockKind, audience: Audience, subject: Subject, due_on: date, today: date) -> Message:
    """The message: days left, the day itself, or honestly how late it is; with a button that opens the question."""
    left = days_left(due_on, today)
    params: dict[str, Param] = {"name": subject.name, "what": what(kind), "due": due_on, "days": abs(left)}
    if subject.desk is not None:
        params["desk"] = subject.desk
    return Message(_key(kind, audience, left, of_question=subject.desk is not None), params, opening(subject, audience))


def opening(subject: Subject, audience: Audience) -> tuple[tuple[Button, ...], ...]:
    """The button `Mở`, for those who can do something about the question in the chat."""
    verb = _OPENS.get(audience)
    if verb is None or subject.question_id is None:
        return ()
    return ((Button(f"{verb}.{subject.question_id}", "button.open"),),)


def moved(kind: ClockKind, audience: Audience, subject: Subject, was: date, due_on: date, reason: str) -> Message:
    """A due date is another one now, and why."""
    params: Mapping[str, Param] = {
        "name": subject.name,
        "what": what(kind),
        "was": was,
        "due": due_on,
        "reason": reason,
    }
    return Message("remind.moved", params, opening(subject, audience))


def _key(kind: ClockKind, audience: Audience, left: int, *, of_question: bool) -> str:
    if audience is Audience.ASKER:
        return "remind.asker.promise" if kind is ClockKind.PROMISE else "remind.asker.reply"
    when = "before" if left > 0 else "today" if left == 0 else "late"
    return f"remind.question.{when}" if of_question else f"remind.office.{when}"
