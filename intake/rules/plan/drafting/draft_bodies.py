"""The units and the bodies of a draft."""

import re
from collections.abc import Mapping

from intake.rules.people.unit import Level
from intake.rules.plan.drafting.draft_keys import free_key, slug_of
from intake.rules.plan.profile_bodies import Office, UnitLine
from intake.rules.plan.reading.reading import PlanReading
from intake.rules.text import as_one_name, fold

_KIND = re.compile(
    r"^(?:thôn|tdp|tổ dân phố|khu phố|khu dân cư|ấp|bản|buôn|xóm|khóm|làng"
    r"|xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh)\s+(?=\D)",
    re.IGNORECASE,
)


def units_of(
    reading: PlanReading, code: str, name: str, level: Level, known: Mapping[str, str]
) -> tuple[UnitLine, ...]:
    """The paper's own unit and the hamlets its meetings name; those that are stored keep their codes.

    Many a hamlet bears the name of its commune: it is one of the hamlets all the same.
    """
    head = reading.head
    stated = head.unit or head.kind_of_unit or head.title
    lines = [UnitLine(code, name, level, stated.phrase if stated else name)]
    codes = {bare_name(one): known_code for known_code, one in known.items()}
    for meeting in reading.meetings:
        for hamlet in meeting.units:
            if any(bare_name(hamlet) == bare_name(line.name) for line in lines[1:]):
                continue
            taken = [line.code for line in lines]
            own = codes.get(bare_name(hamlet)) or free_key(f"{code}-{slug_of(without_kind(hamlet))}", [*taken, *known])
            lines.append(UnitLine(own, known.get(own, hamlet), Level.HAMLET, meeting.phrase, parent=code))
    return tuple(lines)


def bare_name(hamlet: str) -> str:
    """A hamlet's name without the word for its kind, in whatever spelling: "Thôn Sơn Trà" is "Sơn Trà"."""
    return as_one_name(without_kind(hamlet))


def without_kind(name: str) -> str:
    """A name without the word for its kind; a bare number keeps it ("Thôn 3")."""
    return _KIND.sub("", name)


def codes_in(names: tuple[str, ...], units: tuple[UnitLine, ...]) -> tuple[str, ...]:
    """The codes of the hamlets a meeting names."""
    codes = {bare_name(line.name): line.code for line in units if line.level is Level.HAMLET}
    return tuple(dict.fromkeys(codes[bare_name(name)] for name in names))


def offices_of(reading: PlanReading, known: Mapping[str, str]) -> tuple[Office, ...]:
    """The bodies that answer, those that have duties or watch, and the one where people register.

    Those that are stored keep their codes: people sit there.
    """
    offices: list[Office] = []
    stored: dict[str, str] = {}
    for code, name in known.items():
        stored.setdefault(fold(name), code)

    def add(name: str, phrase: str, *, desk: bool = False) -> None:
        key = free_key(stored.get(fold(name)) or slug_of(name), [office.key for office in offices])
        offices.append(Office(key, name, phrase, desk=desk))

    for desk in reading.desks:
        if office_named(desk.name, tuple(offices)) is None:
            add(desk.name, desk.phrase, desk=True)
    named = [(one.lead, one.phrase) for one in reading.assignments]
    named += [(other, one.phrase) for one in reading.assignments for other in one.others]
    named += [(one.who, one.phrase) for one in reading.supervision]
    for name, phrase in named:
        if office_named(name, tuple(offices)) is None:
            add(name, phrase)
    registration = reading.registration
    if registration is not None and registration.where and office_named(registration.where, tuple(offices)) is None:
        add(registration.where, registration.phrase)
    return tuple(offices)


def office_named(name: str, offices: tuple[Office, ...]) -> str | None:
    """The key of a body by its name."""
    return next((office.key for office in offices if fold(office.name) == fold(name)), None)
