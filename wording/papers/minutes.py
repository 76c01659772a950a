"""Biên bản: who was there, what was done when, who spoke, every question with its outcome (R148)."""

from collections import Counter

from intake.rules.meetings.guest import GuestReply
from intake.rules.papers.facts import PaperFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Block, Grid, GridColumn, Heading, OfficePaper, Passage, Signer
from intake.rules.plan.profile_paper import Recipients

from .frame import KindOfPaper, framed, host_signers
from .meeting_words import (
    by_topic,
    headed,
    items_blocks,
    one_paragraph,
    outcome_of,
    question_line,
    topic_name,
    withheld,
)
from .saying import clock_written, dashes, gap, moment_written, or_gap, say


def word(facts: PaperFacts) -> OfficePaper:
    """The minutes, as far as the room typed them; what nobody noted is a gap for the secretary."""
    secretary = facts.plan.secretary
    return framed(
        facts,
        PaperKind.MINUTES,
        code="BB",
        type_name=say("type.minutes"),
        summary=facts.meeting.meeting.title,
        body=[
            *_begin(facts),
            *headed(say("minutes.part_1"), _present(facts)),
            *headed(say("minutes.part_2"), _course(facts)),
            *headed(say("minutes.part_3"), _spoken(facts)),
            *headed(say("minutes.part_4"), _questions(facts)),
            *headed(say("minutes.part_5"), [Passage(gap("said_by_leaders"))]),
            *headed(say("minutes.part_6"), items_blocks(facts.meeting)),
            Passage(_end(facts)),
        ],
        signers=(Signer(say("minutes.secretary"), "", secretary or gap("name")), *host_signers(facts.plan.profile)),
        recipients=Recipients(file=facts.plan.profile.recipients.file),
    )


def _begin(facts: PaperFacts) -> list[Passage]:
    meeting = facts.meeting.meeting
    began = meeting.opened_at or meeting.starts_at
    when = gap("begin") if began is None else moment_written(began)
    hosts = "; ".join(host.title for host in facts.plan.profile.hosts)
    return [
        Passage(say("minutes.begin", when=when, venue=or_gap(meeting.venue, "venue"), title=meeting.title)),
        Passage(f"{hosts}.", lead=say("lead.hosts")),
        Passage(f"{or_gap(facts.plan.secretary, 'name')}.", lead=say("lead.secretary")),
    ]


def _present(facts: PaperFacts) -> list[Block]:
    meeting = facts.meeting
    came = [guest for guest in meeting.guests if guest.came]
    absent = [guest for guest in meeting.guests if not guest.came and guest.reply is GuestReply.ABSENT]
    units = Counter(one.unit for one in meeting.delegates if one.came)
    if not came and not units:  # nobody was at the door with a list: who came is not known, and no number is
        return [Passage(say("minutes.nobody_counted", gap=gap("people")))]
    blocks: list[Block] = [Passage(say("minutes.guests", count=len(came)))]
    blocks += dashes(f"{', '.join(filter(None, (guest.name, guest.office)))};" for guest in came)
    if absent:
        blocks.append(Passage(say("minutes.absent", count=len(absent))))
        blocks += dashes(f"{', '.join(filter(None, (guest.name, guest.office)))};" for guest in absent)
    blocks.append(Passage(say("minutes.residents", count=units.total())))
    unknown_last = sorted(units.items(), key=lambda one: not one[0])
    blocks += dashes(
        say("minutes.from_unit", unit=unit or say("no_hamlet"), count=count) for unit, count in unknown_last
    )
    return blocks


def _course(facts: PaperFacts) -> list[Block]:
    ticked = facts.meeting.ticked or {}
    titles = (
        GridColumn(say("col.number"), 8, centred=True),
        GridColumn(say("col.step"), 67),
        GridColumn(say("col.done_at"), 25, centred=True),
    )
    rows = tuple(
        (str(place), line.title, clock_written(ticked[place - 1]) if place - 1 in ticked else say("minutes.not_noted"))
        for place, line in enumerate(facts.plan.profile.programme, 1)
    )
    blocks: list[Block] = [Grid(titles, rows, say("none"))]
    for hands in facts.meeting.hands:
        blocks.append(Passage(say("minutes.hands", question=hands.question)))
        blocks += dashes(say("minutes.hands_line", answer=answer, count=count) for answer, count in hands.answers)
        blocks += [Passage(say("hands.by_eye", count=hands.by_eye))] if hands.by_eye else []
    return blocks


def _spoken(facts: PaperFacts) -> list[Block]:
    titles = (
        GridColumn(say("col.number"), 8, centred=True),
        GridColumn(say("col.name"), 24),
        GridColumn(say("col.hamlet"), 18),
        GridColumn(say("col.spoke"), 16, centred=True),
        GridColumn(say("col.content"), 34),
    )
    rows = tuple(
        (
            str(one.number),
            one.name or say("unnamed"),
            one.place,
            say("minutes.called_absent") if one.absent else clock_written(one.spoke_at) if one.spoke_at else "",
            one_paragraph(one.content) or one.topic,
        )
        for one in facts.meeting.speakers
        if one.spoke_at is not None or one.absent
    )
    return [Grid(titles, rows, say("minutes.nobody_spoke"))]


def _questions(facts: PaperFacts) -> list[Block]:
    questions = facts.meeting.questions
    blocks: list[Block] = [Passage(say("minutes.count", count=len(questions)))]
    blocks += withheld(facts.meeting.withheld)
    for topic, asked in by_topic(questions).items():
        blocks.append(Heading(say("digest.topic", topic=topic_name(topic), count=len(asked))))
        for number, question in enumerate(asked, 1):
            blocks.append(question_line(number, question))
            blocks.append(Passage(outcome_of(question), lead=say("lead.outcome")))
    return blocks


def _end(facts: PaperFacts) -> str:
    ended = facts.meeting.meeting.ended_at
    return say("minutes.end", when=gap("end") if ended is None else moment_written(ended))


KIND = KindOfPaper(PaperKind.MINUTES, PaperSubject.MEETING, "BB", word)
