"""Units with their desks and topics, and the plans they carry out."""

import sqlalchemy as sa

from intake.rules.people import contact, unit
from intake.rules.plan import applied_paper, plan
from storage.tables.schema import lay, metadata, own_id, refer_to
from storage.types import EnumValue, Moment, ProfileText

units = sa.Table(
    "units",
    metadata,
    own_id(),
    sa.Column("code", sa.String(40), nullable=False, unique=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("level", EnumValue(unit.Level), nullable=False),
    refer_to("units", "parent_id", null=True, index=True),
    sa.Column("path", sa.String(120), nullable=False),
    sa.Column("households", sa.Integer),
)
desks = sa.Table(
    "desks",
    metadata,
    own_id(),
    refer_to("units", "unit_id"),
    sa.Column("code", sa.String(40), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("answers", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.UniqueConstraint("unit_id", "code"),
)
topics = sa.Table(
    "topics",
    metadata,
    own_id(),
    refer_to("units", "unit_id"),
    sa.Column("code", sa.String(40), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    refer_to("topics", "parent_id", null=True),
    refer_to("desks", "desk_id", null=True),
    sa.Column("sensitive", sa.Boolean, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("own", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.UniqueConstraint("unit_id", "code"),
)
plans = sa.Table(
    "plans",
    metadata,
    own_id(),
    sa.Column("code", sa.String(40), nullable=False, unique=True),
    refer_to("units", "unit_id", index=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("profile", ProfileText, nullable=False),
    sa.Column("choices", sa.JSON, nullable=False),
    sa.Column("chosen", sa.JSON, nullable=False, server_default=sa.text("'{}'")),
    sa.Column("status", EnumValue(plan.PlanStatus), nullable=False, server_default="in_force"),
)
applied_papers = sa.Table(
    "applied_papers",
    metadata,
    own_id(),
    refer_to("plans", "plan_id", index=True),
    refer_to("meetings", "meeting_id", null=True),
    sa.Column("effect", EnumValue(applied_paper.PaperEffect), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("number", sa.String(applied_paper.LONGEST_NUMBER), nullable=False),
    sa.Column("issued_on", sa.Date),
    sa.Column("changes", sa.String(applied_paper.LONGEST_NUMBER), nullable=False),
    refer_to("persons", "applied_by", null=True),
    sa.Column("applied_at", Moment, nullable=False),
)

contacts = sa.Table(
    "contacts",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), primary_key=True),
    sa.Column("kind", EnumValue(contact.ContactKind), primary_key=True),
    sa.Column("text", sa.String(contact.LONGEST), nullable=False),
    refer_to("persons", "set_by", null=True),
    sa.Column("set_at", Moment, nullable=False),
)

lay(
    {
        unit.Unit: units,
        unit.Desk: desks,
        unit.Topic: topics,
        plan.Plan: plans,
        applied_paper.AppliedPaper: applied_papers,
        contact.UnitContact: contacts,
    }
)
