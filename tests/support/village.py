"""A small commune for the tests of the storage: made through the repositories, without the conversation."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.plan_files import PLANS, read_profile
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import Clock
from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Message, pack_message
from intake.rules.outbox.letter import Letter, Priority
from intake.rules.people.person import Account, Network, Person
from intake.rules.people.unit import Desk, Level, Unit
from intake.rules.plan.plan import Plan
from intake.rules.plan.profile_terms import QuestionKind
from intake.rules.plan.window import HalfDay, Precision
from intake.rules.questions.question import Question
from storage.unit_of_work import SqlUnitOfWork, Store


@dataclass(frozen=True, slots=True)
class Village:
    """Province > commune > two hamlets, one desk, one plan, one resident with a chat."""

    province: Unit
    commune: Unit
    east: Unit
    west: Unit
    desk: Desk
    plan: Plan
    resident: Person
    account: Account


async def build(store: Store) -> Village:
    async with store.unit() as uow:
        province = await uow.places.add_unit(Unit("HP", "Hải Phòng", Level.PROVINCE), None)
        commune = await uow.places.add_unit(Unit("VB", "Vĩnh Bảo", Level.COMMUNE), province)
        west = await uow.places.add_unit(Unit("VB-tay", "Thôn Tây", Level.HAMLET, households=80), commune)
        east = await uow.places.add_unit(Unit("VB-dong", "Thôn Đông", Level.HAMLET), commune)
        desk = await uow.places.add_desk(Desk(commune.id, "kinh-te", "Phòng Kinh tế"))
        profile = read_profile(PLANS / "vinh-bao-2026.toml")
        plan = await uow.plans.add(Plan("vinh-bao-2026", commune.id, "Kế hoạch đối thoại", 2026, profile))
        resident = await uow.people.add(Person("Nguyễn Thị Lụa", east.id, created_at=uow.now))
        account = await meet(uow, "100")
        account.person_id = resident.id
        await uow.commit()
        return Village(province, commune, east, west, desk, plan, resident, account)


async def meet(uow: SqlUnitOfWork, address: str) -> Account:
    """The chat with this address, made at first contact."""
    account, *_ = await uow.accounts.meet(Network.WEBCHAT, "plain", address)
    return account


def a_question(village: Village, reference: str, at: datetime, **more: object) -> Question:
    values: dict[str, object] = {
        "unit_id": village.commune.id,
        "reference": reference,
        "kind": QuestionKind.PETITION,
        "original_text": "Đường vào xóm 3 hỏng",
        "text": "Đường vào xóm 3 hỏng",
        "asker_id": village.resident.id,
        "received_at": at,
        **more,
    }
    return Question(**values)  # type: ignore[arg-type]


def a_meeting(village: Village, key: str = "q2", **more: object) -> Meeting:
    values: dict[str, object] = {
        "plan_id": village.plan.id,
        "unit_id": village.commune.id,
        "session_key": key,
        "title": f"Đối thoại {key}",
        "theme": "Đất đai",
        "window_from": date(2024, 4, 1),
        "window_to": date(2024, 6, 30),
        "precision": Precision.QUARTER,
        "half_day": HalfDay.MORNING,
        "venue": "Nhà văn hoá",
        **more,
    }
    return Meeting(**values)  # type: ignore[arg-type]


def a_clock(question: Question, due_on: date, **more: object) -> Clock:
    values: dict[str, object] = {
        "kind": ClockKind.REPLY,
        "unit_id": question.unit_id,
        "question_id": question.id,
        "meeting_id": None,
        "anchor_on": due_on - timedelta(days=30),
        "due_on": due_on,
        "due": {},
        "wake_on": due_on,
        **more,
    }
    return Clock(**values)  # type: ignore[arg-type]


def a_letter(account: Account, at: datetime, **more: object) -> Letter:
    values: dict[str, object] = {
        "account_id": account.id,
        "person_id": account.person_id,
        "priority": Priority.PUSH,
        "content": pack_message(Message("talk.cancelled")),
        "created_at": at,
        "not_before": at,
        **more,
    }
    return Letter(**values)  # type: ignore[arg-type]
