"""What was done with a question, by whom and when, as the audit trail has it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from intake.ports import UnitOfWork
from intake.rules.questions.question import Question, QuestionState

SHOWN_DEEDS = frozenset(
    {
        "ask_question",
        "assign",
        "reassign",
        "move_to_desk",
        "keep_for_meeting",
        "decline",
        "ask_back",
        "clarify",
        "write_down",
        "set_topic",
        "mark_urgent",
        "take_back_urgent",
        "join",
        "separate",
        "propose",
        "approve",
        "send_back",
        "share_with_group",
        "return_question",
        "make_public",
        "take_back_public",
        "sealed_question",
        "unsealed_question",
        "answer_in_room",
        "direct_in_room",
        "refer_in_room",
        "take_up",
        "leave_out",
        "give_reason_not_put",
        "appeal",
        "make_petition",
        "nudge",
        "rate_answer",
        "reopen",
        "close_silent",
        "reply_by_hand",
    }
)
"""The deeds that tell the story of a question; who read it is the supervisors' to see."""
MOST = 1000
"""Entries looked through, the newest ones: each reading of what is sensitive is one of them."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One deed: its name, when it was done, who did it; `by_asker`: whose question it is, or who typed it for them."""

    act: str
    at: datetime
    actor: str
    by_asker: bool


async def history_lines(uow: UnitOfWork, question: Question) -> Sequence[HistoryLine]:
    """The story of a question, the oldest deed first; who asked is named in none of it."""
    recorded = await uow.audit.find(
        person_id=None, subject=f"question:{question.id}", since=None, until=None, limit=MOST
    )
    askers = (question.asker_id, question.entered_by)
    return [
        HistoryLine(one.entry.act, one.entry.at, "" if one.entry.actor_id in askers else one.actor, by_asker)
        for one in recorded
        if one.entry.act in SHOWN_DEEDS
        for by_asker in [one.entry.actor_id is not None and one.entry.actor_id in askers]
    ]


async def may_appeal(uow: UnitOfWork, question: Question) -> bool:
    """Whether the asker may have it looked at again: it is out of scope, and they have not asked for that before."""
    if question.state is not QuestionState.OUT_OF_SCOPE or question.restricted:
        return False
    return not any(line.act == "appeal" for line in await history_lines(uow, question))
