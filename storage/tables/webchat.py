"""The web chat's own history."""

import sqlalchemy as sa

from storage.tables.schema import NEVER_AGAIN, metadata, own_id, refer_to
from storage.types import Moment

web_messages = sa.Table(
    "web_messages",
    metadata,
    own_id(),
    refer_to("accounts", "account_id"),
    # what the bot said carries its letter: the same letter is never shown twice
    sa.Column("letter_id", sa.Integer, unique=True),
    sa.Column("said", sa.JSON, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Index("ix_web_messages_account_id_id", "account_id", "id"),
    sqlite_autoincrement=NEVER_AGAIN,
)
