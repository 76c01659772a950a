"""What the repositories promise in `intake/ports/`, on both databases."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from intake.rules.deadlines.deadline import Alert, ClockId, ClockState
from intake.rules.meetings.hamlet_record import HamletRecord
from intake.rules.meetings.meeting import (
    MeetingState,
    Notice,
    NoticePush,
    Registration,
    RegistrationKind,
    RegistrationState,
)
from intake.rules.meetings.survey import Survey, SurveyAnswer, SurveyCount
from intake.rules.people.person import Grant, Invitation, Network, Person, Role
from intake.rules.people.unit import Desk, Level, Topic, Unit
from intake.rules.plan.plan import Plan
from intake.rules.questions.question import Attachment, Proposal, ProposalKind, ProposalState, QuestionState
from storage.unit_of_work import Store
from tests.support.databases import POSTGRESQL
from tests.support.stories import take_roles
from tests.support.village import Village, a_clock, a_meeting, a_question, build, meet
from tests.support.world import Clock


@pytest.fixture
async def village(store: Store) -> Village:
    return await build(store)


async def test_units_know_what_lies_above_and_below_them(store: Store, village: Village):
    async with store.unit() as uow:
        assert village.east.path == f"/{village.province.id}/{village.commune.id}/{village.east.id}/"
        assert [unit.code for unit in await uow.places.above(village.east)] == ["VB-dong", "VB", "HP"]
        assert [unit.name for unit in await uow.places.hamlets(village.province.id)] == ["Thôn Đông", "Thôn Tây"]
        assert [unit.code for unit in await uow.places.hamlets(village.east.id)] == ["VB-dong"]
        assert [unit.code for unit in await uow.places.roots()] == ["VB"]
        found = await uow.places.unit_by_code("vb-DONG")
        assert found is not None
        assert (found.id, found.households) == (village.east.id, None)
        assert (await uow.places.unit(village.west.id)).households == 80


async def test_ids_that_begin_alike_are_not_mixed_up(store: Store, village: Village):
    """`/1/` is no part of `/12/`."""
    async with store.unit() as uow:
        for number in range(12):
            await uow.places.add_unit(Unit(f"X{number}", f"Xã {number}", Level.COMMUNE), None)
        far = await uow.places.add_unit(Unit("X-thon", "Thôn xa", Level.HAMLET), await uow.places.unit_by_code("X11"))
        assert far.id not in [unit.id for unit in await uow.places.hamlets(village.province.id)]
        assert [unit.code for unit in await uow.places.above(far)] == ["X-thon", "X11"]


async def test_a_code_belongs_to_one_unit(store: Store, village: Village):
    async with store.unit() as uow:
        with pytest.raises(IntegrityError):
            await uow.places.add_unit(Unit("VB", "Vĩnh Bảo khác", Level.COMMUNE), None)


async def test_desks_and_topics_come_in_their_order(store: Store, village: Village):
    async with store.unit() as uow:
        await uow.places.add_desk(Desk(village.commune.id, "van-hoa", "Phòng Văn hoá", position=0))
        await uow.places.add_desk(Desk(village.commune.id, "mot-cua", "Một cửa", position=-1))
        parent = await uow.places.add_topic(Topic(village.commune.id, "dat", "Đất đai", position=1))
        leaf = await uow.places.add_topic(
            Topic(village.commune.id, "so-do", "Sổ đỏ", parent.id, village.desk.id, sensitive=True, position=0)
        )
        assert [desk.code for desk in await uow.places.desks(village.commune.id)] == ["mot-cua", "kinh-te", "van-hoa"]
        assert [topic.code for topic in await uow.places.topics(village.commune.id)] == ["so-do", "dat"]
        assert (await uow.places.desk(village.desk.id)).name == "Phòng Kinh tế"
        assert (await uow.places.topic(leaf.id)).sensitive is True
        assert await uow.places.desks(village.province.id) == []


async def test_plans_come_newest_first(store: Store, village: Village):
    async with store.unit() as uow:
        older = await uow.plans.add(Plan("vinh-bao-2025", village.commune.id, "Cũ", 2025, village.plan.profile))
        assert [plan.code for plan in await uow.plans.of_units([village.commune.id])] == [
            "vinh-bao-2026",
            "vinh-bao-2025",
        ]
        assert (await uow.plans.get(older.id)).choices == {}
        assert await uow.plans.of_units([]) == []


async def test_a_chat_is_made_at_first_contact_and_found_again(store: Store, village: Village):
    async with store.unit() as uow:
        await uow.people.give(Grant(village.resident.id, Role.HAMLET_HEAD, village.east.id))
        account, conversation, person, grants = await uow.accounts.meet(Network.WEBCHAT, "plain", "100")
        assert (account.id, conversation.account_id) == (village.account.id, village.account.id)
        assert person is not None
        assert person.id == village.resident.id
        assert [grant.role for grant in grants] == [Role.HAMLET_HEAD]
        stranger, conversation, person, grants = await uow.accounts.meet(Network.TELEGRAM, "plain", "100")
        assert stranger.id != account.id
        assert (conversation.step, conversation.draft, conversation.offered, conversation.pace_left) == (
            "",
            {},
            [],
            0.0,
        )
        assert (person, list(grants)) == (None, [])
        found = await uow.accounts.get(stranger.id)
        assert found is not None
        assert found.network is Network.TELEGRAM


async def test_news_go_to_the_chat_heard_from_last_that_still_answers(store: Store, village: Village):
    me = village.resident.id
    async with store.unit() as uow:
        first, second, third = [await meet(uow, address) for address in ("100", "200", "300")]
        for account in (first, second, third):
            account.person_id = me
        second.last_heard_at = uow.now
        third.last_heard_at = uow.now + timedelta(hours=1)
        await uow.commit()
        assert (await uow.accounts.of([me, me]))[me].address == "300"
        third.unreachable_since = uow.now
        assert (await uow.accounts.of([me]))[me].address == "200"
        second.unreachable_since = uow.now
        assert (await uow.accounts.of([me]))[me].address == "100", "one never heard from is better than none"
        assert [account.address for account in await uow.accounts.all_of(me)] == ["100", "200", "300"]
        assert await uow.accounts.of([]) == {}


async def test_people_are_found_by_role_and_desk(store: Store, village: Village):
    async with store.unit() as uow:
        head, official, chair, gone = [
            await uow.people.add(Person(name, village.east.id)) for name in ("Trưởng", "Cán bộ", "Chủ trì", "Đã xoá")
        ]
        gone.erased_at = uow.now
        await uow.people.give(Grant(head.id, Role.HAMLET_HEAD, village.east.id))
        await uow.people.give(Grant(official.id, Role.OFFICIAL, village.commune.id, village.desk.id))
        await uow.people.give(Grant(gone.id, Role.OFFICIAL, village.commune.id, village.desk.id))
        await uow.people.give(Grant(chair.id, Role.CHAIR, village.province.id))
        neighbour = await uow.people.add(Person("Cụ Năm", village.east.id, entered_by=head.id))

        assert [one.name for one in await uow.people.holders(Role.HAMLET_HEAD, village.east)] == ["Trưởng"]
        assert await uow.people.holders(Role.HAMLET_HEAD, village.west) == []
        assert await uow.people.holders(Role.HAMLET_HEAD, village.commune) == [], "held below does not count above"
        assert [one.name for one in await uow.people.holders(Role.CHAIR, village.west)] == ["Chủ trì"]
        assert [one.name for one in await uow.people.at_desk(village.desk.id)] == ["Cán bộ"]
        assert [grant.desk_id for grant in await uow.people.grants_of(official.id)] == [village.desk.id]
        assert (neighbour.id, "Cụ Năm") in await uow.people.names_in(village.east)
        assert (neighbour.id, "Cụ Năm") in await uow.people.names_in(village.commune), "and in what lies above"
        assert await uow.people.names_in(village.west) == []
        assert set(await uow.people.many([head.id, chair.id, 999])) == {head.id, chair.id}


async def test_an_invitation_is_found_by_its_digest_alone(store: Store, village: Village):
    async with store.unit() as uow:
        invitation = Invitation("d" * 64, Role.CHAIR, village.commune.id, None, uow.now, uow.now + timedelta(days=7))
        await uow.people.add_invitation(invitation)
        assert await uow.people.invitation("d" * 64) is invitation
        assert await uow.people.invitation("e" * 64) is None


async def test_meetings_of_a_hamlet_are_its_own_and_those_of_everybody(store: Store, village: Village):
    async with store.unit() as uow:
        whole = await uow.meetings.add(a_meeting(village, "ca-xa", window_from=date(2024, 7, 1)), [])
        east = await uow.meetings.add(a_meeting(village, "dong"), [village.east.id])
        west = await uow.meetings.add(a_meeting(village, "tay"), [village.west.id])
        above = await uow.meetings.add(a_meeting(village, "tinh", unit_id=village.province.id), [])
        fixed = await uow.meetings.add(
            a_meeting(village, "ngay", state=MeetingState.FIXED, starts_at=uow.now + timedelta(days=300)), []
        )
        held = await uow.meetings.add(a_meeting(village, "qua", state=MeetingState.HELD), [])
        await uow.meetings.add(a_meeting(village, "huy", state=MeetingState.CANCELLED), [])

        assert [one.session_key for one in await uow.meetings.for_hamlet(village.east)] == [
            *("ngay", "dong", "tinh", "ca-xa")
        ], "those with a day first, then by window"
        assert west.id in [one.id for one in await uow.meetings.for_hamlet(village.west)]
        assert [unit.code for unit in await uow.meetings.hamlets(east.id)] == ["VB-dong"]
        assert await uow.meetings.hamlets(whole.id) == []
        assert held.id in [one.id for one in await uow.meetings.of_plan(village.plan.id)]
        assert [one.id for one in await uow.meetings.of_units([village.commune.id])] == [
            *(fixed.id, east.id, west.id, whole.id)
        ]
        assert above.id not in [one.id for one in await uow.meetings.of_units([village.commune.id])]


async def test_one_standing_registration_a_person_and_meeting(store: Store, village: Village, clock: Clock):
    def registration(reference: str) -> Registration:
        return Registration(reference, meeting.id, village.resident.id, RegistrationKind.SPEAK, "Đường", clock.now())

    async with store.unit() as uow:
        meeting = await uow.meetings.add(a_meeting(village), [])
        first = await uow.meetings.add_registration(registration("ĐK-VB-2024-0001"))
        with pytest.raises(IntegrityError):
            async with uow.savepoint():
                await uow.meetings.add_registration(registration("ĐK-VB-2024-0002"))
        first = (await uow.meetings.registrations(meeting.id))[0]
        assert await uow.meetings.registration(meeting.id, village.resident.id) is first
        first.state = RegistrationState.WITHDRAWN
        assert await uow.meetings.registration(meeting.id, village.resident.id) is None
        again = await uow.meetings.add_registration(registration("ĐK-VB-2024-0003"))
        assert [one.id for one in await uow.meetings.registrations(meeting.id)] == [again.id]
        assert [one.id for one in await uow.meetings.registrations_of(village.resident.id)] == [first.id, again.id]


async def test_a_notice_goes_to_a_hamlet_once(store: Store, village: Village):
    async with store.unit() as uow:
        meeting = await uow.meetings.add(a_meeting(village), [])
        assert await uow.meetings.notice_of(meeting.id) is None
        await uow.meetings.add_notice(Notice(meeting.id, "Mời bà con", village.resident.id, uow.now))
        notice = await uow.meetings.add_notice(Notice(meeting.id, "Mời lại", village.resident.id, uow.now))
        last = await uow.meetings.notice_of(meeting.id)
        assert last is not None
        assert (last.id, (await uow.meetings.notice(notice.id)).text) == (notice.id, "Mời lại")

        push = NoticePush(notice.id, village.east.id, village.resident.id, uow.now, 12)
        assert await uow.meetings.add_push(push) is True
        assert await uow.meetings.add_push(push) is False
        assert [(one.hamlet_id, one.recipients) for one in await uow.meetings.pushes(notice.id)] == [
            (village.east.id, 12)
        ]


async def test_questions_are_found_as_people_look_for_them(store: Store, village: Village):
    async with store.unit() as uow:
        head = await uow.people.add(Person("Trưởng thôn", village.east.id))
        meeting = await uow.meetings.add(a_meeting(village), [])
        first = await uow.questions.add(a_question(village, "VB-2024-0001", uow.now, meeting_id=meeting.id))
        second = await uow.questions.add(a_question(village, "VB-2024-0002", uow.now, entered_by=head.id))
        third = await uow.questions.add(
            a_question(village, "VB-2024-0003", uow.now, state=QuestionState.TAKEN_ON, meeting_id=meeting.id)
        )
        assert await uow.questions.by_reference("vb-2024-0002") is second
        assert await uow.questions.by_reference("VB-2024-0009") is None
        assert [one.id for one in await uow.questions.of_person(village.resident.id)] == [third.id, second.id, first.id]
        assert [one.id for one in await uow.questions.of_person(head.id)] == [second.id]
        assert [one.id for one in await uow.questions.for_triage([village.commune.id])] == [
            *(first.id, second.id, third.id)
        ], "taken on, but on no desk yet"
        third.desk_id, second.state = village.desk.id, QuestionState.NEEDS_CLARIFICATION
        assert [one.id for one in await uow.questions.for_triage([village.commune.id])] == [first.id, second.id]
        assert await uow.questions.for_triage([village.province.id]) == []
        assert [one.id for one in await uow.questions.of_meeting(meeting.id)] == [first.id, third.id]
        with pytest.raises(IntegrityError):
            await uow.questions.add(a_question(village, "VB-2024-0001", uow.now))


async def test_the_queue_of_a_desk_begins_with_the_most_urgent(store: Store, village: Village):
    async with store.unit() as uow:

        async def lies(reference: str, due: date | None, **more: object) -> None:
            question = await uow.questions.add(
                a_question(
                    village, reference, uow.now, **{"state": QuestionState.TAKEN_ON, "desk_id": village.desk.id, **more}
                )
            )
            if due is not None:
                await uow.clocks.add(a_clock(question, due))
                await uow.clocks.add(a_clock(question, due + timedelta(days=9)))
                await uow.clocks.add(a_clock(question, date(2020, 1, 1), state=ClockState.MET))

        await lies("VB-2024-0001", None)
        await lies("VB-2024-0002", date(2024, 5, 1))
        await lies("VB-2024-0003", date(2024, 4, 1))
        await lies("VB-2024-0004", None, urgent=True)
        await lies("VB-2024-0005", date(2024, 3, 1), state=QuestionState.ANSWERED)
        await lies("VB-2024-0006", date(2024, 3, 1), desk_id=None)

        queue = await uow.questions.of_desks([village.desk.id])
        assert [(question.reference[-1], due) for question, due in queue] == [
            ("4", None),
            ("3", date(2024, 4, 1)),
            ("2", date(2024, 5, 1)),
            ("1", None),
        ]
        assert await uow.questions.of_desks([]) == []


async def test_answers_nobody_spoke_of_again_are_ready_to_be_closed(store: Store, village: Village):
    async with store.unit() as uow:
        for number, days in enumerate((20, 15, 10)):
            await uow.questions.add(
                a_question(
                    village,
                    f"VB-2024-000{number}",
                    uow.now,
                    state=QuestionState.ANSWERED,
                    answered_at=uow.now - timedelta(days=days),
                )
            )
        found = await uow.questions.to_close(uow.now - timedelta(days=15))
        assert [one.reference for one in found] == ["VB-2024-0000"]


async def test_what_belongs_to_a_question_comes_in_order(store: Store, village: Village):
    async with store.unit() as uow:
        question = await uow.questions.add(a_question(village, "VB-2024-0001", uow.now))
        for name in ("b.jpg", "a.jpg"):
            await uow.questions.attach(Attachment(question.id, "0" * 64, "image/jpeg", 5, name))
        assert [one.name for one in await uow.questions.attachments(question.id)] == ["b.jpg", "a.jpg"]

        for text in ("Lần một", "Lần hai"):
            await uow.questions.propose(
                Proposal(question.id, ProposalKind.REFERRAL, text, village.resident.id, uow.now, "Huyện")
            )
        first, second = await uow.questions.proposals(question.id)
        first.state = ProposalState.RETURNED
        assert [one.text for one in await uow.questions.waiting_proposals([village.commune.id])] == ["Lần hai"]
        assert await uow.questions.waiting_proposals([village.province.id]) == []
        assert (await uow.questions.proposal(second.id)).agency == "Huyện"


async def test_clocks_are_found_by_owner_and_by_the_day_to_look_at_them(store: Store, village: Village):
    async with store.unit() as uow:
        question = await uow.questions.add(a_question(village, "VB-2024-0001", uow.now))
        meeting = await uow.meetings.add(a_meeting(village), [])
        late = await uow.clocks.add(a_clock(question, date(2024, 3, 2)))
        early = await uow.clocks.add(a_clock(question, date(2024, 2, 1)))
        met = await uow.clocks.add(a_clock(question, date(2024, 2, 1), state=ClockState.MET))
        own = await uow.clocks.add(a_clock(question, date(2024, 3, 1), question_id=None, meeting_id=meeting.id))

        assert [clock.id for clock in await uow.clocks.running_for(question.id)] == [late.id, early.id]
        assert [clock.id for clock in await uow.clocks.of_question(question.id)] == [late.id, early.id, met.id]
        assert [clock.id for clock in await uow.clocks.of_meeting(meeting.id)] == [own.id]
        other = await uow.meetings.add(a_meeting(village), [])
        sooner = await uow.clocks.add(a_clock(question, date(2024, 2, 9), question_id=None, meeting_id=other.id))
        assert [clock.id for clock in await uow.clocks.of_meetings_in([village.commune.id])] == [sooner.id, own.id]
        assert [*await uow.clocks.of_meetings_in([])] == []
        await uow.clocks.end([sooner.id])
        assert [clock.id for clock in await uow.clocks.awake(date(2024, 3, 1), 10)] == [early.id, own.id]
        assert [clock.id for clock in await uow.clocks.awake(date(2024, 3, 9), 1)] == [late.id]
        late.history = [*late.history, {"due_on": "2024-03-02"}]
        await uow.commit()
    async with store.reading() as uow:
        found, *_ = await uow.clocks.of_question(question.id)
        assert found.history == [{"due_on": "2024-03-02"}]


async def test_an_alert_is_raised_once_for_the_same_person_kind_and_day(store: Store, village: Village):
    async with store.unit() as uow:

        def alert(**more: object) -> Alert:
            values = {"subject": "question:1", "kind": "due_3", "due_on": date(2024, 3, 1), **more}
            return Alert(recipient_id=village.resident.id, **values)  # type: ignore[arg-type]

        others = [alert(kind="due_1"), alert(due_on=date(2024, 3, 2)), alert(subject="question:2")]
        assert await uow.clocks.raise_each_once([]) == set()
        assert await uow.clocks.raise_each_once([alert()]) == {alert()}
        assert await uow.clocks.raise_each_once([alert()]) == set()
        assert await uow.clocks.raise_each_once([alert(), *others]) == set(others)


async def test_several_are_asked_for_at_once(store: Store, village: Village):
    async with store.unit() as uow:
        official, chair = [await uow.people.add(Person(name)) for name in ("Cán bộ", "Chủ trì")]
        await uow.people.give(Grant(official.id, Role.OFFICIAL, village.commune.id, village.desk.id))
        await uow.people.give(Grant(chair.id, Role.CHAIR, village.province.id))
        empty = await uow.places.add_desk(Desk(village.commune.id, "trong", "Bàn trống"))

        held = await uow.people.holding([Role.CHAIR, Role.OFFICIAL], [village.commune, village.province])
        assert {key: list(ids) for key, ids in held.items()} == {
            (Role.CHAIR, village.commune.id): [chair.id],
            (Role.CHAIR, village.province.id): [chair.id],
            (Role.OFFICIAL, village.commune.id): [official.id],
        }
        found = await uow.people.at_desks([village.desk.id, empty.id])
        assert {desk: list(ids) for desk, ids in found.items()} == {village.desk.id: [official.id]}
        assert {one.code for one in (await uow.places.units([village.east.id, 999])).values()} == {"VB-dong"}
        assert set(await uow.places.desks_by_id([village.desk.id, empty.id, 999])) == {village.desk.id, empty.id}
        meeting = await uow.meetings.add(a_meeting(village), [])
        assert await uow.meetings.many([meeting.id, 999]) == {meeting.id: meeting}

        await take_roles(uow, chair.id)
        assert await uow.people.grants_of(chair.id) == []
        assert await uow.people.holders(Role.CHAIR, village.commune) == []
        assert len(await uow.people.grants_of(official.id)) == 1


async def test_the_staff_of_a_channel_are_those_who_hold_roles_and_answer(store: Store, village: Village):
    async with store.unit() as uow:
        await uow.people.give(Grant(village.resident.id, Role.CHAIR, village.commune.id))
        await uow.people.give(Grant(village.resident.id, Role.SECRETARY, village.commune.id))
        other = await uow.people.add(Person("Người dân"))
        (await meet(uow, "200")).person_id = other.id
        lost = await meet(uow, "300")
        lost.person_id, lost.unreachable_since = village.resident.id, uow.now
        assert await uow.accounts.staff(Network.WEBCHAT, "plain") == [
            ("100", "vi", frozenset({Role.CHAIR, Role.SECRETARY}))
        ]
        assert await uow.accounts.staff(Network.TELEGRAM, "plain") == []


async def test_all_notices_of_a_meeting_count_for_where_it_was_announced(store: Store, village: Village):
    async with store.unit() as uow:
        meeting = await uow.meetings.add(a_meeting(village), [])
        for hamlet in (village.east, village.west):
            notice = await uow.meetings.add_notice(Notice(meeting.id, "Mời", village.resident.id, uow.now))
            await uow.meetings.add_push(NoticePush(notice.id, hamlet.id, village.resident.id, uow.now, 1))
        assert set(await uow.meetings.pushed_hamlets(meeting.id)) == {village.east.id, village.west.id}


async def test_a_question_somebody_is_changing_is_not_at_rest(
    store: Store, new_store: Callable[[], Store], village: Village
):
    async with store.unit() as uow:
        first = await uow.questions.add(a_question(village, "VB-2024-0001", uow.now))
        second = await uow.questions.add(a_question(village, "VB-2024-0002", uow.now))
        await uow.clocks.add(a_clock(first, date(2024, 3, 1)))
        await uow.clocks.add(a_clock(second, date(2024, 3, 1), state=ClockState.ENDED))
        await uow.commit()
    if store.engine.dialect.name == POSTGRESQL:
        async with store.unit() as uow, new_store().unit() as sweep:
            await uow.questions.get(first.id, lock=True)
            assert set(await sweep.questions.at_rest([first.id, second.id, 999])) == {second.id}
    async with store.unit() as uow:
        assert set(await uow.questions.at_rest([first.id, second.id, 999])) == {first.id, second.id}
        assert [clock.question_id for clock in await uow.clocks.running_page(ClockId(0), 9)] == [first.id]


async def test_events_that_are_long_past_are_forgotten(store: Store, village: Village, clock):
    async with store.unit() as uow:
        assert await uow.inbox.record(Network.TELEGRAM, "bot", "1", "old") is True
        await uow.commit()
    clock.move(days=40)
    async with store.unit() as uow:
        assert await uow.inbox.record(Network.TELEGRAM, "bot", "1", "new") is True
        assert await uow.inbox.prune(uow.now - timedelta(days=30), 9) == 1
        assert await uow.inbox.record(Network.TELEGRAM, "bot", "1", "new") is False


async def test_a_survey_counts_each_answer_once_and_is_closed_when_its_day_is_over(store: Store, village: Village):
    async with store.unit() as uow:
        meeting = await uow.meetings.add(a_meeting(village), [])
        other = await uow.people.add(Person("Trần Văn An", village.west.id, created_at=uow.now))
        resting = await uow.people.add(Person("Lê Văn Ba", village.west.id, created_at=uow.now, restricted_at=uow.now))
        hamlets = [village.east.id, village.west.id]
        survey = await uow.surveys.add(
            Survey(
                meeting.id, "Đường", [["Làm gì?", "Đường", "Cầu"]], [*hamlets], uow.today, village.resident.id, uow.now
            )
        )
        assert await uow.surveys.going_on() == []
        survey.sent_at = uow.now
        for person, choice in ((village.resident, 0), (village.resident, 1), (other, 0), (resting, 0)):
            await uow.surveys.put(SurveyAnswer(survey.id, person.id, 0, choice, uow.now))
        assert await uow.surveys.counted(survey.id) == {(hamlets[0], 0, 1): 1, (hamlets[1], 0, 0): 1}
        assert await uow.surveys.answered(survey.id) == {hamlets[0]: 1, hamlets[1]: 1}
        for people in (9, 12):
            await uow.surveys.put_count(SurveyCount(survey.id, hamlets[0], people, [[people, 0]], uow.now))
        assert [one.people for one in await uow.surveys.counts(survey.id)] == [12]
        assert [one.choice for _, one in await uow.surveys.answers_of(village.resident.id)] == [1]
        await uow.surveys.take_back(survey.id, other.id, 0)
        assert await uow.surveys.answers_of(other.id) == []
        assert [one.id for one in await uow.surveys.going_on()] == [survey.id]
        assert await uow.surveys.to_close(uow.today) == []
        assert [one.id for one in await uow.surveys.to_close(uow.today + timedelta(days=1))] == [survey.id]
        assert [one.id for one in await uow.surveys.of_units([village.commune.id])] == [survey.id]
        assert [one.id for one in await uow.surveys.of_meetings([meeting.id])] == [survey.id]
        await uow.surveys.forget(village.resident.id)
        assert await uow.surveys.answers_of(village.resident.id) == []
        await uow.surveys.forget_answers(survey.id)
        assert await uow.surveys.counts(survey.id) == []
        await uow.meetings.put_record(
            HamletRecord(meeting.id, hamlets[0], uow.today, 40, [["", "Hỏng"]], other.id, uow.now)
        )
        assert [one.came for one in await uow.meetings.records(meeting.id)] == [40]
        await uow.commit()
