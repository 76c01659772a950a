"""Browsers that ask to be let in to the desk, those in which somebody sits there, what is confirmed anew."""

import sqlalchemy as sa

from intake.rules.people import office_session
from storage.tables.schema import NEVER_AGAIN, lay, metadata, own_id, refer_to
from storage.types import EnumValue, Moment

office_entries = sa.Table(
    "office_entries",
    metadata,
    own_id(),
    sa.Column("token_digest", sa.String(64), nullable=False, unique=True),
    sa.Column("code_digest", sa.String(64), nullable=False, index=True),
    sa.Column("browser", sa.String(80), nullable=False),
    sa.Column("asked_at", Moment, nullable=False),
    sa.Column("expires_at", Moment, nullable=False, index=True),
    refer_to("accounts", "claimed_by", null=True),
    refer_to("persons", "person_id", null=True),
    sa.Column("ended_at", Moment),
    sqlite_autoincrement=NEVER_AGAIN,
)
office_sessions = sa.Table(
    "office_sessions",
    metadata,
    own_id(),
    sa.Column("token_digest", sa.String(64), nullable=False, unique=True),
    refer_to("persons", "person_id", index=True),
    refer_to("accounts", "account_id"),
    sa.Column("browser", sa.String(80), nullable=False),
    sa.Column("opened_at", Moment, nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
    sa.Column("ended_at", Moment),
    sqlite_autoincrement=NEVER_AGAIN,
)
office_confirmations = sa.Table(
    "office_confirmations",
    metadata,
    own_id(),
    refer_to("office_sessions", "session_id", index=True),
    sa.Column("act", EnumValue(office_session.ConfirmedAct), nullable=False),
    sa.Column("asked_at", Moment, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
    sa.Column("agreed_at", Moment),
    sa.Column("ended_at", Moment),
    sa.Column("about", sa.String(64), nullable=False, server_default=""),
    sqlite_autoincrement=NEVER_AGAIN,
)

lay(
    {
        office_session.OfficeEntry: office_entries,
        office_session.OfficeSession: office_sessions,
        office_session.OfficeConfirmation: office_confirmations,
    }
)
