"""Sổ đăng ký văn bản: what was registered, by type and number, and where it went."""

from intake.rules.papers.facts import PaperFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Grid, GridColumn, OfficePaper
from intake.rules.papers.register import OfficeDocument

from .frame import KindOfPaper, about_called, framed, number_of
from .saying import LANGUAGE, counted, say, short_day


def word(facts: PaperFacts) -> OfficePaper:
    """The documents that bear a number, type by type, in the order of their numbers."""
    numbered = [one for one in facts.register if one.number is not None]
    ordered = sorted(numbered, key=lambda one: (one.series, one.series_year, one.number or 0))
    titles = (
        GridColumn(say("col.symbol"), 20, centred=True),
        GridColumn(say("col.day"), 16, centred=True),
        GridColumn(say("col.document"), 30),
        GridColumn(say("col.signed"), 14, centred=True),
        GridColumn(say("col.sent"), 20),
    )
    return framed(
        facts,
        PaperKind.DOCUMENT_REGISTER,
        code="",
        type_name=say("type.document_register"),
        summary=say("register.summary", issuer=facts.plan.unit),
        body=[
            counted("register.count", len(ordered)),
            Grid(titles, tuple(_row(facts, one) for one in ordered), say("register.none")),
        ],
    )


def _row(facts: PaperFacts, document: OfficeDocument) -> tuple[str, ...]:
    return (
        number_of(facts.plan.profile, document),
        short_day(document.dated_on),
        " ".join(filter(None, (say(f"kind.{document.kind.value}"), about_called(LANGUAGE, document, facts.titles)))),
        short_day(document.signed_on),
        "\n".join(str(one["to"]) for one in document.sent),
    )


KIND = KindOfPaper(PaperKind.DOCUMENT_REGISTER, PaperSubject.PLAN, "", word, listed=True)
