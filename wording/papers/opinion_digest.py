"""Báo cáo tổng hợp ý kiến: what people ask before a meeting, by hamlet and by topic (R071, R073, R079)."""

from collections import Counter

from intake.rules.papers.facts import PaperFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Block, Grid, GridColumn, Heading, OfficePaper, Passage

from .frame import KindOfPaper, framed
from .meeting_words import by_topic, one_paragraph, opening, question_line, topic_name, withheld
from .saying import counted, gap, nothing, say, short_day


def word(facts: PaperFacts) -> OfficePaper:
    """Figures first, then every question under its topic."""
    questions = facts.meeting.questions
    body: list[Block] = [opening(facts, "digest.opening"), counted("digest.count", len(questions))]
    body += withheld(facts.meeting.withheld)
    body += [Heading(say("digest.where")), _by_hamlet(facts), Heading(say("digest.what"))]
    if not questions:
        body.append(nothing("none_sent"))
    for topic, asked in by_topic(questions).items():
        body.append(Heading(say("digest.topic", topic=topic_name(topic), count=len(asked))))
        body += [question_line(number, one) for number, one in enumerate(asked, 1)]
    urgent = [one for one in questions if one.urgent]
    body.append(Heading(say("digest.urgent")))
    body += [Passage(one_paragraph(one.text), lead=f"{one.reference}:") for one in urgent] or [nothing()]
    if facts.meeting.records:
        body.append(Heading(say("digest.records")))
    for record in facts.meeting.records:
        held = say("digest.record", hamlet=record.hamlet, day=short_day(record.held_on), came=record.came)
        body.append(Passage(held))
        body += [Passage(f"– {text}", lead=f"{topic}:" if topic else "") for topic, text in record.opinions]
    body += [Heading(say("digest.view")), Passage(gap("forecast"))]
    return framed(
        facts,
        PaperKind.OPINION_DIGEST,
        code="BC",
        type_name=say("type.report"),
        summary=say("digest.summary", title=facts.meeting.meeting.title),
        body=body,
    )


def _by_hamlet(facts: PaperFacts) -> Grid:
    counts = Counter(one.hamlet or say("no_hamlet") for one in facts.meeting.questions)
    titles = (GridColumn(say("col.hamlet"), 70), GridColumn(say("col.questions"), 30, centred=True))
    return Grid(titles, tuple((name, str(count)) for name, count in counts.most_common()), say("none_sent"))


KIND = KindOfPaper(PaperKind.OPINION_DIGEST, PaperSubject.MEETING, "BC", word, listed=True)
