"""The tables, and which noun of `intake.rules` lies in each.

The nouns stay plain dataclasses; SQLAlchemy maps them here, without relationships: what belongs together is asked for
by id, so nothing is ever loaded behind somebody's back.
"""

import sqlalchemy as sa
from sqlalchemy.orm import registry

from intake.rules import audit, deadline, letter, meeting, meeting_request, notice_proof, person, plan, question, unit
from intake.rules.clock import ClockKind
from intake.rules.window import HalfDay, Precision
from storage.types import Moment, Rank, Word

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
    sa.Column("level", Word(unit.Level), nullable=False),
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
    sa.Column("network", Word(person.Network), nullable=False),
    sa.Column("channel", sa.String(80), nullable=False),
    sa.Column("address", sa.String(120), nullable=False),
    _to("persons", "person_id", null=True, index=True),
    sa.Column("last_heard_at", Moment),
    sa.Column("unreachable_since", Moment),
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
    sa.Column("role", Word(person.Role), nullable=False),
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
    sa.Column("role", Word(person.Role), nullable=False),
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
    sa.Column("precision", Word(Precision), nullable=False),
    sa.Column("half_day", Word(HalfDay)),
    sa.Column("venue", sa.Text, nullable=False),
    _to("units", "hosting_hamlet_id", null=True),
    sa.Column("state", Word(meeting.MeetingState), nullable=False),
    sa.Column("starts_at", Moment),
    sa.Column("ended_at", Moment),
    _to("persons", "created_by", null=True),
    sa.Column("created_at", Moment),
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
    sa.Column("kind", Word(meeting.RegistrationKind), nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("registered_at", Moment, nullable=False),
    _to("persons", "entered_by", null=True),
    sa.Column("state", Word(meeting.RegistrationState), nullable=False),
    sa.Index(
        "uq_registrations_standing",
        "meeting_id",
        "person_id",
        unique=True,
        sqlite_where=sa.text("state = 'standing'"),
        postgresql_where=sa.text("state = 'standing'"),
    ),
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
    sa.Column("means", Word(notice_proof.NoticeMeans), nullable=False),
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
    sa.Column("kind", Word(meeting_request.RequestKind), nullable=False),
    sa.Column("starts_at", Moment, nullable=False),
    sa.Column("venue", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    _to("persons", "asked_by"),
    sa.Column("asked_at", Moment, nullable=False),
    sa.Column("beyond_plan", sa.Boolean, nullable=False),
    sa.Column("recipients", sa.Integer, nullable=False),
    sa.Column("state", Word(question.ProposalState), nullable=False, index=True),
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
    sa.Column("kind", Word(question.QuestionKind), nullable=False),
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
    sa.Column("state", Word(question.QuestionState), nullable=False),
    sa.Column("sensitive", sa.Boolean, nullable=False),
    sa.Column("urgent", sa.Boolean, nullable=False),
    sa.Column("state_before", Word(question.QuestionState)),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("answered_at", Moment),
    sa.Column("closed_at", Moment),
    sa.Column("reopened_at", Moment),
    sa.Column("rating", sa.String(20)),
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
    sa.Column("kind", Word(question.ProposalKind), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    _to("persons", "proposed_by"),
    sa.Column("proposed_at", Moment, nullable=False),
    sa.Column("agency", sa.String(200), nullable=False),
    sa.Column("promised_on", sa.Date),
    sa.Column("state", Word(question.ProposalState), nullable=False, index=True),
    _to("persons", "decided_by", null=True),
    sa.Column("decided_at", Moment),
    sa.Column("note", sa.Text, nullable=False),
)
clocks = sa.Table(
    "clocks",
    metadata,
    _id(),
    sa.Column("kind", Word(ClockKind), nullable=False),
    _to("units", "unit_id"),
    _to("questions", "question_id", null=True, index=True),
    _to("meetings", "meeting_id", null=True, index=True),
    sa.Column("anchor_on", sa.Date, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("due", sa.JSON, nullable=False),
    sa.Column("wake_on", sa.Date, nullable=False),
    sa.Column("state", Word(deadline.ClockState), nullable=False),
    sa.Column("history", sa.JSON, nullable=False),
    sa.Column("ended_at", Moment),
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
letters = sa.Table(
    "letters",
    metadata,
    _id(),
    _to("accounts", "account_id", null=True),
    _to("persons", "person_id", null=True, index=True),
    sa.Column("priority", Rank(letter.Priority), nullable=False),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("not_before", Moment, nullable=False),
    _to("questions", "question_id", null=True),
    sa.Column("once", sa.String(120), unique=True),
    sa.Column("state", Word(letter.LetterState), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("sent_at", Moment),
    sa.Column("network_message_id", sa.String(80)),
    sa.Column("failure", sa.String(200)),
    sa.Index(
        "ix_letters_waiting",
        "priority",
        "id",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
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
inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("network", Word(person.Network), primary_key=True),
    sa.Column("channel", sa.String(80), primary_key=True),
    sa.Column("address", sa.String(120), primary_key=True),
    sa.Column("event_id", sa.String(120), primary_key=True),
    sa.Column("received_at", Moment, nullable=False, index=True),
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

_mapped = registry(metadata=metadata)


def map_nouns() -> None:
    """Map the nouns to their tables; once per process, whoever asks first."""
    if _mapped.mappers:
        return
    for noun, table in (
        (unit.Unit, units),
        (unit.Desk, desks),
        (unit.Topic, topics),
        (person.Person, persons),
        (person.Account, accounts),
        (person.Conversation, conversations),
        (person.Grant, grants),
        (person.Invitation, invitations),
        (plan.Plan, plans),
        (meeting.Meeting, meetings),
        (meeting.MeetingHamlet, meeting_hamlets),
        (meeting.Registration, registrations),
        (meeting.Notice, notices),
        (meeting.NoticePush, notice_pushes),
        (notice_proof.NoticeProof, notice_proofs),
        (meeting_request.MeetingRequest, meeting_requests),
        (question.Question, questions),
        (question.Attachment, attachments),
        (question.Proposal, proposals),
        (deadline.Clock, clocks),
        (letter.Letter, letters),
        (audit.AuditEntry, audit_entries),
    ):
        _mapped.map_imperatively(noun, table)
