"""Letters and broadcasts, and how many messages were paid for."""

import sqlalchemy as sa

from intake.rules.outbox import broadcast, channel_policy, letter
from intake.rules.people import person
from storage.tables.schema import NEVER_AGAIN, lay, metadata, own_id, refer_to
from storage.types import EnumValue, Moment, Rank

broadcasts = sa.Table(
    "broadcasts",
    metadata,
    own_id(),
    sa.Column("name", sa.String(80), nullable=False, index=True),
    refer_to("units", "unit_id"),
    sa.Column("content", sa.JSON, nullable=False),
    refer_to("persons", "started_by", null=True),
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
    own_id(),
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
    refer_to("persons", "told_by", null=True),
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
    # the few that failed and are tried again: nothing that is said later overtakes them in their chat
    sa.Index(
        "ix_letters_failed",
        "account_id",
        "not_before",
        sqlite_where=sa.text("state = 'waiting' AND attempts > 0"),
        postgresql_where=sa.text("state = 'waiting' AND attempts > 0"),
    ),
    sqlite_autoincrement=NEVER_AGAIN,
)
message_recalls = sa.Table(
    "message_recalls",
    metadata,
    own_id(),
    sa.Column("network", EnumValue(person.Network), nullable=False),
    sa.Column("channel", sa.String(100), nullable=False),
    sa.Column("address", sa.String(200), nullable=False),
    sa.Column("message", sa.String(80), nullable=False),
    sa.Column("until", Moment, nullable=False),
    sqlite_autoincrement=NEVER_AGAIN,
)
message_counts = sa.Table(
    "message_counts",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), primary_key=True),
    sa.Column("month", sa.Date, primary_key=True),
    sa.Column("way", EnumValue(channel_policy.Way), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
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

lay(
    {
        broadcast.Broadcast: broadcasts,
        letter.Letter: letters,
    }
)
