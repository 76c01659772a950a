"""Clocks, alerts and tasks, and what was entered by hand about the calendar they go by."""

import sqlalchemy as sa

from intake.rules.deadlines import deadline, task
from intake.rules.deadlines.clock import ClockKind
from intake.rules.people.consent import DataRight
from storage.tables.schema import lay, metadata, own_id, refer_to
from storage.types import EnumValue, Moment

tasks = sa.Table(
    "tasks",
    metadata,
    own_id(),
    refer_to("units", "unit_id"),
    sa.Column("kind", EnumValue(task.TaskKind), nullable=False),
    sa.Column("key", sa.String(120), nullable=False, unique=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("opened_at", Moment, nullable=False),
    refer_to("plans", "plan_id", null=True),
    refer_to("persons", "person_id", null=True, index=True),
    sa.Column("text", sa.Text, nullable=False),
    refer_to("persons", "accepted_by", null=True),
    sa.Column("accepted_at", Moment),
    refer_to("persons", "done_by", null=True),
    sa.Column("done_at", Moment),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("what", sa.String(60), nullable=False, server_default=""),
    sa.Column("phrase", sa.Text, nullable=False, server_default=""),
    refer_to("meetings", "meeting_id", null=True, index=True),
    refer_to("desks", "desk_id", null=True),
    sa.Column("others", sa.JSON, nullable=False, server_default=sa.text("'[]'")),
    sa.Column("recipients", sa.JSON, nullable=False, server_default=sa.text("'[]'")),
    refer_to("persons", "given_by", null=True),
    refer_to("persons", "seen_by", null=True),
    sa.Column("seen_at", Moment),
    sa.Column("right", EnumValue(DataRight)),
    sa.Index("ix_tasks_unit_id_done_at", "unit_id", "done_at"),
)
task_notes = sa.Table(
    "task_notes",
    metadata,
    own_id(),
    refer_to("tasks", "task_id", index=True),
    refer_to("persons", "by"),
    sa.Column("at", Moment, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)
task_files = sa.Table(
    "task_files",
    metadata,
    own_id(),
    refer_to("tasks", "task_id", index=True),
    refer_to("persons", "by"),
    sa.Column("at", Moment, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("media_type", sa.String(80), nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
)
clocks = sa.Table(
    "clocks",
    metadata,
    own_id(),
    sa.Column("kind", EnumValue(ClockKind), nullable=False),
    refer_to("units", "unit_id"),
    refer_to("questions", "question_id", null=True, index=True),
    refer_to("meetings", "meeting_id", null=True, index=True),
    sa.Column("anchor_on", sa.Date, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("due", sa.JSON, nullable=False),
    sa.Column("wake_on", sa.Date, nullable=False),
    sa.Column("state", EnumValue(deadline.ClockState), nullable=False),
    sa.Column("history", sa.JSON, nullable=False),
    sa.Column("ended_at", Moment),
    refer_to("tasks", "task_id", null=True, index=True),
    sa.Column("item_id", sa.Integer, sa.ForeignKey("conclusion_items.id"), unique=True),
    sa.Column("provisional", sa.Boolean, nullable=False, server_default=sa.false()),
    # what the sweep reads: nothing but the clocks that are due to be looked at, unit after unit
    sa.Index(
        "ix_clocks_running_wake_on",
        "wake_on",
        "unit_id",
        "id",
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    ),
    # what the office's lists read by due date: unit after unit, the soonest first
    sa.Index(
        "ix_clocks_running_due_on",
        "unit_id",
        "due_on",
        "question_id",
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    ),
)
alerts = sa.Table(
    "alerts",
    metadata,
    own_id(),
    sa.Column("subject", sa.String(40), nullable=False),
    refer_to("persons", "recipient_id"),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("raised_at", Moment, nullable=False),
    sa.UniqueConstraint("subject", "recipient_id", "kind", "due_on"),
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
    own_id(),
    sa.Column("days_from", sa.Date),
    sa.Column("days_to", sa.Date),
    refer_to("plans", "plan_id", null=True),
    sa.Column("reason", sa.JSON, nullable=False),
    sa.Column("asked_at", Moment, nullable=False),
)

lay(
    {
        deadline.Recomputation: recomputations,
        task.Task: tasks,
        task.TaskNote: task_notes,
        task.TaskFile: task_files,
        deadline.Clock: clocks,
    }
)
