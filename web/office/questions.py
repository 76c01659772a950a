"""The room of questions: a table with filters, search, order and pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from fastapi.responses import Response

from intake.actions.questions.question_list import Listable, listable, page_of_questions
from intake.rules.people.person import Role
from intake.rules.questions.question_list import COUNTED, LISTED_STATES
from wording.texts import words

from .doors import Doors
from .listing import PAGE, Column, Listing, asked_of, page_asked
from .office import HOME
from .question_places import LEADS, choices_of, names_of, places_of, saved_views_of
from .question_query import FILTERS, ORDER, ORDER_CODES, PAGE_NUMBER, STATE, filter_of, order_of
from .question_table import line_of
from .room import DeskRoom, for_roles
from .visiting import Visit

ROOM = DeskRoom("/cau-hoi", "desk.questions", for_roles(Role.SECRETARY, Role.OFFICIAL, Role.CHAIR, Role.SUPERVISOR))
LIST = HOME + ROOM.path
TICK = "chon-"
"""What the name of a tick before a question begins with; its id follows."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A state to look at, with how many stand in it."""

    address: str
    label: str
    count: str
    current: bool


def open_room(doors: Doors) -> None:
    """Add the list."""
    doors.show("", show_list)


def asked_in(visit: Visit) -> dict[str, str]:
    """What the address asks for; a form brings along the address of the list it stands in."""
    if visit.request.method == "POST":
        return asked_of(dict(parse_qsl(visit.typed.get("ve", ""))), (*FILTERS, PAGE_NUMBER))
    return asked_of(visit.request.query_params, (*FILTERS, PAGE_NUMBER))


async def show_list(visit: Visit) -> Response:
    """The list, or the list again with what was typed in a form of it."""
    asked = asked_in(visit)
    page = page_asked(asked.pop(PAGE_NUMBER, ""))
    order = order_of(asked)
    async with visit.reading() as uow:
        mine = await listable(uow, visit.person, visit.grants)
        wanted = filter_of(asked, mine, uow.today.year)
        listing = Listing(LIST, asked, page, ORDER_CODES[order])
        found, more = await page_of_questions(uow, mine.scope, wanted, order, skip=listing.start, most=PAGE)
        places = await places_of(uow, visit, mine.units)
        today = uow.today
        views = await saved_views_of(uow, visit)
    names = names_of(places)
    listing = Listing(LIST, asked, page, ORDER_CODES[order], more)
    return visit.page(
        "questions.html",
        lines=[line_of(visit.person.language, line, names, today) for line in found],
        listing=listing,
        asked=asked,
        tabs=_tabs(visit, mine, listing),
        columns=_columns(visit),
        choices=choices_of(visit, places),
        views=[(f"{LIST}?{view.query}", view) for view in views],
        query=urlencode({**asked, **({PAGE_NUMBER: str(page)} if page > 1 else {})}),
        ticked={name.removeprefix(TICK) for name in visit.typed if name.startswith(TICK)},
        leads=any(grant.role in LEADS for grant in visit.grants),
        protects=any(grant.role in (*LEADS, Role.OFFICIAL) for grant in visit.grants),
        sorts=any(grant.role is Role.SECRETARY for grant in visit.grants),
        filtered=any(name not in (STATE, ORDER, "tim") for name in asked),
    )


def _columns(visit: Visit) -> Sequence[Column]:
    named = [
        ("desk.col_reference", "moi"),
        ("desk.col_text", ""),
        ("desk.col_state", ""),
        ("desk.col_topic", ""),
        ("desk.col_desk", ""),
        ("desk.col_hamlet", ""),
        ("desk.col_received", "cu"),
        ("desk.col_due", "han"),
    ]
    return [
        Column(words(visit.person.language, key), sort, "descending" if sort == "moi" else "ascending")
        for key, sort in named
    ]


def _tabs(visit: Visit, mine: Listable, listing: Listing) -> Sequence[Tab]:
    chosen = listing.asked.get(STATE, "")
    language = visit.person.language
    every = words(language, "desk.every_state")
    tabs = [Tab(listing.address(**{STATE: None, PAGE_NUMBER: None}), every, "", not chosen)]
    for state in LISTED_STATES:
        count = mine.counts.get(state, 0)
        if count <= 0 and chosen != state.value:
            continue
        shown_count = f"{COUNTED}+" if count > COUNTED else str(max(count, 0))
        label = words(language, f"office.state_{state.value}")
        address = listing.address(**{STATE: state.value, PAGE_NUMBER: None})
        tabs.append(Tab(address, label, shown_count, chosen == state.value))
    return tabs
