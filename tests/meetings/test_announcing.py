"""What announcing leaves behind, on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest

from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import Clock
from intake.rules.meetings.meeting import MeetingState, Notice
from intake.rules.meetings.meeting_request import MeetingRequest, RequestKind
from intake.rules.meetings.notice import NoticeMeans, NoticeProof, NoticeReach
from intake.rules.outbox.letter import LetterState
from intake.rules.people.person import Person
from intake.rules.questions.question import ProposalState
from storage.unit_of_work import Store
from tests.support.broadcasts import begin
from tests.support.village import a_letter, a_meeting, build, meet

AT = datetime(2024, 4, 25, 1, tzinfo=UTC)


async def test_the_reach_of_a_notice_is_counted_by_hamlet_and_state_and_phone(store: Store):
    village = await build(store)
    notice = await begin(store, village.commune.id, [], "Mời bà con", name="notice:5")
    another = await begin(store, village.commune.id, [], "Mời lại", name="notice:55")
    async with store.unit() as uow:
        states = [LetterState.SENT, LetterState.WAITING, LetterState.UNREACHABLE, LetterState.QUARANTINED]
        for number, state in enumerate(states):
            person = await uow.people.add(Person(f"Bà {number}", village.east.id, created_at=uow.now))
            account = await meet(uow, f"20{number}")
            account.person_id = person.id
            await uow.letters.add(a_letter(account, uow.now, state=state, broadcast_id=notice))
            await uow.letters.add(a_letter(account, uow.now, state=LetterState.SENT, broadcast_id=another))
        await uow.letters.add(a_letter(village.account, uow.now, state=LetterState.SENT, broadcast_id=notice))
        for name, hamlet, state in (
            ("Ông chung máy", village.east, LetterState.SENT),
            ("Cụ Năm", village.west, LetterState.IN_PERSON),
        ):
            one = await uow.people.add(Person(name, hamlet.id, created_at=uow.now))
            letter = a_letter(village.account, uow.now, state=state, broadcast_id=notice, person_id=one.id)
            await uow.letters.add(letter)
        await uow.commit()
    async with store.reading() as uow:
        channel_policy = await uow.proofs.channel_policy(5, [village.east.id, village.west.id])  # type: ignore[arg-type]
        assert await uow.proofs.channel_policy(6, [village.east.id]) == {}  # type: ignore[arg-type]
        assert await uow.proofs.reachable([village.east.id, village.west.id]) == 5
        assert await uow.proofs.reachable([]) == 0
    assert channel_policy[village.east.id] == NoticeReach(sent=3, waiting=1, failed=2, in_person=0, phones=3)
    assert channel_policy[village.east.id].to_visit == 2
    assert channel_policy[village.west.id] == NoticeReach(in_person=1)
    assert channel_policy[village.east.id].doors(80) == 77
    assert channel_policy[village.east.id].doors(2) == 0
    assert channel_policy[village.east.id].doors(None) is None


async def test_a_process_without_a_press_says_so(store: Store):
    async with store.reading() as uow:
        with pytest.raises(RuntimeError, match="draw posters"):
            uow.posters.links("m-1")


async def test_a_proof_said_twice_stands_once(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        meeting = await uow.meetings.add(a_meeting(village), [])
        notice = await uow.meetings.add_notice(Notice(meeting.id, "Mời", village.resident.id, uow.now))
        for means, new in (
            (NoticeMeans.LOUDSPEAKER, True),
            (NoticeMeans.LOUDSPEAKER, False),
            (NoticeMeans.POSTER, True),
        ):
            proof = NoticeProof(notice.id, village.east.id, means, AT, village.resident.id, uow.now)
            assert await uow.proofs.add(proof) is new
        assert [proof.means for proof in await uow.proofs.of(notice.id)] == list(NoticeMeans)
        await uow.commit()


async def test_what_waits_is_found_by_meeting_and_by_unit(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        meeting = await uow.meetings.add(a_meeting(village, starts_at=AT, state=MeetingState.FIXED), [])
        asked = [
            MeetingRequest(meeting.id, kind, AT, "Nhà văn hoá", "Bão", village.resident.id, uow.now)
            for kind in RequestKind
        ]
        for request in asked:
            await uow.requests.add(request)
        assert [one.kind for one in await uow.requests.waiting(meeting.id)] == list(RequestKind)
        assert await uow.requests.allowed_day(meeting) is None
        asked[0].state = ProposalState.APPROVED
        await uow.commit()
    async with store.unit() as uow:
        found = await uow.requests.waiting_in([village.commune.id])
        assert [(request.kind, of.id) for request, of in found] == [(RequestKind.NOTICE, meeting.id)]
        assert await uow.requests.waiting_in([village.east.id]) == []
        allowed = await uow.requests.allowed_day(await uow.meetings.get(meeting.id))
        assert allowed is not None
        assert (await uow.requests.get(allowed.id, lock=True)).text == "Bão"


async def test_only_fixed_meetings_that_are_near_and_their_notice_clocks_are_looked_at(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        fixed = await uow.meetings.add(a_meeting(village, starts_at=AT, state=MeetingState.FIXED), [])
        await uow.meetings.add(a_meeting(village, "q3", starts_at=AT, state=MeetingState.CANCELLED), [])
        planned = await uow.meetings.add(a_meeting(village, "q4"), [])
        for meeting, kind in ((fixed, ClockKind.NOTICE), (fixed, ClockKind.PREPARATION), (planned, ClockKind.NOTICE)):
            due_on = date(2024, 4, 20)
            clock = Clock(kind, village.commune.id, None, meeting.id, AT.date(), due_on, {}, due_on)
            await uow.clocks.add(clock)
        await uow.commit()
    async with store.reading() as uow:
        near = await uow.proofs.fixed_between(AT - timedelta(hours=1), AT)
        assert [meeting.id for meeting in near] == [fixed.id]
        assert await uow.proofs.fixed_between(AT, AT + timedelta(days=2)) == []
        for today, found in (
            (date(2024, 4, 18), 0),
            (date(2024, 4, 19), 1),
            (date(2024, 4, 20), 1),
            (date(2024, 4, 21), 0),
        ):
            assert len(await uow.proofs.notice_clocks(today, 1)) == found


async def test_only_waiting_letters_of_that_name_are_dropped(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        for name, state in (
            ("remind:1:a", LetterState.WAITING),
            ("remind:1:b", LetterState.SENT),
            ("remind:12:a", LetterState.WAITING),
            ("remindx1:a", LetterState.WAITING),
        ):
            await uow.letters.add(a_letter(village.account, uow.now, once=name, state=state))
        assert await uow.letters.drop_waiting("remind:1:") == 1
        assert await uow.letters.drop_waiting("remind:1:") == 0
        assert await uow.letters.drop_waiting("remind_1:") == 0
        await uow.commit()
