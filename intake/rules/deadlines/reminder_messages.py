"""The sentences of reminders, and of due dates that have moved: what each is told of a clock (PRODUCT, Clocks)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from intake.rules.deadlines.clock import ClockKind, days_left
from intake.rules.deadlines.due_words import in_between, on_weekday, reminded_words
from intake.rules.deadlines.reminders import AlertAudience
from intake.rules.deadlines.task import TaskId
from intake.rules.meetings.conclusion import ConclusionItemId
from intake.rules.meetings.meeting import MeetingId
from intake.rules.message import Button, Message, Param, Term
from intake.rules.questions.question import QuestionId

_OPENS = {
    AlertAudience.DESK: "queue",
    AlertAudience.SECRETARY: "triage",
    AlertAudience.CHAIR: "triage",
    AlertAudience.ASKER: "status",
}
_LEADING = (AlertAudience.SECRETARY, AlertAudience.CHAIR)
"""Who may nudge the agency when a promise has lapsed (R162), and open the tasks of the office."""

LONGEST_LIST = 15
"""How many matters one message names: what a phone shows without endless scrolling."""

MOST_BUTTONS = 5


@dataclass(frozen=True, slots=True)
class Subject:
    """What a clock runs for, in words: a question by its reference and desk, a meeting or a task by its title only.

    An item of a conclusion is named by its number and words, with its owner in the place of the desk.

    The ids are for the buttons under the reminder.
    """

    name: str | Term
    desk: str | Term | None
    question_id: QuestionId | None
    meeting_id: MeetingId | None = None
    task_id: TaskId | None = None
    item_id: ConclusionItemId | None = None
    in_session: bool = False
    """Of a meeting: it was opened, so that it can only be ended."""
    reported: bool = False
    """Of a task: it comes to a report, which can be made at once."""

    @property
    def plain(self) -> str:
        """The name without words of a catalogue, to sort by and for whoever watches a sweep: a duty by its meeting."""
        return self.name if isinstance(self.name, str) else str(self.name.params["title"])


def what(kind: ClockKind) -> Term:
    """What has to be done by the day, as part of a sentence."""
    return Term(f"remind.what.{kind}")


@dataclass(frozen=True, slots=True)
class Reminder:
    """What somebody is told of, and as what: a clock's kind and due date, and what it runs for.

    `practical_on` is the last working day before a due date on which the office does not work.
    """

    kind: ClockKind
    audience: AlertAudience
    subject: Subject
    due_on: date
    practical_on: date | None = None


def overdue_news(question_id: QuestionId) -> str:
    """What the names of the letters begin with that tell an asker there is no answer yet (`Letter.once`)."""
    return f"overdue:{question_id}:"


def reminder(about: Reminder, today: date) -> Message:
    """The message: days left, the day itself, or honestly how late it is; with a button that opens the question."""
    if about.kind is ClockKind.HELD:
        return _whether_held(about)
    buttons = opening(about.subject, about.audience)
    if about.audience is AlertAudience.ASKER:
        key = "remind.asker.promise" if about.kind is ClockKind.PROMISE else "remind.asker.reply"
        return Message(key, _params(about, today), buttons)
    if about.kind is ClockKind.PROMISE and about.due_on < today and about.audience in _LEADING:
        buttons = (*buttons, (Button(f"nudge.{about.subject.question_id}", "nudge.button"),))
    if about.audience is AlertAudience.SECRETARY:
        buttons = (*buttons, *_ticking_off(about.kind, about.subject))
    return Message(f"remind.{_form(about, today)}", _params(about, today), buttons)


def _whether_held(about: Reminder) -> Message:
    """Whether a meeting took place (R220): for those who can say it, with the three things there are to say."""
    params: dict[str, Param] = {"title": about.subject.name, "day": on_weekday(about.due_on)}
    opened = about.subject.in_session
    if about.audience not in _LEADING:
        return Message("held.nobody_ends" if opened else "held.nobody_says", params)
    meeting_id = about.subject.meeting_id
    ended = (Button(f"heldend.{meeting_id}", "held.yes_button"),)
    if opened:
        return Message("held.ask_end", params, (ended,))
    moves = (
        Button(f"fix.{meeting_id}", "held.move_button"),
        Button(f"cancelmeeting.{meeting_id}", "held.cancel_button"),
    )
    return Message("held.ask", params, (ended, moves))


def digest(reminders: Sequence[Reminder], today: date) -> Message:
    """One message about several matters, the latest at the top; buttons open the first questions of the list.

    At most `LONGEST_LIST` matters are named, the number of all stands above them.
    """
    first = sorted(reminders, key=lambda one: (one.due_on, one.subject.plain))
    late = [one for one in first if days_left(one.due_on, today) < 0]
    named = first[:LONGEST_LIST]
    parts: list[Term] = []
    for key, every, some in (
        ("remind.list.late", late, named[: len(late)]),
        ("remind.list.ahead", first[len(late) :], named[len(late) :]),
    ):
        if some:
            lines = tuple(_line(one, today) for one in some)
            parts.append(Term(key, {"count": len(every), "lines": lines}))
    if len(first) > len(named):
        parts.append(Term("remind.list.more", {"count": len(first) - len(named)}))
    by_code: dict[str, Button] = {}
    for one in named:
        for row in opening(one.subject, one.audience):
            for button in row:
                by_code.setdefault(button.code, _named(button.code, one.subject.name))
    return Message(
        "remind.list", {"parts": tuple(parts)}, tuple((button,) for button in by_code.values())[:MOST_BUTTONS]
    )


def _named(code: str, name: str | Term) -> Button:
    if isinstance(name, str):
        return Button(code, name, literal=True)
    return Button(code, name.key, name.params)


def _line(about: Reminder, today: date) -> Term:
    return Term(f"remind.line.{_form(about, today)}", _params(about, today))


def _form(about: Reminder, today: date) -> str:
    left = days_left(about.due_on, today)
    when = "before" if left > 0 else "today" if left == 0 else "late"
    return f"question.{when}" if about.subject.desk is not None else f"office.{when}"


def _params(about: Reminder, today: date) -> dict[str, Param]:
    params: dict[str, Param] = {
        "name": about.subject.name,
        "what": what(about.kind),
        "due": reminded_words(about.due_on, about.practical_on),
        "days": abs(days_left(about.due_on, today)),
    }
    if about.subject.desk is not None:
        params["desk"] = about.subject.desk
    return params


def _ticking_off(kind: ClockKind, subject: Subject) -> tuple[tuple[Button, ...], ...]:
    """The button by which a secretary says, right under the reminder, that it is done.

    A request about one's own data is opened first: what was done about it has to be told.
    """
    if subject.meeting_id is not None and kind is ClockKind.PREPARATION:
        return ((Button(f"prepared.{subject.meeting_id}", "task.prepared_button"),),)
    if subject.meeting_id is not None and kind is ClockKind.RESULTS:
        return ((Button(f"madepublic.{subject.meeting_id}", "madepublic.button"),),)
    if subject.task_id is None:
        return ()
    made = ((Button(f"reportdue.{subject.task_id}", "papers.report_button"),),) if subject.reported else ()
    if kind in (ClockKind.QUARTERLY_REPORT, ClockKind.BEFORE):
        return (*made, (Button(f"taskdone.{subject.task_id}", "task.done_button"),))
    return made


def opening(subject: Subject, audience: AlertAudience) -> tuple[tuple[Button, ...], ...]:
    """The button `Mở`, for those who can do something about the matter in the chat."""
    verb = _OPENS.get(audience)
    code = ""
    if subject.item_id is not None:
        code = f"conclusionitem.{subject.item_id}"
    elif verb is not None and subject.question_id is not None:
        code = f"{verb}.{subject.question_id}"
    elif subject.task_id is not None and audience in (*_LEADING, AlertAudience.DESK):
        code = f"task.{subject.task_id}"
    elif subject.meeting_id is not None and audience is AlertAudience.SECRETARY:
        code = f"meetingcard.{subject.meeting_id}"
    return ((Button(code, "button.open"),),) if code else ()


MOST_LISTED = 10

CONCERNED: Mapping[ClockKind, tuple[AlertAudience, ...]] = {
    ClockKind.REPLY: (AlertAudience.DESK, AlertAudience.SECRETARY, AlertAudience.ASKER),
    ClockKind.REPLY_OUTSIDE: (AlertAudience.DESK, AlertAudience.SECRETARY, AlertAudience.ASKER),
    ClockKind.PROMISE: (AlertAudience.DESK, AlertAudience.SECRETARY, AlertAudience.ASKER),
    ClockKind.DATA_FULFIL: (AlertAudience.SECRETARY, AlertAudience.ASKER),
    ClockKind.DATA_REQUEST: (AlertAudience.SECRETARY, AlertAudience.ASKER),
    ClockKind.INTERNAL_TARGET: (AlertAudience.DESK,),
    ClockKind.URGENT_TARGET: (AlertAudience.DESK,),
    ClockKind.BEFORE: (AlertAudience.DESK, AlertAudience.SECRETARY),
    ClockKind.DUTY_ANNOUNCING: (AlertAudience.DESK,),
    ClockKind.DUTY_PREPARING: (AlertAudience.DESK,),
    ClockKind.DUTY_ON_THE_DAY: (AlertAudience.DESK,),
    ClockKind.DUTY_CONCLUDING: (AlertAudience.DESK,),
    ClockKind.DUTY_REPLYING: (AlertAudience.DESK,),
    ClockKind.FINDING: (AlertAudience.DESK, AlertAudience.SUPERVISOR),
}
"""Whose date it is; the office's own targets are nobody else's, what is not listed is the secretary's alone."""


@dataclass(frozen=True, slots=True)
class MovedDate:
    """One date that moved, as one person is concerned by it."""

    kind: ClockKind
    audience: AlertAudience
    subject: Subject
    was: date
    due_on: date


def moved_message(dates: Sequence[MovedDate], reason: str | Term) -> Message:
    """The letter about one or more dates of one person that moved in one act, with the reason."""
    if len(dates) == 1:
        [only] = dates
        return Message("moved.one", {**_params_of_move(only), "reason": reason}, opening(only.subject, only.audience))
    lines: list[Param] = [Term("moved.line", _params_of_move(one)) for one in dates[:MOST_LISTED]]
    if len(dates) > MOST_LISTED:
        lines.append(Term("moved.more", {"more": len(dates) - MOST_LISTED}))
    params: dict[str, Param] = {"count": len(dates), "dates": tuple(lines), "reason": reason}
    return Message("moved.several", params, ((Button(_LISTS[dates[0].audience], "button.open"),),))


_LISTS = {
    AlertAudience.DESK: "cmd.hangdoi",
    AlertAudience.SECRETARY: "cmd.phanloai",
    AlertAudience.ASKER: "cmd.cauhoi",
}


def _params_of_move(one: MovedDate) -> dict[str, Param]:
    return {"name": one.subject.name, "what": what(one.kind), "was": in_between(one.was), "due": in_between(one.due_on)}
