"""The register of documents."""

import sqlalchemy as sa

from intake.rules.papers import figures, kinds, order, register, template
from storage.tables.schema import NEVER_AGAIN, lay, metadata, own_id, refer_to
from storage.types import EnumValue, Moment

documents = sa.Table(
    "documents",
    metadata,
    own_id(),
    refer_to("units", "unit_id", index=True),
    refer_to("plans", "plan_id", index=True),
    sa.Column("kind", EnumValue(kinds.PaperKind), nullable=False),
    sa.Column("about", sa.String(40), nullable=False),
    sa.Column("series", sa.String(4), nullable=False),
    refer_to("persons", "made_by"),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("series_year", sa.Integer, nullable=False),
    sa.Column("number", sa.Integer),
    sa.Column("dated_on", sa.Date),
    refer_to("persons", "registered_by", null=True),
    sa.Column("registered_at", Moment),
    sa.Column("signed_on", sa.Date),
    refer_to("persons", "signed_noted_by", null=True),
    sa.Column("final_sha256", sa.String(64)),
    sa.Column("scan_sha256", sa.String(64)),
    sa.Column("sent", sa.JSON, nullable=False, server_default=sa.text("'[]'")),
    # a number of a series is given once, whoever asks at the same moment; drafts have none, and none is like another
    sa.UniqueConstraint("unit_id", "series", "series_year", "number"),
)

years_by_hand = sa.Table(
    "years_by_hand",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), primary_key=True, autoincrement=False),
    sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("received", sa.Integer, nullable=False),
    sa.Column("there", sa.Integer, nullable=False),
    sa.Column("later", sa.Integer, nullable=False),
    sa.Column("forwarded", sa.Integer, nullable=False),
    sa.Column("declined", sa.Integer, nullable=False),
    sa.Column("open", sa.Integer, nullable=False),
    sa.Column("source", sa.String(figures.LONGEST_SOURCE), nullable=False),
    refer_to("persons", "entered_by"),
)


made_papers = sa.Table(
    "made_papers",
    metadata,
    own_id(),
    refer_to("plans", "plan_id"),
    sa.Column("kind", EnumValue(kinds.PaperKind), nullable=False),
    sa.Column("about", sa.String(40), nullable=False, index=True),
    # not called sha256: what is so called keeps a file, and this only remembers it
    sa.Column("content_name", sa.String(64), nullable=False),
    sa.Column("made_at", Moment, nullable=False),
)

paper_orders = sa.Table(
    "paper_orders",
    metadata,
    own_id(),
    refer_to("plans", "plan_id"),
    sa.Column("kind", EnumValue(kinds.PaperKind), nullable=False),
    sa.Column("about", sa.String(40), nullable=False),
    sa.Column("form", EnumValue(kinds.PaperFormat)),
    refer_to("persons", "person_id", index=True),
    refer_to("accounts", "account_id"),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column("asked_at", Moment, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    refer_to("documents", "document_id", null=True),
    sa.Column("tries", sa.Integer, nullable=False),
    sqlite_autoincrement=NEVER_AGAIN,  # whoever was slow with one must not take another away
)

unit_templates = sa.Table(
    "unit_templates",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), primary_key=True, autoincrement=False),
    sa.Column("kind", EnumValue(kinds.PaperKind), primary_key=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    refer_to("persons", "kept_by"),
    sa.Column("kept_at", Moment, nullable=False),
)

lay(
    {
        register.OfficeDocument: documents,
        register.MadePaper: made_papers,
        figures.YearByHand: years_by_hand,
        template.UnitTemplate: unit_templates,
        order.PaperOrder: paper_orders,
    }
)
