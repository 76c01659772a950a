"""Báo cáo kết quả đối thoại: to those the plan reports to, after the meeting (R168, R182, R183)."""

from datetime import date

from intake.rules.deadlines.clock import is_overdue
from intake.rules.papers.facts import PaperFacts, QuestionFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Block, Heading, OfficePaper, Passage
from intake.rules.plan.profile_paper import Recipients

from .figures import group_blocks
from .frame import KindOfPaper, framed
from .meeting_words import (
    answers,
    figures_lines,
    headed,
    items_blocks,
    one_paragraph,
    opening,
    time_and_place,
    withheld,
)
from .saying import dashes, gap, nothing, say, short_day


def word(facts: PaperFacts) -> OfficePaper:
    """Course, figures, conclusion, what still waits and for whom, proposals."""
    meeting, profile = facts.meeting, facts.plan.profile
    waiting = [one for one in meeting.questions if one.due_on is not None and not one.answer]
    waiting.sort(key=lambda one: not _late(one, facts.today))
    body: list[Block] = [opening(facts, "report.opening")]
    body += headed(say("report.course"), time_and_place(facts, numbered=False))
    body += headed(say("report.figures"), dashes(figures_lines(meeting)))
    body += withheld(meeting.withheld)
    body += group_blocks(facts.figures)
    body += headed(say("report.conclusion"), items_blocks(meeting))
    body.append(Heading(say("report.waiting")))
    body += [
        Passage(
            say(
                "report.waits_late" if _late(one, facts.today) else "report.waits",
                desk=answers(one),
                day=short_day(one.due_on),
                text=one_paragraph(one.text),
            ),
            lead=f"{one.reference}:",
        )
        for one in waiting
    ] or [nothing()]
    body += headed(say("report.proposals"), [Passage(gap("proposals"))])
    to = tuple(profile.clocks.periodic_report.to) if profile.clocks.periodic_report else profile.recipients.report
    return framed(
        facts,
        PaperKind.RESULTS_REPORT,
        code="BC",
        type_name=say("type.report"),
        summary=say("report.summary", title=meeting.meeting.title),
        addressees=to or (gap("recipient"),),
        body=body,
        recipients=Recipients(report=to, unstated=(say("as_above"),) if not to else (), file=profile.recipients.file),
    )


def _late(question: QuestionFacts, today: date) -> bool:
    """Whether its day is over: what is stuck stands first, before the proposals (R183)."""
    return question.due_on is not None and is_overdue(question.due_on, today)


KIND = KindOfPaper(PaperKind.RESULTS_REPORT, PaperSubject.MEETING, "BC", word)
