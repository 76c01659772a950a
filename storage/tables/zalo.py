"""What Zalo needs beside what every network has: stored events, tokens, menus."""

import sqlalchemy as sa

from storage.tables.schema import metadata, own_id
from storage.types import Moment

zalo_events = sa.Table(
    "zalo_events",
    metadata,
    own_id(),
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
