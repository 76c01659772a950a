"""The facts of a reading by the fields of a profile they go to, each with its words, or None where it is absent."""

from collections.abc import Iterator

from intake.rules.plan.drafting.draft_work import first_duties
from intake.rules.plan.reading.reading import PlanReading


def facts_of(reading: PlanReading) -> Iterator[tuple[str, str | None]]:
    """Each field that a paper may fill, with the words it rests on; what it does not state has none."""
    head = reading.head
    for path, fact in (
        ("plan.title", head.title),
        ("plan.issuer", head.issuer),
        ("units", head.unit),
        ("plan.number", head.number),
        ("plan.issued_on", head.issued_on),
        ("clocks.notice", reading.notice),
        ("clocks.preparation", reading.preparation),
        ("clocks.reply", reading.reply),
        ("registration", reading.registration),
        ("opinions", reading.opinions),
        ("signature", reading.signature),
    ):
        yield path, None if fact is None else fact.phrase
    for path, found in (
        ("hosts", reading.hosts),
        ("sessions", reading.meetings),
        ("bases", reading.bases),
        ("offices", reading.desks),
        ("duties", first_duties(reading)),
        ("programme", reading.programme),
        ("supervision", reading.supervision),
        ("clocks.fixed_dates", reading.fixed_dates),
        ("clocks.periodic_report", reading.reports),
        ("recipients", reading.recipients),
    ):
        if not found:
            yield path, None
        for entry in found:
            yield path, entry.phrase
    if reading.predecessor is not None:
        yield "plan.predecessor", reading.predecessor.phrase
    for quota in reading.quotas:
        if quota.in_all:
            yield "sessions.places", quota.phrase
    for meeting in reading.meetings:
        yield "sessions.venue", None if meeting.venue is None else meeting.venue.phrase
