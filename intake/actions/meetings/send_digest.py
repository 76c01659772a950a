"""The digest in words, and sent to the chairs: a few short messages, each fit for a phone."""

from collections.abc import Sequence

from intake.actions.meetings.meeting_digest import Digest, Trend, digest_of
from intake.actions.outbox.tell import tell
from intake.actions.people.office import holders_of
from intake.actions.questions.repeated_cases import CaseHistory
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.message import Button, Message, Param, Term
from intake.rules.people.person import Person, Role
from intake.rules.questions.question import Question
from intake.rules.text import excerpt

AT_ONCE = 20
"""How many references or cases one part lists; of the references, the rest is a number."""
MOST_TRENDS = 8
"""How many topics are compared with the meeting before: those that grew most."""
TOPICS = 3
"""How many topics of a hamlet are named: those asked about most."""


async def digest_messages(uow: UnitOfWork, digest: Digest) -> list[Message]:
    """What is asked and where, beside the meeting before; what is sensitive, repeated; how ready the drafts are.

    What is sensitive is named by its references only; what its askers have restricted is a number (LAW C5).
    """
    said = [await _asked(uow, digest)]
    if digest.trend is not None:
        said.append(_trend(digest.count, digest.trend))
    if digest.sensitive:
        # it goes to several people: what may name one of them is counted, not pointed at
        open_to_all = [one for one in digest.sensitive if not one.named]
        named: dict[str, Param] = {"count": len(digest.sensitive), "references": references(open_to_all)}
        said.append(Message("digest.sensitive" if open_to_all else "digest.sensitive_count", named))
    if digest.resting:
        said.append(Message("digest.restricted", {"count": digest.resting}))
    if digest.cases:
        lines: list[Param] = [case_line(history) for history in digest.cases[:AT_ONCE]]
        without = sum(not history.case.direction for history in digest.cases)
        params: dict[str, Param] = {"count": len(digest.cases), "without": without, "lines": tuple(lines)}
        said.append(Message("digest.cases", params))
    if digest.gathered:
        opinions: list[Param] = [await opinion_line(uow, one) for one in digest.gathered[:AT_ONCE]]
        if len(digest.gathered) > AT_ONCE:
            opinions.append(Term("gathered.more", {"count": len(digest.gathered) - AT_ONCE}))
        said.append(Message("gathered.digest", {"count": len(digest.gathered), "lines": tuple(opinions)}))
    if digest.records:
        said.append(await _records(uow, digest))
    said.append(await _drafts(uow, digest))
    return said


async def opinion_line(uow: UnitOfWork, question: Question) -> Term:
    """An opinion on one line: the reference, from where, its first words; never who sent it."""
    hamlet: Param = Term("digest.hamlet_unknown")
    if question.hamlet_id is not None:
        hamlet = (await uow.places.unit(question.hamlet_id)).name
    first = {"reference": question.reference, "hamlet": hamlet, "text": excerpt(question.text)}
    return Term("gathered.line", first)


async def send_digest(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId) -> int:
    """Send the digest to the chairs of the unit and its other secretaries. Returns how many people that are.

    Sent by a person, when the drafts are as ready as they will be: a day too early it would say "nothing is ready".
    """
    digest = await digest_of(uow, by=by, meeting_id=meeting_id)
    readers = [
        one.id for one in await holders_of(uow, digest.meeting.unit_id, Role.CHAIR, Role.SECRETARY) if one.id != by.id
    ]
    messages = await digest_messages(uow, digest)
    for message in messages[:-1]:
        await tell(uow, readers, message)
    last = messages[-1]
    await tell(uow, readers, Message(last.key, last.params, digest_buttons(digest.meeting)))
    await uow.ledger.write(AuditEntry(uow.now, by.id, "send_digest", f"meeting:{meeting_id}", {"people": len(readers)}))
    return len(readers)


def digest_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    """Where a chair goes from here."""
    return (
        (Button("cmd.duyet", "menu.approvals"), Button("cmd.vuviec", "menu.cases")),
        (Button(f"earlieryears.{meeting.id}", "results.button"),),
    )


def references(questions: Sequence[Question]) -> str:
    """The references of questions; of many, the first and how many more."""
    named = ", ".join(one.reference for one in questions[:AT_ONCE])
    more = len(questions) - AT_ONCE
    return f"{named} (+{more})" if more > 0 else named


def case_line(history: CaseHistory) -> Term:
    """A repeated matter on a few lines: how often, when, what was promised, what the desk proposes."""
    direction: Param = history.case.direction or Term("case.no_direction")
    return Term(
        "case.line",
        {
            "label": history.case.label,
            "times": len(history.questions),
            "years": ", ".join(str(year) for year in history.years),
            "promises": len(history.promises),
            "references": references(history.questions),
            "direction": direction,
        },
    )


async def _asked(uow: UnitOfWork, digest: Digest) -> Message:
    lines: list[Param] = []
    for part in digest.hamlets:
        name: Param = Term("digest.hamlet_unknown")
        if part.hamlet_id is not None:
            name = (await uow.places.unit(part.hamlet_id)).name
        lines.append(Term("digest.hamlet", {"hamlet": name, "count": part.count}))
        for topic, count in list(part.topics.items())[:TOPICS]:
            lines.append(Term("digest.topic", {"topic": topic or Term("digest.topic_unknown"), "count": count}))
    kinds = [Term("digest.kind", {"kind": Term(f"kind.{kind.value}"), "count": n}) for kind, n in digest.kinds.items()]
    params: dict[str, Param] = {
        "title": digest.meeting.title,
        "count": digest.count,
        "sensitive": len(digest.sensitive),
        "lines": tuple(lines) or (Term("digest.nothing"),),
        "kinds": tuple(kinds),
    }
    return Message("digest.asked", params)


def _trend(now: int, trend: Trend) -> Message:
    """What grew most, what is new, what people ask less about, beside the meeting before (R071)."""
    lines = [
        Term(f"digest.trend_{one.course}", {"topic": one.topic, "now": one.now, "before": one.before})
        for one in trend.topics[:MOST_TRENDS]
    ]
    params: dict[str, Param] = {
        "title": trend.previous.title,
        "at": trend.previous.ended_at or "",
        "now": now,
        "before": trend.before,
        "lines": tuple(lines) or (Term("digest.trend_none"),),
    }
    return Message("digest.trend", params)


async def _records(uow: UnitOfWork, digest: Digest) -> Message:
    """What the hamlets' own meetings said (R077); of many opinions the first, the document has all."""
    lines: list[Param] = []
    for record in digest.records:
        hamlet = (await uow.places.unit(record.unit_id)).name
        heading: dict[str, Param] = {"hamlet": hamlet, "day": record.held_on, "came": record.came}
        lines.append(Term("record.heading", heading))
        for topic, text in record.opinions[:AT_ONCE]:
            lines.append(
                Term("record.opinion", {"topic": topic or Term("digest.topic_unknown"), "text": excerpt(text)})
            )
    return Message("record.digest", {"lines": tuple(lines)})


async def _drafts(uow: UnitOfWork, digest: Digest) -> Message:
    lines: list[Param] = []
    if digest.ready:
        lines.append(Term("digest.ready", {"count": len(digest.ready), "references": references(digest.ready)}))
    for desk_id, questions in digest.missing:
        desk = await uow.places.desk(desk_id)
        named: dict[str, Param] = {"desk": desk.name, "count": len(questions), "references": references(questions)}
        lines.append(Term("digest.missing", named))
    if digest.without_desk:
        left: dict[str, Param] = {"count": len(digest.without_desk), "references": references(digest.without_desk)}
        lines.append(Term("digest.without_desk", left))
    params: dict[str, Param] = {
        "title": digest.meeting.title,
        "settled": digest.settled,
        "lines": tuple(lines) or (Term("digest.all_ready"),),
    }
    return Message("digest.drafts", params)
