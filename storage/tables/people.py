"""Persons, their chats and roles, and what was heard of them."""

import sqlalchemy as sa

from intake.rules.people import account_link, block, breach, consent, correction, data_copy, lending, person
from storage.tables.schema import NEVER_AGAIN, lay, metadata, own_id, refer_to
from storage.types import EnumValue, Moment

persons = sa.Table(
    "persons",
    metadata,
    own_id(),
    sa.Column("name", sa.String(120), nullable=False),
    refer_to("units", "hamlet_id", null=True, index=True),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("language_known", sa.Boolean, nullable=False),
    sa.Column("phone_sealed", sa.Text),
    sa.Column("phone_index", sa.String(64), index=True),
    sa.Column("phone_proven", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("consent_version", sa.String(20)),
    sa.Column("consent_at", Moment),
    refer_to("persons", "entered_by", null=True, index=True),
    sa.Column("erased_at", Moment),
    sa.Column("created_at", Moment),
    sa.Column("place", sa.String(80), nullable=False, server_default=""),
    sa.Column("known_as", sa.String(40), nullable=False, server_default=""),
    sa.Column("shares_phone", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("members", sa.Integer, nullable=False, server_default="0"),
    sa.Column("blocked_until", Moment),
    sa.Column("withdrawn_at", Moment),
    sa.Column("restricted_at", Moment),
)
accounts = sa.Table(
    "accounts",
    metadata,
    own_id(),
    sa.Column("network", EnumValue(person.Network), nullable=False),
    sa.Column("channel", sa.String(80), nullable=False),
    sa.Column("address", sa.String(120), nullable=False),
    refer_to("persons", "person_id", null=True, index=True),
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
    sa.Column("asked", sa.Integer, nullable=False, server_default="0"),
    sa.Column("kept_on", sa.Date),
    sa.Column("kept_letters", sa.Integer, nullable=False, server_default="0"),
    sa.Column("kept_bytes", sa.BigInteger, nullable=False, server_default="0"),
)
grants = sa.Table(
    "grants",
    metadata,
    own_id(),
    refer_to("persons", "person_id", index=True),
    sa.Column("role", EnumValue(person.Role), nullable=False),
    refer_to("units", "unit_id"),
    refer_to("desks", "desk_id", null=True, index=True),
    sa.Column("given_at", Moment),
    refer_to("persons", "given_by", null=True),
    sa.Index("ix_grants_role_unit_id", "role", "unit_id"),
    sqlite_autoincrement=NEVER_AGAIN,
)
invitations = sa.Table(
    "invitations",
    metadata,
    own_id(),
    sa.Column("code_digest", sa.String(64), nullable=False, unique=True),
    sa.Column("role", EnumValue(person.Role), nullable=False),
    refer_to("units", "unit_id"),
    refer_to("desks", "desk_id", null=True),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
    refer_to("persons", "created_by", null=True),
    sa.Column("used_at", Moment),
    refer_to("persons", "used_by", null=True),
    sa.Column("needs_second", sa.Boolean, nullable=False, server_default=sa.false()),
    refer_to("persons", "approved_by", null=True),
    sa.Column("replaces", sa.Integer),
)
ended_grants = sa.Table(
    "ended_grants",
    metadata,
    own_id(),
    refer_to("persons", "person_id", index=True),
    sa.Column("role", EnumValue(person.Role), nullable=False),
    refer_to("units", "unit_id", index=True),
    refer_to("desks", "desk_id", null=True),
    sa.Column("given_at", Moment),
    refer_to("persons", "given_by", null=True),
    sa.Column("ended_at", Moment, nullable=False),
    refer_to("persons", "ended_by", null=True),
    sa.Column("until", sa.Date, index=True),
    sa.Column("grant_id", sa.Integer),
    sa.Column("settled_at", Moment),
    sqlite_autoincrement=NEVER_AGAIN,
)
role_requests = sa.Table(
    "role_requests",
    metadata,
    own_id(),
    sa.Column("grant_id", sa.Integer, nullable=False),
    refer_to("persons", "asked_by"),
    sa.Column("asked_at", Moment, nullable=False),
    sa.Column("until", sa.Date),
    sa.Column("decided_at", Moment),
)
blocks = sa.Table(
    "blocks",
    metadata,
    own_id(),
    refer_to("persons", "person_id", index=True),
    refer_to("units", "unit_id"),
    sa.Column("reason", sa.Text, nullable=False),
    refer_to("persons", "blocked_by"),
    sa.Column("blocked_at", Moment, nullable=False),
    sa.Column("until", Moment, nullable=False),
    refer_to("persons", "ended_by", null=True),
    sa.Column("ended_at", Moment),
)
account_links = sa.Table(
    "account_links",
    metadata,
    own_id(),
    sa.Column("code_digest", sa.String(64), nullable=False, unique=True),
    refer_to("persons", "person_id", index=True),
    refer_to("accounts", "asked_in"),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
    refer_to("accounts", "claimed_by", null=True),
    sa.Column("ended_at", Moment),
    sqlite_autoincrement=NEVER_AGAIN,
)
breaches = sa.Table(
    "breaches",
    metadata,
    own_id(),
    refer_to("units", "unit_id"),
    sa.Column("noticed_at", Moment, nullable=False),
    sa.Column("noted_at", Moment, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("people", sa.Integer),
    sa.Column("reported_at", Moment),
    sa.Column("measures", sa.Text, nullable=False),
    sa.Column("closed_at", Moment),
)
corrections = sa.Table(
    "corrections",
    metadata,
    own_id(),
    refer_to("persons", "person_id", index=True),
    sa.Column("what", EnumValue(correction.CorrectedField), nullable=False),
    sa.Column("was_sealed", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
    refer_to("persons", "by"),
    sqlite_autoincrement=NEVER_AGAIN,  # the audit names them
)
consents = sa.Table(
    "consents",
    metadata,
    own_id(),
    refer_to("persons", "person_id", index=True),
    sa.Column("version", sa.String(20), nullable=False),
    sa.Column("given_at", Moment, nullable=False),
    sa.Column("guardian", sa.String(120), nullable=False),
    sa.Column("withdrawn_at", Moment),
)
data_copies = sa.Table(
    "data_copies",
    metadata,
    own_id(),
    refer_to("persons", "person_id", index=True),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("document_sha256", sa.String(64), nullable=False),
    sa.Column("json_sha256", sa.String(64), nullable=False),
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

lay(
    {
        person.Person: persons,
        person.Account: accounts,
        person.Grant: grants,
        person.EndedGrant: ended_grants,
        person.Invitation: invitations,
        block.Block: blocks,
        lending.RoleRequest: role_requests,
        account_link.AccountLink: account_links,
        breach.Breach: breaches,
        consent.Consent: consents,
        correction.DataCorrection: corrections,
        data_copy.DataCopy: data_copies,
    }
)
