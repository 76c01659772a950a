"""Báo cáo tháng, quý, 6 tháng, 9 tháng, năm, and the supervisors' own (R184, R185–R188, LAW C1)."""

from functools import partial

from intake.rules.papers.facts import PaperFacts
from intake.rules.papers.figures import Tally
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Block, Grid, GridColumn, Heading, OfficePaper, Passage
from intake.rules.papers.periods import ReportPeriod
from intake.rules.plan.profile_paper import Recipients
from intake.rules.questions.question import OPEN_STATES
from wording.figures import period_called

from .earlier_results import results_grid
from .figures import group_blocks
from .frame import KindOfPaper, framed
from .meeting_words import answers, headed, one_paragraph, withheld
from .saying import (
    LANGUAGE,
    dashes,
    gap,
    issuer_of,
    say,
    short_day,
)


def period_name(period: ReportPeriod) -> str:
    """`quý II năm 2026`, `9 tháng đầu năm 2026`."""
    return period_called(LANGUAGE, period)


def word(kind: PaperKind, facts: PaperFacts) -> OfficePaper:
    """Meetings with their figures, what is late, the conclusions, the difficulties and proposals as gaps."""
    period, profile = facts.period, facts.plan.profile
    rows = tuple((title, results) for title, _, results in period.meetings)
    rows += ((say("outside"), period.outside),) if period.outside.received else ()
    open_ones = sum(results.open + results.forwarded for _, results in rows)
    body: list[Block] = [
        Passage(say("periodic.opening", issuer=issuer_of(facts), period=period_name(period.period))),
        Heading(say("periodic.figures")),
        results_grid(rows),
        *dashes(
            (
                say("periodic.open", count=open_ones),
                say("periodic.late", count=period.late),
                *_shares(facts.figures.together),
                say("periodic.good", count=period.rated_good),
                say("periodic.bad", count=period.rated_bad),
            )
        ),
        *withheld(period.withheld),
        *group_blocks(facts.figures),
        *([Passage(say("periodic.sealed", count=period.sealed))] if period.sealed else []),
        *headed(say("periodic.waiting"), [_waiting(facts)]),
        *headed(say("periodic.items"), [_items(facts)]),
        *headed(say("periodic.difficulties"), [Passage(gap("difficulties"))]),
        *headed(say("report.proposals"), [Passage(gap("proposals"))]),
    ]
    if kind is PaperKind.SUPERVISION_REPORT:
        body += headed(say("periodic.findings"), [Passage(gap("findings"))])
    to = tuple(profile.clocks.periodic_report.to) if profile.clocks.periodic_report else profile.recipients.report
    return framed(
        facts,
        kind,
        code="BC",
        type_name=say("type.report"),
        summary=say(f"periodic.summary_{_manner(kind)}", period=period_name(period.period)),
        addressees=to or (gap("recipient"),),
        body=body,
        recipients=Recipients(report=to, unstated=(say("as_above"),) if not to else (), file=profile.recipients.file),
    )


def _shares(together: Tally) -> list[str]:
    """How much of what askers were told has a day and somebody responsible, and how much only explains (R021)."""
    shares = {"dated": together.dated_share, "explained": together.explained_share}
    return [say(f"periodic.{name}", share=share) for name, share in shares.items() if share is not None]


def _manner(kind: PaperKind) -> str:
    return "supervision" if kind is PaperKind.SUPERVISION_REPORT else "office"


def _waiting(facts: PaperFacts) -> Grid:
    titles = (
        GridColumn(say("col.reference"), 20, centred=True),
        GridColumn(say("col.question"), 40),
        GridColumn(say("col.desk"), 24),
        GridColumn(say("col.due"), 16, centred=True),
    )
    rows = tuple(
        (
            one.reference,
            one_paragraph(one.text),
            answers(one),
            short_day(one.promised_on or one.due_on),
        )
        for one in facts.period.questions
        if one.state in OPEN_STATES
    )
    return Grid(titles, rows, say("none"))


def _items(facts: PaperFacts) -> Grid:
    titles = (
        GridColumn(say("col.meeting"), 26),
        GridColumn(say("col.item"), 38),
        GridColumn(say("col.desk"), 20),
        GridColumn(say("col.state"), 16, centred=True),
    )
    rows = tuple(
        (
            title,
            f"{item.number}. {one_paragraph(item.text)}",
            item.owner,
            say("item_done", day=short_day(item.done_at))
            if item.done_at
            else short_day(item.due_on) or say("item_open"),
        )
        for title, item in facts.period.items
    )
    return Grid(titles, rows, say("none"))


_OF_PERIODS = (
    PaperKind.MONTH_REPORT,
    PaperKind.QUARTER_REPORT,
    PaperKind.HALF_YEAR_REPORT,
    PaperKind.NINE_MONTHS_REPORT,
    PaperKind.YEAR_REPORT,
    PaperKind.SUPERVISION_REPORT,
)
KINDS = tuple(KindOfPaper(kind, PaperSubject.PERIOD, "BC", partial(word, kind), listed=True) for kind in _OF_PERIODS)
