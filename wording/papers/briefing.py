"""Tài liệu cho chủ trì: the questions by topic, each with its desk, its draft and what was promised before (R083)."""

from intake.rules.papers.facts import PaperFacts, QuestionFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Block, Heading, OfficePaper, Passage
from intake.rules.questions.question import OPEN_STATES

from .frame import KindOfPaper, framed
from .meeting_words import (
    answers,
    by_topic,
    headed,
    one_paragraph,
    outcome_of,
    question_line,
    time_and_place,
    topic_name,
    withheld,
)
from .saying import gap, nothing, say, short_day
from .speakers import speakers_grid


def word(facts: PaperFacts) -> OfficePaper:
    """Figures, speakers, then topic by topic; repeated matters at the end."""
    meeting = facts.meeting
    drafted = sum(bool(one.draft or one.answer) for one in meeting.questions)
    body: list[Block] = [*time_and_place(facts)]
    body.append(Passage(say("briefing.count", count=len(meeting.questions), drafted=drafted)))
    body += withheld(meeting.withheld)
    body += headed(say("briefing.speakers"), [speakers_grid(facts)])
    if not meeting.questions:
        body.append(nothing("none_sent"))
    for topic, asked in by_topic(meeting.questions).items():
        body.append(Heading(say("digest.topic", topic=topic_name(topic), count=len(asked))))
        for number, question in enumerate(asked, 1):
            body += _question(number, question)
    if meeting.cases:
        body.append(Heading(say("briefing.cases")))
    for case in meeting.cases:
        body += [Passage(one_paragraph(text), lead=f"{case.label}:") for text in case.texts]
        body += [Passage(say("cases.promise", agency=agency, day=short_day(day))) for agency, day in case.promises]
        body.append(Passage(case.direction or gap("direction"), lead=say("cases.direction")))
    return framed(
        facts,
        PaperKind.BRIEFING,
        code="",
        type_name=say("type.briefing"),
        summary=say("briefing.summary", title=meeting.meeting.title),
        body=body,
    )


def _question(number: int, question: QuestionFacts) -> list[Passage]:
    said = [question_line(number, question), Passage(answers(question), lead=say("lead.desk"))]
    if question.answer:
        said.append(Passage(question.answer, lead=say("lead.answer")))
    elif question.agency or question.state not in OPEN_STATES:
        said.append(Passage(outcome_of(question), lead=say("lead.outcome")))
    else:
        said.append(Passage(question.draft or gap("draft"), lead=say("lead.draft")))
    return said


KIND = KindOfPaper(PaperKind.BRIEFING, PaperSubject.MEETING, "", word)
