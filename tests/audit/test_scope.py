"""Which entries belong to a unit, whatever they are about: the same on both databases."""

from intake.rules.audit import AuditEntry
from intake.rules.deadlines.task import Task, TaskKind
from intake.rules.meetings.demand import MeetingDemand
from intake.rules.people.person import Grant, Person, Role
from intake.rules.questions.question import QuestionState
from storage.unit_of_work import Store
from tests.support.village import a_question, build


async def test_an_entry_belongs_to_the_unit_of_its_thing_or_of_its_person(store: Store) -> None:
    village = await build(store)
    async with store.unit() as uow:
        official = await uow.people.add(Person("Lê Thị Hoa", None, created_at=uow.now))
        await uow.people.give(Grant(official.id, Role.OFFICIAL, village.commune.id, village.desk.id, uow.now))
        stranger = await uow.people.add(Person("Người Nơi Khác", None, created_at=uow.now))
        question = await uow.questions.add(a_question(village, "VB-2024-0001", uow.now))
        sealed = await uow.questions.add(a_question(village, "VB-2024-0002", uow.now, state=QuestionState.SEALED))
        task = await uow.tasks.add(Task(village.commune.id, TaskKind.DEMAND, "demand:1", "", uow.now))
        demand = await uow.demands.add(MeetingDemand(village.commune.id, task.id, "Xin một buổi đối thoại", uow.now))
        ours = (
            (official.id, f"demand:{demand.id}"),
            (village.resident.id, f"question:{question.id}"),
            (None, f"unit:{village.west.id}"),
            (None, f"person:{village.resident.id}"),
            (None, f"person:{official.id}"),
            (official.id, "account:7"),
            (official.id, "roster:1:2"),
            (None, "calendar:2024-05-01"),
        )
        others = (
            (official.id, f"question:{sealed.id}"),
            (official.id, "question:99999"),
            (official.id, "sealed:1"),
            (official.id, "meeting:99999"),
            (official.id, "guest:99999"),
            (official.id, "demand:99999"),
            (official.id, "hands:99999"),
            (stranger.id, f"person:{stranger.id}"),
            (stranger.id, "account:8"),
            (None, "outbox"),
        )
        for actor, subject in (*ours, *others):
            await uow.ledger.write(AuditEntry(uow.now, actor, "correct", subject))
        # who wants a meeting is told to nobody, also where it is somebody of the office
        for voice in ("ask_for_meeting", "join_demand", "leave_demand", "put_hand_up"):
            await uow.ledger.write(AuditEntry(uow.now, official.id, voice, f"demand:{demand.id}"))
        # the officer opens the store when something came: that is for the operator alone
        await uow.ledger.write(AuditEntry(uow.now, official.id, "open_sealed_store", f"unit:{village.commune.id}"))
        await uow.commit()
    async with store.reading() as uow:
        found = await uow.audit.within(
            village.commune, person_id=None, subject="", since=uow.today, until=uow.today, before=None, most=50
        )
        assert [one.entry.subject for one in found] == [subject for _, subject in reversed(ours)]
        assert {one.actor for one in found} == {"", "Lê Thị Hoa"}, "who holds no role is not named"
        older = await uow.audit.within(
            village.commune,
            person_id=official.id,
            subject="",
            since=uow.today,
            until=uow.today,
            before=found[1].entry.id,
            most=1,
        )
        assert [one.entry.subject for one in older] == ["account:7"]
