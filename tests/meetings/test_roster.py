"""Who gets a seat, whether a list is complete, who speaks when (R111–R116)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules.meetings.admission import Admission, admission_of, host_hamlet_only
from intake.rules.meetings.roster import composition, delegation_of, is_complete, is_late, promoted
from intake.rules.meetings.speaking_order import (
    Wish,
    base_order,
    numbers_after_leaving,
    numbers_after_move,
    order_rule,
    speaking_order,
)
from intake.rules.plan.profile_terms import RegistrationMode, Seat, SpeakingOrder
from intake.rules.questions.reference import find_registration, start_code
from tests.plan.test_profiles import AN_DUONG, DI_LANG, THACH_THAT, TUYET_DIEM, VINH_BAO


@given(
    number=st.none() | st.integers(0, 9),
    seated=st.integers(0, 9),
    waiting=st.lists(st.integers(), unique=True, max_size=9),
)
def test_free_seats_go_to_those_who_wait_first_and_no_more_than_there_are(number, seated, waiting):
    given_seats = list(promoted(number, seated, waiting))

    assert given_seats == waiting[: len(given_seats)]
    if number is None:
        assert given_seats == waiting
    else:
        assert len(given_seats) == min(len(waiting), max(0, number - seated))


def test_a_list_is_complete_when_number_and_composition_are_right_r112():
    wanted = [(line.seat, line.count) for line in THACH_THAT.audience.seats]
    full = [Seat.FRONT_CHAIR, Seat.ASSOCIATION_HEAD, Seat.RESIDENT, Seat.RESIDENT, Seat.RESIDENT]
    five_residents = [Seat.RESIDENT] * 5

    assert is_complete(composition(wanted, full))
    needs = {need.seat: need for need in composition(wanted, five_residents)}
    assert not is_complete(tuple(needs.values()))
    assert [needs[seat].missing for seat in Seat] == [1, 1, 0]
    assert needs[Seat.RESIDENT].over == 2
    assert not is_complete(composition([], [])), "a list nobody has a quota for is never complete"


def test_a_hamlet_of_a_commune_stands_for_itself_and_one_of_a_district_for_its_commune():
    assert delegation_of("/1/5/12/", 5) == 12
    assert delegation_of("/1/2/5/12/", 2) == 5
    assert delegation_of("/1/5/12/", 12) is None
    assert delegation_of("/1/6/13/", 5) is None
    assert delegation_of("/15/16/", 5) is None


def test_late_is_only_the_day_after():
    due = date(2026, 8, 31)
    assert [is_late(day, date(2026, 8, 31)) for day in (None, due, due - timedelta(days=1))] == [False, False, True]


@pytest.mark.parametrize(
    ("profile", "admission"),
    [
        (DI_LANG, Admission.OPEN),
        (AN_DUONG, Admission.WHOLE_UNIT),
        (THACH_THAT, Admission.DELEGATES),
        (TUYET_DIEM, Admission.OPEN),
        (VINH_BAO, Admission.DELEGATES),
    ],
)
def test_who_may_come_r046_to_r049(profile, admission):
    assert admission_of(profile) is admission


def test_a_plan_for_hamlets_with_a_list_beforehand_is_for_those_hamlets():
    rule = replace(DI_LANG.registration, mode=RegistrationMode.BEFORE_MEETING)
    assert admission_of(replace(DI_LANG, registration=rule)) is Admission.HAMLETS


def test_whether_only_the_hosting_hamlet_registers_is_a_persons_choice_a7():
    assert not host_hamlet_only(TUYET_DIEM, {})
    assert host_hamlet_only(TUYET_DIEM, {"neighbour-hamlet": "no"})
    assert not host_hamlet_only(VINH_BAO, {"neighbour-hamlet": "no"})


def test_the_plan_decides_the_order_of_speaking_else_a_person_else_the_time():
    assert order_rule(THACH_THAT, {"speaking-order": "registration_time"}) is SpeakingOrder.REGISTERED_CONTENT
    assert order_rule(AN_DUONG, {}) is SpeakingOrder.REGISTRATION_TIME
    assert order_rule(VINH_BAO, {}) is SpeakingOrder.REGISTRATION_TIME
    assert order_rule(VINH_BAO, {"speaking-order": "registered_content"}) is SpeakingOrder.REGISTERED_CONTENT
    assert order_rule(VINH_BAO, {"speaking-order": "as we like"}) is SpeakingOrder.REGISTRATION_TIME


def at(minute: int) -> datetime:
    return datetime(2026, 8, 1, 8, minute, tzinfo=UTC)


@st.composite
def lists_of_wishes(draw):
    """Speakers whose placed numbers are as the action keeps them: each number once, within the list."""
    size = draw(st.integers(0, 10))
    placed = draw(st.permutations(range(1, size + 1)))
    keep = draw(st.integers(0, size))
    numbers = [*placed[:keep], *[None] * (size - keep)]
    return [
        Wish(one, at(draw(st.integers(0, 5))), draw(st.none() | st.integers(0, 3)), numbers[one]) for one in range(size)
    ]


RULES = st.sampled_from(SpeakingOrder)


@given(lists_of_wishes(), RULES, st.randoms())
def test_everybody_speaks_once_wherever_the_list_came_from(wishes, rule, chance):
    order = speaking_order(wishes, rule)
    shuffled = list(wishes)
    chance.shuffle(shuffled)

    assert sorted(wish.id for wish in order) == sorted(wish.id for wish in wishes)
    assert speaking_order(shuffled, rule) == order


@given(lists_of_wishes(), RULES)
def test_whom_the_chair_placed_is_there_and_the_others_keep_the_order_of_the_plan(wishes, rule):
    order = speaking_order(wishes, rule)

    for place, wish in enumerate(order, 1):
        assert wish.moved_to in (None, place)
    others = [wish for wish in order if wish.moved_to is None]
    assert others == [wish for wish in base_order(wishes, rule) if wish.moved_to is None]


@given(lists_of_wishes(), RULES, st.integers(0, 59), st.none() | st.integers(0, 3))
def test_a_new_registration_moves_nobody_the_chair_has_placed(wishes, rule, minute, topic):
    before = {wish.id: place for place, wish in enumerate(speaking_order(wishes, rule), 1)}
    order = speaking_order([*wishes, Wish(99, at(minute), topic)], rule)

    for place, wish in enumerate(order, 1):
        assert wish.moved_to is None or place == before[wish.id]


@given(lists_of_wishes().filter(bool), RULES, st.data())
def test_a_move_puts_one_where_it_was_said_and_keeps_the_order_of_the_others(wishes, rule, data):
    order = speaking_order(wishes, rule)
    mover = data.draw(st.sampled_from([wish.id for wish in order]))
    to = data.draw(st.integers(-2, len(order) + 3))
    numbers = numbers_after_move(order, mover, to)
    after = speaking_order(
        [Wish(wish.id, wish.registered_at, wish.topic, numbers.get(wish.id)) for wish in wishes], rule
    )

    assert [wish.id for wish in after].index(mover) + 1 == min(max(to, 1), len(order))
    assert [wish.id for wish in after if wish.id != mover] == [wish.id for wish in order if wish.id != mover]


@given(lists_of_wishes().filter(bool), RULES, st.data())
def test_whoever_leaves_takes_nobody_out_of_order(wishes, rule, data):
    order = speaking_order(wishes, rule)
    leaver = data.draw(st.sampled_from([wish.id for wish in order]))
    numbers = numbers_after_leaving(order, leaver)
    staying = [
        Wish(wish.id, wish.registered_at, wish.topic, numbers.get(wish.id)) for wish in wishes if wish.id != leaver
    ]

    assert [wish.id for wish in speaking_order(staying, rule)] == [wish.id for wish in order if wish.id != leaver]


def test_a_number_beyond_the_end_is_the_end_and_comes_back_when_the_list_grows():
    """Somebody withdrew: the one placed at 3 is last of two; with two more she is third again."""
    lan = Wish(1, at(0), None, 3)
    assert [wish.id for wish in speaking_order([lan, Wish(2, at(1))], SpeakingOrder.REGISTRATION_TIME)] == [2, 1]
    longer = [lan, *(Wish(number, at(number)) for number in (2, 3, 4))]
    assert [wish.id for wish in speaking_order(longer, SpeakingOrder.REGISTRATION_TIME)] == [2, 3, 1, 4]


def test_by_content_topics_come_in_the_order_of_the_plan_and_none_comes_last_r114():
    wishes = [Wish(1, at(3), None), Wish(2, at(4), 1), Wish(3, at(5), 0), Wish(4, at(2), 1)]
    assert [wish.id for wish in base_order(wishes, SpeakingOrder.REGISTERED_CONTENT)] == [3, 4, 2, 1]
    assert [wish.id for wish in base_order(wishes, SpeakingOrder.REGISTRATION_TIME)] == [4, 1, 2, 3]


@pytest.mark.parametrize(
    "typed",
    [
        "ĐK-VB-2026-0003",
        "đk-vb-2026-0003 ạ",
        "DK-VB-2026-0003",
        "d-VB-2026-0003",
        "https://t.me/a_bot?start=d-VB-2026-0003",
        "#d-vb-2026-0003",
    ],
)
def test_a_registration_is_found_however_its_code_is_typed_or_scanned(typed):
    assert find_registration(typed) == "ĐK-VB-2026-0003"


@pytest.mark.parametrize("typed", ["VB-2026-0003", "Nguyễn Văn A", "ĐK-", "", "MDK-VB-2026-0003"])
def test_what_is_no_code_of_a_registration_finds_none(typed):
    assert find_registration(typed) is None


def test_a_start_code_has_letters_every_network_takes():
    assert start_code("ĐK-VB-2026-0003") == "d-VB-2026-0003"
    assert find_registration(start_code("ĐK-VB-2026-0003")) == "ĐK-VB-2026-0003"
