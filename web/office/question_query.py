"""What the address of the list of questions asks for, read leniently: what makes no sense is not asked for."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from intake.actions.questions.question_list import Listable, with_search
from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import PersonId
from intake.rules.people.unit import DeskId, TopicId, UnitId
from intake.rules.plan.profile_terms import QuestionKind
from intake.rules.questions.question import QuestionState
from intake.rules.questions.question_list import (
    LISTED_STATES,
    DueWhen,
    QuestionFilter,
    QuestionOrder,
)

Number = TypeVar("Number")
SEARCH, STATE, ORDER, PAGE_NUMBER = "tim", "tt", "sap", "trang"
NOTHING = "chua"
"""What a filter says for questions that have none of it: no desk, no topic, no meeting."""
FILTERS = (SEARCH, STATE, "buoi", "thon", "linhvuc", "bp", "loai", "han", "gap", "kin", "nguoi", ORDER)
_LONGEST_NUMBER = 9
_ORDERS = {"moi": QuestionOrder.NEWEST, "cu": QuestionOrder.OLDEST, "han": QuestionOrder.DUE}
ORDER_CODES = {order: code for code, order in _ORDERS.items()}
DUE_CODES = {"qua": DueWhen.LATE, "tuan": DueWhen.WEEK, "sau": DueWhen.LATER, NOTHING: DueWhen.NOT_YET}


def order_of(asked: Mapping[str, str]) -> QuestionOrder:
    """The order an address asks for; the newest first where it asks for none."""
    return _ORDERS.get(asked.get(ORDER, ""), QuestionOrder.NEWEST)


def filter_of(asked: Mapping[str, str], mine: Listable, year: int) -> QuestionFilter:
    """The filter an address asks for; by asker for those alone who oversee a unit."""
    wanted = QuestionFilter(
        states=_states(asked.get(STATE, "")),
        hamlet_id=_id(asked, "thon", UnitId),
        kind=_kind(asked.get("loai", "")),
        due=DUE_CODES.get(asked.get("han", "")),
        urgent="gap" in asked,
        sensitive={"1": True, "0": False}.get(asked.get("kin", "")),
        asker_id=_id(asked, "nguoi", PersonId) if mine.scope.unit_ids else None,
        meeting_id=_id(asked, "buoi", MeetingId),
        outside_meeting=asked.get("buoi") == NOTHING,
        topic_id=_id(asked, "linhvuc", TopicId),
        no_topic=asked.get("linhvuc") == NOTHING,
        desk_id=_id(asked, "bp", DeskId),
        no_desk=asked.get("bp") == NOTHING,
    )
    return with_search(wanted, asked.get(SEARCH, ""), mine, year)


def _states(typed: str) -> tuple[QuestionState, ...]:
    found = tuple(state for state in LISTED_STATES if state.value == typed)
    return found or LISTED_STATES


def _kind(typed: str) -> QuestionKind | None:
    return next((kind for kind in QuestionKind if kind.value == typed), None)


def _id(asked: Mapping[str, str], name: str, make: Callable[[int], Number]) -> Number | None:
    typed = asked.get(name, "")
    return make(int(typed)) if typed.isascii() and typed.isdecimal() and len(typed) <= _LONGEST_NUMBER else None
