"""What has become of a question, as `fate_of` of `intake.rules.meetings.results` has it, in the database's words.

For queries from the questions, their meetings joined to them from outside.
"""

import sqlalchemy as sa

from intake.rules.questions.question import OPEN_STATES, QuestionState, RoomOutcome
from storage import tables as t

_Q, _M = t.questions.c, t.meetings.c
_S = QuestionState
ANSWERED = _Q.state.in_([_S.ANSWERED, _S.CLOSED])
BEGUN = sa.func.coalesce(_M.ended_at, _Q.received_at, type_=_Q.received_at.type)
"""The moment by which a question belongs to a day or a year: the end of its meeting, else its receipt."""
THERE = sa.and_(
    ANSWERED, sa.func.coalesce(_Q.room_outcome.in_([RoomOutcome.ANSWERED, RoomOutcome.CLARIFIED]), sa.false())
)
"""Answered or made clear in the room, also where it was sent only when the meeting ended."""
BEFORE = sa.and_(
    ANSWERED,
    ~THERE,
    _Q.meeting_id.is_not(None),
    sa.or_(_Q.answered_at.is_(None), _M.ended_at.is_(None), _Q.answered_at <= _M.ended_at),
)
AFTER = sa.and_(ANSWERED, ~THERE, ~BEFORE)
"""Answered after the meeting, or outside one."""
WITH_AGENCY = _Q.state.in_([_S.REFERRED, _S.EXTENDED])
WAITING = _Q.state.in_(sorted(OPEN_STATES - {_S.REFERRED, _S.EXTENDED}))
