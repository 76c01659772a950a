"""The tables, and which noun of `intake.rules` lies in each.

The nouns stay plain dataclasses; SQLAlchemy maps them here, without relationships: what belongs together is asked for
by id, so nothing is ever loaded behind somebody's back.
"""

import sqlalchemy as sa
from sqlalchemy.orm import registry

from intake.rules import audit
from intake.rules.deadlines import deadline, task
from intake.rules.deadlines.clock import ClockKind
from intake.rules.meetings import conclusion, guest, meeting, meeting_request, roster
from intake.rules.meetings import notice as notice_proof
from intake.rules.outbox import broadcast, letter
from intake.rules.outbox import channel_policy as reach
from intake.rules.people import account_link, person, unit
from intake.rules.plan import plan
from intake.rules.plan.profile_terms import Seat
from intake.rules.plan.window import HalfDay, Precision
from intake.rules.questions import case, group, marks, question
from storage.types import EnumValue, Moment, Rank

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _to(table: str, name: str, *, null: bool = False, index: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{table}.id"), nullable=null, index=index)


units = sa.Table(
    "units",
    metadata,
    _id(),
    sa.Column("code", sa.String(40), nullable=False, unique=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("level", EnumValue(unit.Level), nullable=False),
    _to("units", "parent_id", null=True, index=True),
    sa.Column("path", sa.String(120), nullable=False),
    sa.Column("households", sa.Integer),
)
desks = sa.Table(
    "desks",
    metadata,
    _id(),
    _to("units", "unit_id"),
    sa.Column("code", sa.String(40), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.UniqueConstraint("unit_id", "code"),
)
topics = sa.Table(
    "topics",
    metadata,
    _id(),
    _to("units", "unit_id"),
    sa.Column("code", sa.String(40), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    _to("topics", "parent_id", null=True),
    _to("desks", "desk_id", null=True),
    sa.Column("sensitive", sa.Boolean, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.UniqueConstraint("unit_id", "code"),
)
persons = sa.Table(
    "persons",
    metadata,
    _id(),
    sa.Column("name", sa.String(120), nullable=False),
    _to("units", "hamlet_id", null=True, index=True),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("language_known", sa.Boolean, nullable=False),
    sa.Column("phone_sealed", sa.Text),
    sa.Column("phone_index", sa.String(64), index=True),
    sa.Column("consent_version", sa.String(20)),
    sa.Column("consent_at", Moment),
    _to("persons", "entered_by", null=True, index=True),
    sa.Column("erased_at", Moment),
    sa.Column("created_at", Moment),
)
accounts = sa.Table(
    "accounts",
    metadata,
    _id(),
    sa.Column("network", EnumValue(person.Network), nullable=False),
    sa.Column("channel", sa.String(80), nullable=False),
    sa.Column("address", sa.String(120), nullable=False),
    _to("persons", "person_id", null=True, index=True),
    sa.Column("last_heard_at", Moment),
    sa.Column("unreachable_since", Moment),
    sa.Column("awaited_since", Moment),
    sa.Column("rung_at", Moment),
    sa.Column("wrong_codes", sa.Integer, nullable=False, server_default="0"),
    sa.Column("wrong_code_at", Moment),
    sa.UniqueConstraint("network", "channel", "address"),
)
conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id"), primary_key=True),
    sa.Column("step", sa.String(60), nullable=False),
    sa.Column("draft", sa.JSON, nullable=False),
    sa.Column("offered", sa.JSON, nullable=False),
    sa.Column("pace_left", sa.Float, nullable=False),
    sa.Column("pace_at", Moment),
)
grants = sa.Table(
    "grants",
    metadata,
    _id(),
    _to("persons", "person_id", index=True),
    sa.Column("role", EnumValue(person.Role), nullable=False),
    _to("units", "unit_id"),
    _to("desks", "desk_id", null=True, index=True),
    sa.Column("given_at", Moment),
    sa.Index("ix_grants_role_unit_id", "role", "unit_id"),
)
invitations = sa.Table(
    "invitations",
    metadata,
    _id(),
    sa.Column("code_digest", sa.String(64), nullable=False, unique=True),
    sa.Column("role", EnumValue(person.Role), nullable=False),
    _to("units", "unit_id"),
    _to("desks", "desk_id", null=True),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
    _to("persons", "created_by", null=True),
    sa.Column("used_at", Moment),
    _to("persons", "used_by", null=True),
)
plans = sa.Table(
    "plans",
    metadata,
    _id(),
    sa.Column("code", sa.String(40), nullable=False, unique=True),
    _to("units", "unit_id", index=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("profile", sa.JSON, nullable=False),
    sa.Column("choices", sa.JSON, nullable=False),
    sa.Column("chosen", sa.JSON, nullable=False, server_default=sa.text("'{}'")),
)
meetings = sa.Table(
    "meetings",
    metadata,
    _id(),
    _to("plans", "plan_id", index=True),
    _to("units", "unit_id", index=True),
    sa.Column("session_key", sa.String(40), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("theme", sa.Text, nullable=False),
    sa.Column("window_from", sa.Date, nullable=False),
    sa.Column("window_to", sa.Date, nullable=False),
    sa.Column("precision", EnumValue(Precision), nullable=False),
    sa.Column("half_day", EnumValue(HalfDay)),
    sa.Column("venue", sa.Text, nullable=False),
    _to("units", "hosting_hamlet_id", null=True),
    sa.Column("state", EnumValue(meeting.MeetingState), nullable=False),
    sa.Column("starts_at", Moment),
    sa.Column("opened_at", Moment),
    sa.Column("ended_at", Moment),
    _to("persons", "created_by", null=True),
    sa.Column("created_at", Moment),
    sa.Column("lists_due_on", sa.Date),
)
meeting_hamlets = sa.Table(
    "meeting_hamlets",
    metadata,
    sa.Column("meeting_id", sa.Integer, sa.ForeignKey("meetings.id"), primary_key=True),
    sa.Column("hamlet_id", sa.Integer, sa.ForeignKey("units.id"), primary_key=True, index=True),
)
registrations = sa.Table(
    "registrations",
    metadata,
    _id(),
    sa.Column("reference", sa.String(40), nullable=False, unique=True),
    _to("meetings", "meeting_id"),
    _to("persons", "person_id", index=True),
    sa.Column("kind", EnumValue(meeting.RegistrationKind), nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("registered_at", Moment, nullable=False),
    _to("persons", "entered_by", null=True),
    sa.Column("state", EnumValue(meeting.RegistrationState), nullable=False),
    _to("units", "unit_id", null=True),
    sa.Column("seat", EnumValue(Seat), nullable=False),
    sa.Column("rank", sa.Integer, nullable=False),
    _to("topics", "topic_id", null=True),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("moved_to", sa.Integer),
    _to("persons", "moved_by", null=True),
    sa.Column("moved_at", Moment),
    sa.Column("moved_why", sa.Text, nullable=False),
    sa.Column("walk_in", sa.Boolean, nullable=False),
    sa.Column("present_at", Moment),
    _to("persons", "present_by", null=True),
    sa.Column("called_at", Moment),
    sa.Column("spoke_until", Moment),
    sa.Column("absent_at", Moment),
    sa.Index(
        "uq_registrations_live",
        "meeting_id",
        "person_id",
        unique=True,
        sqlite_where=sa.text("state IN ('standing', 'waiting')"),
        postgresql_where=sa.text("state IN ('standing', 'waiting')"),
    ),
    sa.Index("ix_registrations_meeting_id_unit_id", "meeting_id", "unit_id"),
)
quotas = sa.Table(
    "quotas",
    metadata,
    _id(),
    _to("meetings", "meeting_id"),
    _to("units", "unit_id"),
    sa.Column("seat", EnumValue(Seat), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.UniqueConstraint("meeting_id", "unit_id", "seat"),
)
rosters = sa.Table(
    "rosters",
    metadata,
    _id(),
    _to("meetings", "meeting_id"),
    _to("units", "unit_id"),
    sa.Column("state", EnumValue(roster.RosterState), nullable=False),
    _to("persons", "submitted_by", null=True),
    sa.Column("submitted_at", Moment),
    sa.Column("late", sa.Boolean, nullable=False),
    _to("persons", "decided_by", null=True),
    sa.Column("decided_at", Moment),
    sa.Column("reason", sa.Text, nullable=False),
    sa.UniqueConstraint("meeting_id", "unit_id"),
)
guests = sa.Table(
    "guests",
    metadata,
    _id(),
    _to("meetings", "meeting_id", index=True),
    sa.Column("group", sa.Text, nullable=False),
    sa.Column("party", sa.Boolean, nullable=False),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("office", sa.String(200), nullable=False),
    _to("persons", "added_by"),
    sa.Column("phone_sealed", sa.Text),
    sa.Column("phone_index", sa.String(64)),
    _to("persons", "person_id", null=True, index=True),
    sa.Column("invited_at", Moment),
    sa.Column("reply", EnumValue(guest.GuestReply), nullable=False),
    sa.Column("replied_at", Moment),
    _to("persons", "replied_by", null=True),
    sa.Column("stand_in", sa.String(200), nullable=False),
    sa.Column("present_at", Moment),
    _to("persons", "present_by", null=True),
)
notices = sa.Table(
    "notices",
    metadata,
    _id(),
    _to("meetings", "meeting_id", index=True),
    sa.Column("text", sa.Text, nullable=False),
    _to("persons", "released_by"),
    sa.Column("released_at", Moment, nullable=False),
    sa.Column("starts_at", Moment),
    sa.Column("venue", sa.Text, nullable=False),
    _to("persons", "composed_by", null=True),
)
notice_pushes = sa.Table(
    "notice_pushes",
    metadata,
    _id(),
    _to("notices", "notice_id"),
    _to("units", "hamlet_id"),
    _to("persons", "pushed_by"),
    sa.Column("pushed_at", Moment, nullable=False),
    sa.Column("recipients", sa.Integer, nullable=False),
    sa.UniqueConstraint("notice_id", "hamlet_id"),
)
notice_proofs = sa.Table(
    "notice_proofs",
    metadata,
    _id(),
    _to("notices", "notice_id"),
    _to("units", "place_id"),
    sa.Column("means", EnumValue(notice_proof.NoticeMeans), nullable=False),
    sa.Column("at", Moment, nullable=False),
    _to("persons", "confirmed_by"),
    sa.Column("confirmed_at", Moment, nullable=False),
    sa.UniqueConstraint("notice_id", "place_id", "means", "at"),
)
meeting_requests = sa.Table(
    "meeting_requests",
    metadata,
    _id(),
    _to("meetings", "meeting_id", index=True),
    sa.Column("kind", EnumValue(meeting_request.RequestKind), nullable=False),
    sa.Column("starts_at", Moment, nullable=False),
    sa.Column("venue", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    _to("persons", "asked_by"),
    sa.Column("asked_at", Moment, nullable=False),
    sa.Column("beyond_plan", sa.Boolean, nullable=False),
    sa.Column("recipients", sa.Integer, nullable=False),
    sa.Column("state", EnumValue(question.ProposalState), nullable=False, index=True),
    _to("persons", "decided_by", null=True),
    sa.Column("decided_at", Moment),
    sa.Column("note", sa.Text, nullable=False),
)
questions = sa.Table(
    "questions",
    metadata,
    _id(),
    _to("units", "unit_id"),
    sa.Column("reference", sa.String(40), nullable=False, unique=True),
    sa.Column("kind", EnumValue(question.QuestionKind), nullable=False),
    sa.Column("original_text", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("public_text", sa.Text),
    _to("persons", "asker_id", index=True),
    sa.Column("received_at", Moment, nullable=False),
    _to("meetings", "meeting_id", null=True, index=True),
    _to("units", "hamlet_id", null=True),
    _to("persons", "entered_by", null=True, index=True),
    _to("topics", "topic_id", null=True),
    _to("desks", "desk_id", null=True),
    sa.Column("state", EnumValue(question.QuestionState), nullable=False),
    sa.Column("sensitive", sa.Boolean, nullable=False),
    sa.Column("urgent", sa.Boolean, nullable=False),
    sa.Column("state_before", EnumValue(question.QuestionState)),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("answered_at", Moment),
    sa.Column("closed_at", Moment),
    sa.Column("reopened_at", Moment),
    sa.Column("rating", sa.String(20)),
    sa.Column("room_outcome", EnumValue(question.RoomOutcome)),
    sa.Column("room_reason", sa.Text, nullable=False, server_default=""),
    sa.Index("ix_questions_unit_id_state", "unit_id", "state"),
    sa.Index("ix_questions_desk_id_state", "desk_id", "state"),
    # what the sweep closes once the asker has been silent for long enough
    sa.Index(
        "ix_questions_answered_at",
        "answered_at",
        "id",
        sqlite_where=sa.text("state = 'answered'"),
        postgresql_where=sa.text("state = 'answered'"),
    ),
)
attachments = sa.Table(
    "attachments",
    metadata,
    _id(),
    _to("questions", "question_id", index=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("media_type", sa.String(80), nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
)
proposals = sa.Table(
    "proposals",
    metadata,
    _id(),
    _to("questions", "question_id", index=True),
    sa.Column("kind", EnumValue(question.ProposalKind), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    _to("persons", "proposed_by"),
    sa.Column("proposed_at", Moment, nullable=False),
    sa.Column("agency", sa.String(200), nullable=False),
    sa.Column("promised_on", sa.Date),
    sa.Column("state", EnumValue(question.ProposalState), nullable=False, index=True),
    _to("persons", "decided_by", null=True),
    sa.Column("decided_at", Moment),
    sa.Column("note", sa.Text, nullable=False),
)
urgent_flags = sa.Table(
    "urgent_flags",
    metadata,
    _id(),
    _to("questions", "question_id", index=True),
    sa.Column("reason", sa.Text, nullable=False),
    _to("persons", "set_by"),
    sa.Column("set_at", Moment, nullable=False),
    _to("persons", "taken_back_by", null=True),
    sa.Column("taken_back_at", Moment),
    sa.Column("taken_back_reason", sa.Text, nullable=False),
)
nudges = sa.Table(
    "nudges",
    metadata,
    _id(),
    _to("questions", "question_id", index=True),
    sa.Column("agency", sa.String(200), nullable=False),
    sa.Column("promised_on", sa.Date, nullable=False),
    _to("persons", "nudged_by"),
    sa.Column("nudged_at", Moment, nullable=False),
)
tasks = sa.Table(
    "tasks",
    metadata,
    _id(),
    _to("units", "unit_id"),
    sa.Column("kind", EnumValue(task.TaskKind), nullable=False),
    sa.Column("key", sa.String(120), nullable=False, unique=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("opened_at", Moment, nullable=False),
    _to("plans", "plan_id", null=True),
    _to("persons", "person_id", null=True, index=True),
    sa.Column("text", sa.Text, nullable=False),
    _to("persons", "accepted_by", null=True),
    sa.Column("accepted_at", Moment),
    _to("persons", "done_by", null=True),
    sa.Column("done_at", Moment),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Index("ix_tasks_unit_id_done_at", "unit_id", "done_at"),
)
# what questions are found by: rebuilt from their texts at any time, so nothing refers to it
question_words = sa.Table(
    "question_words",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), primary_key=True),
    sa.Column("word", sa.String(40), primary_key=True),
    sa.Column("question_id", sa.Integer, sa.ForeignKey("questions.id"), primary_key=True),
    sqlite_with_rowid=False,
)
group_members = sa.Table(
    "group_members",
    metadata,
    sa.Column("question_id", sa.Integer, sa.ForeignKey("questions.id"), primary_key=True, autoincrement=False),
    _to("questions", "lead_id", index=True),
    _to("persons", "joined_by"),
    sa.Column("joined_at", Moment, nullable=False),
)
cases = sa.Table(
    "cases",
    metadata,
    _id(),
    _to("units", "unit_id"),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    _to("persons", "opened_by"),
    sa.Column("opened_at", Moment, nullable=False),
    sa.Column("direction", sa.Text, nullable=False),
    _to("persons", "direction_by", null=True),
    sa.Column("direction_at", Moment),
    sa.Column("settled_at", Moment),
    sa.UniqueConstraint("unit_id", "year", "number"),
)
case_questions = sa.Table(
    "case_questions",
    metadata,
    sa.Column("question_id", sa.Integer, sa.ForeignKey("questions.id"), primary_key=True, autoincrement=False),
    _to("cases", "case_id", index=True),
    _to("persons", "linked_by"),
    sa.Column("linked_at", Moment, nullable=False),
)
clocks = sa.Table(
    "clocks",
    metadata,
    _id(),
    sa.Column("kind", EnumValue(ClockKind), nullable=False),
    _to("units", "unit_id"),
    _to("questions", "question_id", null=True, index=True),
    _to("meetings", "meeting_id", null=True, index=True),
    sa.Column("anchor_on", sa.Date, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("due", sa.JSON, nullable=False),
    sa.Column("wake_on", sa.Date, nullable=False),
    sa.Column("state", EnumValue(deadline.ClockState), nullable=False),
    sa.Column("history", sa.JSON, nullable=False),
    sa.Column("ended_at", Moment),
    _to("tasks", "task_id", null=True, index=True),
    sa.Column("item_id", sa.Integer, sa.ForeignKey("conclusion_items.id"), unique=True),
    # what the sweep reads: nothing but the clocks that are due to be looked at, unit after unit
    sa.Index(
        "ix_clocks_running_wake_on",
        "wake_on",
        "unit_id",
        "id",
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    ),
)
alerts = sa.Table(
    "alerts",
    metadata,
    _id(),
    sa.Column("subject", sa.String(40), nullable=False),
    _to("persons", "recipient_id"),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("raised_at", Moment, nullable=False),
    sa.UniqueConstraint("subject", "recipient_id", "kind", "due_on"),
)
broadcasts = sa.Table(
    "broadcasts",
    metadata,
    _id(),
    sa.Column("name", sa.String(80), nullable=False, index=True),
    _to("units", "unit_id"),
    sa.Column("content", sa.JSON, nullable=False),
    _to("persons", "started_by", null=True),
    sa.Column("started_at", Moment, nullable=False),
    sa.Column("not_before", Moment, nullable=False),
    sa.Column("people", sa.Integer, nullable=False),
    sa.Column("state", EnumValue(broadcast.BroadcastState), nullable=False),
    sa.Column("through", sa.Integer, nullable=False),
    sa.Column("up_to", sa.Integer, nullable=False),
    sa.Column("spread_at", Moment),
    sa.Column("letters", sa.Integer, nullable=False),
    sa.Column("ended_at", Moment),
    # the few that are not over
    sa.Index(
        "ix_broadcasts_open",
        "id",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    ),
)
broadcast_hamlets = sa.Table(
    "broadcast_hamlets",
    metadata,
    sa.Column("broadcast_id", sa.Integer, sa.ForeignKey("broadcasts.id"), primary_key=True),
    sa.Column("hamlet_id", sa.Integer, sa.ForeignKey("units.id"), primary_key=True),
)
# those of the hamlets who hear it some other way; emptied when the letters are written
broadcast_left_out = sa.Table(
    "broadcast_left_out",
    metadata,
    sa.Column("broadcast_id", sa.Integer, sa.ForeignKey("broadcasts.id"), primary_key=True),
    sa.Column("person_id", sa.Integer, sa.ForeignKey("persons.id"), primary_key=True),
)
# no foreign keys where a broadcast fills in: nothing it names is ever deleted, and to look them up took half its time
letters = sa.Table(
    "letters",
    metadata,
    _id(),
    sa.Column("account_id", sa.Integer),
    sa.Column("person_id", sa.Integer),
    sa.Column("priority", Rank(letter.Priority), nullable=False),
    sa.Column("content", sa.JSON(none_as_null=True)),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("not_before", Moment, nullable=False),
    sa.Column("question_id", sa.Integer),
    sa.Column("once", sa.String(120)),
    sa.Column("state", EnumValue(letter.LetterState), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("sent_at", Moment),
    sa.Column("network_message_id", sa.String(80)),
    sa.Column("failure", sa.String(200)),
    sa.Column("waits_since", Moment),
    sa.Column("ring_at", Moment),
    sa.Column("rung_at", Moment),
    sa.Column("told_at", Moment),
    _to("persons", "told_by", null=True),
    sa.Column("broadcast_id", sa.Integer),
    sa.Column("channel", sa.String(100)),
    sa.Index(
        "uq_letters_once",
        "once",
        unique=True,
        sqlite_where=sa.text("once IS NOT NULL"),
        postgresql_where=sa.text("once IS NOT NULL"),
    ),
    # nobody has two letters of one broadcast; and what is there for a person
    sa.Index("uq_letters_person_id_broadcast_id", "person_id", "broadcast_id", unique=True),
    # the few letters a template message is to go for
    sa.Index(
        "ix_letters_ring_at",
        "ring_at",
        sqlite_where=sa.text("ring_at IS NOT NULL"),
        postgresql_where=sa.text("ring_at IS NOT NULL"),
    ),
    # what goes out before any broadcast: never more than is written in the time it takes to send it
    sa.Index(
        "ix_letters_direct",
        "priority",
        "id",
        sqlite_where=sa.text("state = 'waiting' AND priority < 2"),
        postgresql_where=sa.text("state = 'waiting' AND priority < 2"),
    ),
    # one index for whatever is asked of a broadcast: what goes out next on a channel, and how many stand where
    sa.Index(
        "ix_letters_broadcast_id",
        "broadcast_id",
        "state",
        "channel",
        "id",
        sqlite_where=sa.text("broadcast_id IS NOT NULL"),
        postgresql_where=sa.text("broadcast_id IS NOT NULL"),
    ),
    sa.Index("ix_letters_account_id_id", "account_id", "id"),
)
audit_entries = sa.Table(
    "audit_entries",
    metadata,
    _id(),
    sa.Column("at", Moment, nullable=False),
    _to("persons", "actor_id", null=True),
    sa.Column("act", sa.String(60), nullable=False),
    sa.Column("subject", sa.String(60), nullable=False, index=True),
    sa.Column("detail", sa.JSON, nullable=False),
)
leases = sa.Table(
    "leases",
    metadata,
    sa.Column("name", sa.String(120), primary_key=True),
    sa.Column("holder", sa.String(80), nullable=False),
    sa.Column("epoch", sa.Integer, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
)
heartbeats = sa.Table(
    "heartbeats",
    metadata,
    sa.Column("name", sa.String(60), primary_key=True),
    sa.Column("beat_at", Moment, nullable=False),
)
counters = sa.Table(
    "counters",
    metadata,
    sa.Column("series", sa.String(20), primary_key=True),
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), primary_key=True),
    sa.Column("year", sa.Integer, primary_key=True),
    sa.Column("last", sa.Integer, nullable=False),
)
message_counts = sa.Table(
    "message_counts",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), primary_key=True),
    sa.Column("month", sa.Date, primary_key=True),
    sa.Column("way", EnumValue(reach.Way), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
)
account_links = sa.Table(
    "account_links",
    metadata,
    _id(),
    sa.Column("code_digest", sa.String(64), nullable=False, unique=True),
    _to("persons", "person_id", index=True),
    _to("accounts", "asked_in"),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
    _to("accounts", "claimed_by", null=True),
    sa.Column("ended_at", Moment),
)
inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("network", EnumValue(person.Network), primary_key=True),
    sa.Column("channel", sa.String(80), primary_key=True),
    sa.Column("address", sa.String(120), primary_key=True),
    sa.Column("event_id", sa.String(120), primary_key=True),
    sa.Column("received_at", Moment, nullable=False, index=True),
)
calendar_overrides = sa.Table(
    "calendar_overrides",
    metadata,
    sa.Column("on", sa.Date, primary_key=True),
    sa.Column("day_off", sa.Boolean, nullable=False),
    sa.Column("reason", sa.String(200), nullable=False),
    sa.Column("source", sa.String(200), nullable=False),
    sa.Column("confirmed", sa.Boolean, nullable=False),
    sa.Column("entered_by", sa.String(120), nullable=False),
    sa.Column("entered_at", Moment, nullable=False),
)
calendar_years = sa.Table(
    "calendar_years",
    metadata,
    sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("source", sa.String(200), nullable=False),
    sa.Column("entered_by", sa.String(120), nullable=False),
    sa.Column("entered_at", Moment, nullable=False),
)
# one row: every unit of work asks for its version, so that a changed calendar is seen without a restart
calendar_state = sa.Table(
    "calendar_state",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("culture_day", sa.Boolean, nullable=False),
)
recomputations = sa.Table(
    "recomputations",
    metadata,
    _id(),
    sa.Column("days_from", sa.Date),
    sa.Column("days_to", sa.Date),
    _to("plans", "plan_id", null=True),
    sa.Column("reason", sa.JSON, nullable=False),
    sa.Column("asked_at", Moment, nullable=False),
)
web_messages = sa.Table(
    "web_messages",
    metadata,
    _id(),
    _to("accounts", "account_id"),
    # what the bot said carries its letter: the same letter is never shown twice
    sa.Column("letter_id", sa.Integer, unique=True),
    sa.Column("said", sa.JSON, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Index("ix_web_messages_account_id_id", "account_id", "id"),
    # an id is never given out twice, also not after a history was erased: open pages ask for what came after theirs
    sqlite_autoincrement=True,
)
zalo_events = sa.Table(
    "zalo_events",
    metadata,
    _id(),
    sa.Column("channel", sa.String(80), nullable=False),
    sa.Column("event_key", sa.String(120), nullable=False),
    sa.Column("address", sa.String(120), nullable=False),
    # as the network says it, in milliseconds: events come unordered
    sa.Column("sent_at_ms", sa.BigInteger, nullable=False),
    # emptied as soon as it was dealt with; the rest of the row only knows the event again
    sa.Column("body", sa.Text),
    sa.Column("received_at", Moment, nullable=False, index=True),
    sa.UniqueConstraint("channel", "event_key"),
    sa.Index(
        "ix_zalo_events_waiting",
        "channel",
        "sent_at_ms",
        "id",
        sqlite_where=sa.text("body IS NOT NULL"),
        postgresql_where=sa.text("body IS NOT NULL"),
    ),
)
zalo_tokens = sa.Table(
    "zalo_tokens",
    metadata,
    sa.Column("oa_id", sa.String(80), primary_key=True),
    sa.Column("access_sealed", sa.Text),
    sa.Column("refresh_sealed", sa.Text),
    sa.Column("renew_at", Moment),
    sa.Column("expires_at", Moment),
    sa.Column("refresh_since", Moment),
    # digests of the first tokens that came from the settings and were tried: each is good for one try
    sa.Column("tried", sa.JSON, nullable=False),
    sa.Column("refreshing_by", sa.String(80)),
    sa.Column("refreshing_until", Moment),
    sa.Column("refused_at", Moment),
    sa.Column("buttons_refused_at", Moment),
)
zalo_chats = sa.Table(
    "zalo_chats",
    metadata,
    sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id"), primary_key=True),
    # the numbered menu of a chat: what each number stands for, in which step and when it was shown
    sa.Column("menu", sa.JSON, nullable=False),
    sa.Column("menu_step", sa.String(60), nullable=False),
    sa.Column("menu_heard_at", Moment),
    sa.Column("menu_at", Moment),
    # somebody of the office answers by hand: until then the bot is silent
    sa.Column("paused_until", Moment),
)

programme_ticks = sa.Table(
    "programme_ticks",
    metadata,
    sa.Column("meeting_id", sa.Integer, sa.ForeignKey("meetings.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("ticked_at", Moment, nullable=False),
    _to("persons", "ticked_by"),
)
conclusion_items = sa.Table(
    "conclusion_items",
    metadata,
    _id(),
    _to("meetings", "meeting_id"),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    _to("desks", "desk_id", null=True),
    sa.Column("owner", sa.String(200), nullable=False),
    sa.Column("due_on", sa.Date),
    _to("persons", "written_by"),
    sa.Column("published_at", Moment),
    sa.Column("done_at", Moment),
    sa.UniqueConstraint("meeting_id", "number"),
)
conclusion_links = sa.Table(
    "conclusion_links",
    metadata,
    sa.Column("item_id", sa.Integer, sa.ForeignKey("conclusion_items.id"), primary_key=True),
    sa.Column("question_id", sa.Integer, sa.ForeignKey("questions.id"), primary_key=True, index=True),
)
conclusion_progress = sa.Table(
    "conclusion_progress",
    metadata,
    _id(),
    _to("conclusion_items", "item_id", index=True),
    sa.Column("at", Moment, nullable=False),
    _to("persons", "by"),
    sa.Column("text", sa.Text, nullable=False),
)

PUT_ASIDE = "letters.state NOT IN ('waiting', 'sent')"
"""Letters that somebody may have to look at; queries say it in these words, so that the index below serves them."""
sa.Index(
    "ix_letters_put_aside",
    letters.c.state,
    letters.c.id,
    sqlite_where=sa.text(PUT_ASIDE.removeprefix("letters.")),
    postgresql_where=sa.text(PUT_ASIDE.removeprefix("letters.")),
)

_mapped = registry(metadata=metadata)


def map_nouns() -> None:
    """Map the nouns to their tables; once per process, whoever asks first.

    All but `Conversation`, which changes with every message: `AccountRows` reads and keeps it with plain statements.
    """
    if _mapped.mappers:
        return
    for noun, table in (
        (unit.Unit, units),
        (unit.Desk, desks),
        (unit.Topic, topics),
        (person.Person, persons),
        (person.Account, accounts),
        (person.Grant, grants),
        (person.Invitation, invitations),
        (plan.Plan, plans),
        (deadline.Recomputation, recomputations),
        (meeting.Meeting, meetings),
        (meeting.MeetingHamlet, meeting_hamlets),
        (meeting.Registration, registrations),
        (roster.Quota, quotas),
        (roster.Roster, rosters),
        (guest.Guest, guests),
        (meeting.Notice, notices),
        (meeting.NoticePush, notice_pushes),
        (notice_proof.NoticeProof, notice_proofs),
        (meeting_request.MeetingRequest, meeting_requests),
        (meeting.ProgrammeTick, programme_ticks),
        (conclusion.ConclusionItem, conclusion_items),
        (conclusion.ConclusionLink, conclusion_links),
        (conclusion.ConclusionProgress, conclusion_progress),
        (question.Question, questions),
        (question.Attachment, attachments),
        (question.Proposal, proposals),
        (marks.UrgentFlag, urgent_flags),
        (marks.Nudge, nudges),
        (task.Task, tasks),
        (group.GroupMember, group_members),
        (case.Case, cases),
        (case.CaseQuestion, case_questions),
        (deadline.Clock, clocks),
        (broadcast.Broadcast, broadcasts),
        (letter.Letter, letters),
        (audit.AuditEntry, audit_entries),
        (account_link.AccountLink, account_links),
    ):
        _mapped.map_imperatively(noun, table)
