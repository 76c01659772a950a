"""Each of the five plans from its own paper to its periodic report: made, numbered, signed, sent, in the register."""

from collections import defaultdict
from dataclasses import replace

import pytest
import sqlalchemy as sa

from intake.actions.papers.make import facts_named, require_paper
from intake.actions.papers.meeting_facts import planned_as_yet
from intake.actions.papers.register import keep_final, mark_sent, mark_signed, note_making, register_document
from intake.rules.meetings.meeting import MeetingState
from intake.rules.papers.facts import stamp_of
from intake.rules.papers.issuer import layout_of
from intake.rules.papers.kinds import PaperFormat, PaperKind, PaperSubject
from intake.rules.people.person import Person, Role
from papers.docx import docx_of
from papers.xlsx import xlsx_of
from storage import tables as t
from storage.unit_of_work import SqlUnitOfWork
from tests.conftest import load
from tests.support.paper_check import faults, parts_of, words_of
from tests.support.paper_facts import CODES
from tests.support.world import World, local
from wording.papers.frame import number_of
from wording.papers.registry import KINDS, worded

K = PaperKind
COURSE = (
    *(K.PLAN, K.NOTICE, K.NOTICE_SHEET, K.LOUDSPEAKER, K.INVITATION, K.OPINION_DIGEST, K.REPEATED_CASES),
    *(K.BACKGROUND_REPORT, K.DELEGATES, K.BRIEFING, K.PROGRAMME, K.HOUSE_RULES, K.SPEAKERS, K.EARLIER_RESULTS),
    *(K.MINUTES, K.CONCLUSION, K.ANSWER_SLIPS, K.RESULTS_NOTICE, K.RESULTS_SHEET, K.RESULTS_REPORT),
    *(K.MONTH_REPORT, K.QUARTER_REPORT, K.HALF_YEAR_REPORT, K.NINE_MONTHS_REPORT, K.YEAR_REPORT, K.SUPERVISION_REPORT),
)
PERIODS = {
    K.MONTH_REPORT: "2026-09",
    K.QUARTER_REPORT: "2026-Q3",
    K.HALF_YEAR_REPORT: "2026-H1",
    K.NINE_MONTHS_REPORT: "2026-9M",
    K.YEAR_REPORT: "2026",
    K.SUPERVISION_REPORT: "2026",
}


async def a_held_meeting(world: World, code: str) -> tuple[int, int]:
    """The plan with a secretary in its unit, and its first session held; their ids."""
    await load(world, code)
    async with world.store.unit() as uow:
        plan = await uow.plans.by_code(code)
        assert plan is not None
        unit = (await uow.places.unit(plan.unit_id)).code
        meeting = planned_as_yet(plan, plan.decided.profile.sessions[0].key)
        assert meeting is not None
        meeting.state, meeting.starts_at = MeetingState.HELD, local(2026, 9, 24, 8)
        meeting.opened_at, meeting.ended_at = local(2026, 9, 24, 8), local(2026, 9, 24, 11)
        uow.session.add(meeting)
        await uow.commit()
        ids = plan.id, meeting.id
    await world.staff(Role.SECRETARY, unit, "Trần Văn Thư")
    return ids


async def clerk(uow: SqlUnitOfWork) -> Person:
    [found] = await uow.session.scalars(sa.select(Person).where(t.persons.c.name == "Trần Văn Thư"))
    return found


@pytest.mark.parametrize("code", CODES)
async def test_from_the_plan_to_the_report_each_paper_is_made_numbered_signed_and_sent(
    plain_world: World, code: str
) -> None:
    plan_id, meeting_id = await a_held_meeting(plain_world, code)
    plain_world.clock.move_to(local(2027, 1, 4))
    given: dict[str, list[int]] = defaultdict(list)
    numbers: list[str] = []
    for kind in COURSE:
        known = KINDS[kind]
        about = PERIODS.get(kind, str(meeting_id) if known.subject is PaperSubject.MEETING else "")
        async with plain_world.store.reading() as uow:
            plan = await uow.plans.get(plan_id)
            facts = await facts_named(uow, plan=plan, kind=kind, subject=known.subject, about=about)
        async with plain_world.store.unit() as uow:
            by, plan = await clerk(uow), await uow.plans.get(plan_id)
            layout = layout_of(plan.decided.profile)
            await require_paper(uow, by=by, plan=plan, kind=kind, subject=known.subject, about=about)
            draft = docx_of(worded(kind, facts))
            assert faults(draft, layout) == [], kind
            if not known.code:
                continue
            assert "DỰ THẢO" in words_of(draft), kind
            made = await note_making(uow, by=by, plan=plan, kind=kind, code=known.code, about=about)
            done = await register_document(uow, by=by, document_id=made.id, dated_on=uow.today)
            final = docx_of(worded(kind, replace(facts, stamp=stamp_of(done))))
            assert faults(final, layout) == [], kind
            number = number_of(plan.decided.profile, done)
            assert number in words_of(final), kind
            assert "DỰ THẢO" not in words_of(final), kind
            assert "ngày 04 tháng 01 năm 2027" in words_of(final), kind
            file = (await uow.press.lay_out(worded(kind, facts), PaperFormat.DOCX)).file
            await keep_final(uow, by=by, document_id=made.id, sha256=file, scan=False)
            await mark_signed(uow, by=by, document_id=made.id, on=uow.today)
            sent = await mark_sent(uow, by=by, document_id=made.id, to="Thường trực Đảng ủy")
            assert sent.sent[0]["to"] == "Thường trực Đảng ủy"
            given[known.code].append(done.number or 0)
            numbers.append(number)
            await uow.commit()
    assert all(found == list(range(1, len(found) + 1)) for found in given.values()), "no number twice, and no gap"

    async with plain_world.store.reading() as uow:
        plan = await uow.plans.get(plan_id)
        facts = await facts_named(uow, plan=plan, kind=K.DOCUMENT_REGISTER, subject=PaperSubject.PLAN, about="")
    listed = parts_of(xlsx_of(worded(K.DOCUMENT_REGISTER, facts)))["xl/sharedStrings.xml"].decode()
    assert [number for number in numbers if f"<t>{number}</t>" not in listed] == []
    assert listed.count("Thường trực Đảng ủy") == 1, "a shared string"
