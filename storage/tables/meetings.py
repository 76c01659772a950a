"""Meetings: who comes, how they are announced, what they concluded."""

import sqlalchemy as sa

from intake.rules.meetings import conclusion, guest, meeting, meeting_request, roster
from intake.rules.meetings import notice as notice_proof
from intake.rules.plan.profile_terms import Seat
from intake.rules.plan.window import HalfDay, Precision
from intake.rules.questions import question
from storage.tables.schema import lay, metadata, own_id, refer_to
from storage.types import EnumValue, Moment

meetings = sa.Table(
    "meetings",
    metadata,
    own_id(),
    refer_to("plans", "plan_id", index=True),
    refer_to("units", "unit_id", index=True),
    sa.Column("session_key", sa.String(40), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("theme", sa.Text, nullable=False),
    sa.Column("window_from", sa.Date, nullable=False),
    sa.Column("window_to", sa.Date, nullable=False),
    sa.Column("precision", EnumValue(Precision), nullable=False),
    sa.Column("half_day", EnumValue(HalfDay)),
    sa.Column("venue", sa.Text, nullable=False),
    refer_to("units", "hosting_hamlet_id", null=True),
    sa.Column("state", EnumValue(meeting.MeetingState), nullable=False),
    sa.Column("starts_at", Moment),
    sa.Column("opened_at", Moment),
    sa.Column("ended_at", Moment),
    refer_to("persons", "created_by", null=True),
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
    own_id(),
    sa.Column("reference", sa.String(40), nullable=False, unique=True),
    refer_to("meetings", "meeting_id"),
    refer_to("persons", "person_id", index=True),
    sa.Column("kind", EnumValue(meeting.RegistrationKind), nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("registered_at", Moment, nullable=False),
    refer_to("persons", "entered_by", null=True),
    sa.Column("state", EnumValue(meeting.RegistrationState), nullable=False),
    refer_to("units", "unit_id", null=True),
    sa.Column("seat", EnumValue(Seat), nullable=False),
    sa.Column("rank", sa.Integer, nullable=False),
    refer_to("topics", "topic_id", null=True),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("moved_to", sa.Integer),
    refer_to("persons", "moved_by", null=True),
    sa.Column("moved_at", Moment),
    sa.Column("moved_why", sa.Text, nullable=False),
    sa.Column("walk_in", sa.Boolean, nullable=False),
    sa.Column("present_at", Moment),
    refer_to("persons", "present_by", null=True),
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
    own_id(),
    refer_to("meetings", "meeting_id"),
    refer_to("units", "unit_id"),
    sa.Column("seat", EnumValue(Seat), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.UniqueConstraint("meeting_id", "unit_id", "seat"),
)
rosters = sa.Table(
    "rosters",
    metadata,
    own_id(),
    refer_to("meetings", "meeting_id"),
    refer_to("units", "unit_id"),
    sa.Column("state", EnumValue(roster.RosterState), nullable=False),
    refer_to("persons", "submitted_by", null=True),
    sa.Column("submitted_at", Moment),
    sa.Column("late", sa.Boolean, nullable=False),
    refer_to("persons", "decided_by", null=True),
    sa.Column("decided_at", Moment),
    sa.Column("reason", sa.Text, nullable=False),
    sa.UniqueConstraint("meeting_id", "unit_id"),
)
guests = sa.Table(
    "guests",
    metadata,
    own_id(),
    refer_to("meetings", "meeting_id", index=True),
    sa.Column("group", sa.Text, nullable=False),
    sa.Column("party", sa.Boolean, nullable=False),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("office", sa.String(200), nullable=False),
    refer_to("persons", "added_by"),
    sa.Column("phone_sealed", sa.Text),
    sa.Column("phone_index", sa.String(64)),
    refer_to("persons", "person_id", null=True, index=True),
    sa.Column("invited_at", Moment),
    sa.Column("reply", EnumValue(guest.GuestReply), nullable=False),
    sa.Column("replied_at", Moment),
    refer_to("persons", "replied_by", null=True),
    sa.Column("stand_in", sa.String(200), nullable=False),
    sa.Column("present_at", Moment),
    refer_to("persons", "present_by", null=True),
)
notices = sa.Table(
    "notices",
    metadata,
    own_id(),
    refer_to("meetings", "meeting_id", index=True),
    sa.Column("text", sa.Text, nullable=False),
    refer_to("persons", "released_by"),
    sa.Column("released_at", Moment, nullable=False),
    sa.Column("starts_at", Moment),
    sa.Column("venue", sa.Text, nullable=False),
    refer_to("persons", "composed_by", null=True),
)
notice_pushes = sa.Table(
    "notice_pushes",
    metadata,
    own_id(),
    refer_to("notices", "notice_id"),
    refer_to("units", "hamlet_id"),
    refer_to("persons", "pushed_by"),
    sa.Column("pushed_at", Moment, nullable=False),
    sa.Column("recipients", sa.Integer, nullable=False),
    sa.UniqueConstraint("notice_id", "hamlet_id"),
)
notice_proofs = sa.Table(
    "notice_proofs",
    metadata,
    own_id(),
    refer_to("notices", "notice_id"),
    refer_to("units", "place_id"),
    sa.Column("means", EnumValue(notice_proof.NoticeMeans), nullable=False),
    sa.Column("at", Moment, nullable=False),
    refer_to("persons", "confirmed_by"),
    sa.Column("confirmed_at", Moment, nullable=False),
    sa.UniqueConstraint("notice_id", "place_id", "means", "at"),
)
meeting_requests = sa.Table(
    "meeting_requests",
    metadata,
    own_id(),
    refer_to("meetings", "meeting_id", index=True),
    sa.Column("kind", EnumValue(meeting_request.RequestKind), nullable=False),
    sa.Column("starts_at", Moment, nullable=False),
    sa.Column("venue", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    refer_to("persons", "asked_by"),
    sa.Column("asked_at", Moment, nullable=False),
    sa.Column("beyond_plan", sa.Boolean, nullable=False),
    sa.Column("recipients", sa.Integer, nullable=False),
    sa.Column("state", EnumValue(question.ProposalState), nullable=False, index=True),
    refer_to("persons", "decided_by", null=True),
    sa.Column("decided_at", Moment),
    sa.Column("note", sa.Text, nullable=False),
)
programme_ticks = sa.Table(
    "programme_ticks",
    metadata,
    sa.Column("meeting_id", sa.Integer, sa.ForeignKey("meetings.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("ticked_at", Moment, nullable=False),
    refer_to("persons", "ticked_by"),
)
conclusion_items = sa.Table(
    "conclusion_items",
    metadata,
    own_id(),
    refer_to("meetings", "meeting_id"),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    refer_to("desks", "desk_id", null=True),
    sa.Column("owner", sa.String(200), nullable=False),
    sa.Column("due_on", sa.Date),
    refer_to("persons", "written_by"),
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
    own_id(),
    refer_to("conclusion_items", "item_id", index=True),
    sa.Column("at", Moment, nullable=False),
    refer_to("persons", "by"),
    sa.Column("text", sa.Text, nullable=False),
)

lay(
    {
        meeting.Meeting: meetings,
        meeting.MeetingHamlet: meeting_hamlets,
        meeting.Registration: registrations,
        roster.Quota: quotas,
        roster.Roster: rosters,
        guest.Guest: guests,
        meeting.Notice: notices,
        meeting.NoticePush: notice_pushes,
        notice_proof.NoticeProof: notice_proofs,
        meeting_request.MeetingRequest: meeting_requests,
        meeting.ProgrammeTick: programme_ticks,
        conclusion.ConclusionItem: conclusion_items,
        conclusion.ConclusionLink: conclusion_links,
        conclusion.ConclusionProgress: conclusion_progress,
    }
)
