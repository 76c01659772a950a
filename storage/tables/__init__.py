"""The tables, a module a subject, and which noun of `intake.rules` lies in each.

The nouns stay plain dataclasses; SQLAlchemy maps them here, without relationships: what belongs together is asked for
by id, so nothing is ever loaded behind somebody's back.
"""

from storage.tables.audit import (
    audit_entries,
    audit_seals,
    audit_words,
)
from storage.tables.browsers import office_entries, office_sessions
from storage.tables.deadlines import (
    alerts,
    calendar_overrides,
    calendar_state,
    calendar_years,
    clocks,
    recomputations,
    tasks,
)
from storage.tables.ledger import (
    counters,
    heartbeats,
    leases,
)
from storage.tables.meetings import (
    conclusion_items,
    conclusion_links,
    conclusion_progress,
    guests,
    meeting_hamlets,
    meeting_requests,
    meetings,
    notice_proofs,
    notice_pushes,
    notices,
    programme_ticks,
    quotas,
    registrations,
    rosters,
)
from storage.tables.outbox import (
    PUT_ASIDE,
    broadcast_hamlets,
    broadcast_left_out,
    broadcasts,
    letters,
    message_counts,
)
from storage.tables.people import (
    account_links,
    accounts,
    conversations,
    corrections,
    ended_grants,
    grants,
    inbox,
    invitations,
    persons,
    role_requests,
)
from storage.tables.plan import (
    desks,
    plans,
    topics,
    units,
)
from storage.tables.questions import (
    attachments,
    case_questions,
    cases,
    group_members,
    nudges,
    proposals,
    question_words,
    questions,
    urgent_flags,
)
from storage.tables.schema import map_nouns, mapped, metadata
from storage.tables.webchat import web_messages
from storage.tables.zalo import (
    zalo_chats,
    zalo_events,
    zalo_tokens,
)

__all__ = [
    "PUT_ASIDE",
    "account_links",
    "accounts",
    "alerts",
    "attachments",
    "audit_entries",
    "audit_seals",
    "audit_words",
    "broadcast_hamlets",
    "broadcast_left_out",
    "broadcasts",
    "calendar_overrides",
    "calendar_state",
    "calendar_years",
    "case_questions",
    "cases",
    "clocks",
    "conclusion_items",
    "conclusion_links",
    "conclusion_progress",
    "conversations",
    "corrections",
    "counters",
    "desks",
    "ended_grants",
    "grants",
    "group_members",
    "guests",
    "heartbeats",
    "inbox",
    "invitations",
    "leases",
    "letters",
    "map_nouns",
    "mapped",
    "meeting_hamlets",
    "meeting_requests",
    "meetings",
    "message_counts",
    "metadata",
    "notice_proofs",
    "notice_pushes",
    "notices",
    "nudges",
    "office_entries",
    "office_sessions",
    "persons",
    "plans",
    "programme_ticks",
    "proposals",
    "question_words",
    "questions",
    "quotas",
    "recomputations",
    "registrations",
    "role_requests",
    "rosters",
    "tasks",
    "topics",
    "units",
    "urgent_flags",
    "web_messages",
    "zalo_chats",
    "zalo_events",
    "zalo_tokens",
]
