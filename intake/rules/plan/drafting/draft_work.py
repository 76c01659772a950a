"""What a draft says of work: who leads which duty, who watches over it, how the meeting goes."""

from collections.abc import Iterator

from intake.rules.plan.profile_bodies import DutyLine, Host, Office, Supervision
from intake.rules.plan.profile_meetings import ProgrammeLine
from intake.rules.plan.reading.assignments import PaperDuty
from intake.rules.plan.reading.reading import PlanReading
from intake.rules.text import fold


def duties_of(reading: PlanReading, offices: tuple[Office, ...]) -> tuple[DutyLine, ...]:
    """Each duty once, led by the first body that has it; later ones join in where they are said to work with others."""
    keys = {fold(office.name): office.key for office in offices}
    lines: list[DutyLine] = []
    for one in first_duties(reading):
        helpers = [
            name
            for other in reading.assignments
            if other.duty is one.duty and other is not one
            for name in _joins(other)
        ]
        lead = keys[fold(one.lead)]
        others = dict.fromkeys(keys[fold(name)] for name in (*one.others, *helpers))
        lines.append(DutyLine(one.duty, lead, one.phrase, tuple(key for key in others if key != lead)))
    return tuple(lines)


def first_duties(reading: PlanReading) -> list[PaperDuty]:
    """The first body's of each duty, as a profile has them."""
    return list({one.duty: one for one in reversed(reading.assignments)}.values())[::-1]


def _joins(duty: PaperDuty) -> Iterator[str]:
    if fold(duty.phrase).startswith("phoi hop"):
        yield duty.lead


def supervision_of(reading: PlanReading, offices: tuple[Office, ...]) -> tuple[Supervision, ...]:
    """Who watches, and over what."""
    keys = {fold(office.name): office.key for office in offices}
    return tuple(Supervision(keys[fold(one.who)], one.scope, one.phrase) for one in reading.supervision)


def programme_of(
    reading: PlanReading, hosts: tuple[Host, ...], offices: tuple[Office, ...]
) -> tuple[ProgrammeLine, ...]:
    """The steps in the order of the paper, each by the host or body it names."""
    keys = {fold(office.name): office.key for office in offices} | {fold(host.title): host.key for host in hosts}
    return tuple(
        ProgrammeLine(one.step, one.title, one.phrase, by=keys.get(fold(one.by or ""))) for one in reading.programme
    )
