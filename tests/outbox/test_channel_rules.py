from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules.outbox.channel_policy import (
    RING_AGAIN,
    ZALO_WINDOW,
    Budgets,
    ChannelPolicy,
    Way,
    best_account,
    crossed,
    month_of,
    open_way,
    parse_budgets,
    rings,
    way_when_closed,
)
from intake.rules.outbox.template import (
    TemplateField,
    TemplateKind,
    Templates,
    kind_of,
    kind_of_content,
    parse_templates,
)
from intake.rules.people.account_link import code_in, initial
from intake.rules.people.person import Account, AccountId, Network
from tests.support.world import local

NOW = local(2024, 3, 31)
REACH = ChannelPolicy(windows={Network.ZALO: ZALO_WINDOW})
MICRO = timedelta(microseconds=1)


def account(number: int, network: Network = Network.ZALO, **more: datetime | None) -> Account:
    one = Account(network, "oa", str(number), **more)
    one.id = AccountId(number)
    return one


def way(silence: timedelta, network: Network = Network.ZALO) -> Way | None:
    return open_way(REACH, network, NOW - silence, None, NOW)


@pytest.mark.parametrize(
    ("silence", "expected"),
    [
        (timedelta(0), Way.FREE),
        (timedelta(hours=48) - MICRO, Way.FREE),
        (timedelta(hours=48), Way.BILLED),
        (timedelta(days=7) - MICRO, Way.BILLED),
        (timedelta(days=7), None),
        (timedelta(days=30), None),
    ],
)
def test_a_window_is_free_then_paid_then_closed(silence, expected):
    """ZALO 1.4."""
    assert way(silence) is expected


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=9999)))
def test_a_network_without_a_window_carries_everything_for_nothing(silence):
    assert way(silence, Network.TELEGRAM) is Way.FREE


@given(
    st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=30)),
    st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=30)),
)
def test_longer_silence_never_makes_a_way_better(silence, more):
    ways = [Way.FREE, Way.BILLED, None]
    assert ways.index(way(silence + more)) >= ways.index(way(silence))


@pytest.mark.parametrize("network", list(Network))
def test_nothing_overtakes_letters_that_wait_already(network):
    assert open_way(REACH, network, NOW, NOW - MICRO, NOW) is None


def test_a_chat_never_heard_from_is_closed_where_there_is_a_window():
    assert open_way(REACH, Network.ZALO, None, None, NOW) is None
    assert open_way(REACH, Network.WEBCHAT, None, None, NOW) is Way.FREE


def test_a_closed_chat_gets_a_template_message_where_there_is_one_for_such_news():
    assert way_when_closed(REACH, Network.ZALO, TemplateKind.MEETING) is Way.ON_RETURN
    only_answers = parse_templates({"answered": {"id": "1"}})
    channel_policy = ChannelPolicy(REACH.windows, {Network.ZALO: only_answers})
    assert way_when_closed(channel_policy, Network.ZALO, TemplateKind.MEETING) is Way.ON_RETURN
    assert way_when_closed(channel_policy, Network.ZALO, TemplateKind.ANSWERED) is Way.TEMPLATE


def test_the_chat_used_last_is_written_to_unless_it_is_closed_or_lost():
    old, late = NOW - timedelta(days=40), NOW - timedelta(days=9)
    telegram = account(1, Network.TELEGRAM, last_heard_at=old)
    zalo = account(2, last_heard_at=late)
    web = account(3, Network.WEBCHAT, last_heard_at=NOW, unreachable_since=NOW)
    assert best_account(REACH, [telegram, zalo, web], NOW) is telegram
    assert best_account(REACH, [zalo, web], NOW) is zalo
    assert best_account(REACH, [web], NOW) is None
    assert best_account(REACH, [], NOW) is None
    zalo.last_heard_at = NOW - timedelta(days=3)
    assert best_account(REACH, [telegram, zalo, web], NOW) is zalo, "paid for, but it is where the person is"
    never = account(4, Network.TELEGRAM)
    assert best_account(REACH, [never, telegram], NOW) is telegram


def test_every_answer_rings_and_other_news_once_a_day():
    assert rings(TemplateKind.ANSWERED, NOW, NOW)
    assert rings(TemplateKind.MEETING, None, NOW)
    assert not rings(TemplateKind.MEETING, NOW - RING_AGAIN + MICRO, NOW)
    assert rings(TemplateKind.MEETING, NOW - RING_AGAIN, NOW)


@pytest.mark.parametrize(
    ("key", "of_question", "kind"),
    [
        ("office.answered", True, TemplateKind.ANSWERED),
        ("office.referred", True, TemplateKind.ANSWERED),
        ("office.asked_back", True, TemplateKind.QUESTION),
        ("notice.text", False, TemplateKind.MEETING),
        ("meetings.news_cancelled", False, TemplateKind.MEETING),
        ("remind.sweep_silent", False, TemplateKind.NEWS),
    ],
)
def test_a_letter_tells_of_one_kind_of_thing(key, of_question, kind):
    assert kind_of(key, of_question=of_question) is kind
    assert kind_of_content({"key": key}, of_question=of_question) is kind
    relayed = {"key": "tell.relay", "params": {"name": "Cụ Năm", "text": {"$term": key, "params": {}}}}
    assert kind_of_content(relayed, of_question=of_question) is kind


def test_a_file_of_templates_is_read():
    whole = parse_templates(
        {
            "link": "https://zalo.me/1",
            "answered": {"id": "1", "params": {"ma": "reference", "x": "link"}, "by_phone": False},
            "news": {"id": "2"},
        }
    )
    answered = whole.of(TemplateKind.ANSWERED)
    assert answered is not None
    assert (answered.id, answered.by_phone) == ("1", False)
    assert answered.params == {"ma": TemplateField.REFERENCE, "x": TemplateField.LINK}
    general = whole.of(TemplateKind.MEETING)
    assert general is not None
    assert (general.id, general.by_phone) == ("2", True)
    assert Templates().of(TemplateKind.NEWS) is None


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({}, "no template"),
        ({"link": "http://x"}, "link must begin with https://"),
        ({"link": 7, "news": {"id": "1"}}, "link must begin with https://"),
        ({"answer": {"id": "1"}}, "answer is no kind of news; there are answered, question, meeting, news"),
        ({"news": "7"}, "news must be a table with an id in quotes"),
        ({"news": {"id": 7}}, "id in quotes"),
        ({"news": {"id": ""}}, "id in quotes"),
        ({"news": {"id": "7", "text": "x"}}, "beside the id there are params"),
        ({"news": {"id": "7", "by_phone": "no"}}, "by_phone, true or false"),
        ({"news": {"id": "7", "params": ["unit"]}}, "params, a table"),
        ({"news": {"id": "7", "params": {"x": "text"}}}, "x must be one of reference, unit, date, keyword, link"),
        ({"news": {"id": "7", "params": {"x": ["unit"]}}}, "x must be one of"),
        ({"news": {"id": "7", "params": {"x": "reference"}}}, "news has no reference to put into x"),
        ({"news": {"id": "7", "params": {"x": "link"}}}, "x needs a link at the top of the file"),
    ],
)
def test_what_is_wrong_with_a_file_of_templates_is_said_in_a_sentence(document, words):
    with pytest.raises(ValueError, match=words.replace("(", r"\(")):
        parse_templates(document)


def test_no_field_of_a_template_message_holds_anybodys_words():
    assert {one.value for one in TemplateField} == {"reference", "unit", "date", "keyword", "link"}


def test_a_budget_is_one_number_or_one_for_a_unit():
    budgets = parse_budgets(" 3000, VB=5000 ,dl=0")
    assert [budgets.of(code) for code in ("HP", "vb", "DL")] == [3000, 5000, 0]
    assert parse_budgets("") == Budgets()


@pytest.mark.parametrize("written", ["much", "-1", "VB=", "=5", "VB=x", "3000;VB=5", "٣"])
def test_what_is_no_budget_is_refused(written):
    with pytest.raises(ValueError, match="must read like 3000"):
        parse_budgets(written)


@given(st.integers(1, 500), st.lists(st.integers(1, 40), min_size=1, max_size=60))
def test_each_level_of_a_budget_is_crossed_at_most_once_and_never_missed(budget, counts):
    total, warned = 0, []
    for count in counts:
        level = crossed(total, total + count, budget)
        total += count
        warned += [level] if level else []
    assert warned == sorted(set(warned))
    assert (100 in warned) == (total >= budget)
    assert bool(warned) == (total * 100 >= budget * 80)


def test_without_a_budget_nobody_is_warned():
    assert crossed(0, 10**6, 0) is None


def test_a_month_is_named_by_its_first_day():
    assert month_of(NOW.date()).isoformat() == "2024-03-01"


@pytest.mark.parametrize("typed", ["L-ABCD2345", "l-abcd2345", " #L-abcd2345 ", "L - ABCD2345"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert code_in(typed) == "ABCD2345"


@pytest.mark.parametrize("typed", ["", "ABCD2345", "L-ABCD234", "L-ABCD23456", "i-ABCD2345", "tôi có L-ABCD2345"])
def test_what_is_no_code_is_none(typed):
    assert code_in(typed) == ""


@pytest.mark.parametrize(("name", "letter"), [("Nguyễn Thị Mai", "M"), ("đạt", "Đ"), ("", "?")])
def test_a_name_shows_no_more_than_a_letter(name, letter):
    assert initial(name) == letter
