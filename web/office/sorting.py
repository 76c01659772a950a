"""The room of sorting: the inbox on one table, in groups by topic or hamlet, a choice for each, a press a group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl

from fastapi.responses import Response

from intake.actions.questions.give_to_desk import nobody_at
from intake.actions.questions.many import to_each
from intake.actions.questions.sorting_table import SortAs, Sorted, ToSort, choices_by_id, sort_one, sorting_table
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import RuleBroken
from intake.rules.people.person import Role
from intake.rules.people.unit import DeskId, Unit, UnitId
from intake.rules.questions.question import QuestionId
from intake.rules.text import by_name, excerpt
from wording.clocks import time_left
from wording.questions import kept_words, returned_words
from wording.texts import shown, words

from .doors import Doors
from .many_questions import said_of
from .room import DeskRoom, for_roles
from .visiting import Visit, number_in

ROOM = DeskRoom("/phan-loai", "desk.sorting", for_roles(Role.SECRETARY))
BY_HAMLET = "thon"
_DESK, _JOIN, _KEEP = "bp-", "ghep-", "giu"
_SHOWN = 600
"""How much of a question is shown on the table; the whole of it is behind its reference."""


@dataclass(frozen=True, slots=True)
class SortLine:
    """A question on the table, in words."""

    id: QuestionId
    reference: str
    text: str
    hamlet: str
    received: str
    left: str
    state: str
    desk: str
    may_keep: bool
    like_id: QuestionId | None
    like_reference: str
    like_text: str
    returned: str


@dataclass(frozen=True, slots=True)
class SortGroup:
    """Questions of one suggested topic, or of one hamlet; the key stands in the names of its fields."""

    key: int
    heading: str
    lines: Sequence[SortLine]


def open_room(doors: Doors) -> None:
    """Add the table and what is done with it."""
    doors.show("", _table)
    doors.act("/xep", _sort, again=_table)


async def _table(visit: Visit) -> Response:
    by_hamlet = _by_hamlet(visit)
    async with visit.reading() as uow:
        laid, count = await sorting_table(uow, visit.person)
        hamlets = await uow.places.units({one.question.hamlet_id for one in laid if one.question.hamlet_id is not None})
        lines = [(one, _line(visit, one, hamlets, uow.today)) for one in laid]
        desks = {
            unit_id: [(str(desk.id), desk.name) for desk in await uow.places.desks(unit_id)]
            for unit_id in {one.question.unit_id for one in laid}
        }
    groups = _groups(visit, lines, by_hamlet=by_hamlet)
    return visit.page(
        "sorting.html",
        groups=groups,
        desks={one.question.id: desks[one.question.unit_id] for one in laid},
        count=count,
        laid=len(laid),
        by_hamlet=by_hamlet,
    )


def _by_hamlet(visit: Visit) -> bool:
    if visit.request.method == "POST":
        return dict(parse_qsl(visit.typed.get("ve", ""))).get("nhom") == BY_HAMLET
    return visit.request.query_params.get("nhom") == BY_HAMLET


def _line(visit: Visit, one: ToSort, hamlets: Mapping[UnitId, Unit], today: date) -> SortLine:
    language, question = visit.person.language, one.question
    hamlet = "" if question.hamlet_id is None else hamlets[question.hamlet_id].name
    hidden, returned = kept_words(question), returned_words(question)
    return SortLine(
        id=question.id,
        reference=question.reference,
        text=question.text[:_SHOWN] if hidden is None else shown(language, hidden),
        hamlet="" if question.sensitive else hamlet,
        received=question.received_at.astimezone(LOCAL).strftime("%d/%m/%Y"),
        left=shown(language, time_left(one.due_on, today, rests=question.restricted)),
        state=words(language, f"office.state_{question.state.value}"),
        desk="" if one.suggestion is None else str(one.suggestion.desk.id),
        may_keep=one.ahead,
        like_id=None if one.like is None else one.like.id,
        like_reference="" if one.like is None else one.like.reference,
        like_text="" if one.like is None else excerpt(one.like.text),
        returned="" if returned is None or hidden is not None else shown(language, returned).strip(),
    )


def _groups(visit: Visit, lines: Sequence[tuple[ToSort, SortLine]], *, by_hamlet: bool) -> Sequence[SortGroup]:
    """The largest group first; what nothing is known of comes last."""
    language = visit.person.language
    unknown = words(language, "desk.no_hamlet" if by_hamlet else "desk.no_suggestion")
    found: dict[tuple[int, str], list[SortLine]] = {}
    for one, line in lines:
        found.setdefault(_group_of(one, line, by_hamlet=by_hamlet), []).append(line)
    ordered = sorted(found.items(), key=lambda group: (not group[0][0], -len(group[1]), by_name(group[0][1])))
    return [SortGroup(key, heading or unknown, group) for (key, heading), group in ordered]


def _group_of(one: ToSort, line: SortLine, *, by_hamlet: bool) -> tuple[int, str]:
    """The id of the topic or hamlet, which stays when other groups are gone, and what it is called; 0: unknown."""
    if by_hamlet:
        known = bool(line.hamlet) and one.question.hamlet_id is not None
        return (one.question.hamlet_id or 0, line.hamlet) if known else (0, "")
    if one.suggestion is None:
        return 0, ""
    return one.suggestion.topic.id, f"{one.suggestion.topic.name} → {one.suggestion.desk.name}"


async def _sort(visit: Visit) -> Response:
    """Do what was chosen in one group, or in all of them; what is chosen in the other groups stays as it is."""
    chosen = _chosen(visit.typed, visit.typed.get("nhom", ""))
    if not chosen:
        raise RuleBroken("refusal.nothing_sorted")
    by_id = choices_by_id(chosen)
    async with visit.acting() as uow:
        done = await to_each(uow, by_id, lambda number: sort_one(uow, by=visit.person, sorted_as=by_id[number]))
        given = [DeskId(one.target) for one in chosen if one.choice is SortAs.DESK]
        nobody = await nobody_at(uow, given) if done.done else []
    visit.tells, visit.shows_typed = [*said_of(done, "desk.sorted"), *nobody], True
    return await _table(visit)


def _chosen(typed: Mapping[str, str], group: str) -> list[Sorted]:
    """The choices of a group; the names of the fields are `bp-<group>-<question>` and `ghep-<group>-<question>`."""
    found = []
    for name, value in typed.items():
        if not value or not name.startswith((_DESK, _JOIN)):
            continue
        _, key, number = name.split("-", 2)
        if group not in ("", key):
            continue
        question_id = QuestionId(number_in(number))
        if name.startswith(_JOIN):
            found.append(Sorted(question_id, SortAs.JOIN, number_in(value)))
        elif value == _KEEP:
            found.append(Sorted(question_id, SortAs.KEEP))
        else:
            found.append(Sorted(question_id, SortAs.DESK, number_in(value)))
    # the tick to join comes behind the choice of a desk, and counts for both
    return found
