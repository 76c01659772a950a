"""What is kept sealed: for whom, which matters there are, and their ciphertexts. No column here has words."""

import sqlalchemy as sa

from intake.rules.sealed import matter
from storage.tables.schema import NEVER_AGAIN, lay, metadata, own_id, refer_to
from storage.types import EnumValue, Moment

sealed_keys = sa.Table(
    "sealed_keys",
    metadata,
    own_id(),
    refer_to("units", "unit_id", index=True),
    refer_to("persons", "person_id", index=True),
    sa.Column("recovery", sa.String(80), nullable=False),
    sa.Column("named_at", Moment, nullable=False),
    sa.Column("recipient", sa.String(80), nullable=False),
    sa.Column("wrapped", sa.Text, nullable=False),
    sa.Column("wrong", sa.Integer, nullable=False),
    sa.Column("wrong_at", Moment),
    sa.Column("ended_at", Moment),
)
sealed_matters = sa.Table(
    "sealed_matters",
    metadata,
    own_id(),
    refer_to("units", "unit_id", index=True),
    sa.Column("code_digest", sa.String(64), nullable=False, index=True),
    sa.Column("received_on", sa.Date, nullable=False),
    sa.Column("state", EnumValue(matter.SealedState), nullable=False),
    sa.Column("waits", sa.Boolean, nullable=False),
    sqlite_autoincrement=NEVER_AGAIN,
)
sealed_parts = sa.Table(
    "sealed_parts",
    metadata,
    own_id(),
    refer_to("sealed_matters", "matter_id", index=True),
    refer_to("sealed_keys", "key_id", null=True, index=True),
    sa.Column("kind", EnumValue(matter.SealedKind), nullable=False),
    sa.Column("received_on", sa.Date, nullable=False),
    sa.Column("ciphertext", sa.LargeBinary, nullable=False),
)
sealed_files = sa.Table(
    "sealed_files",
    metadata,
    own_id(),
    refer_to("sealed_parts", "part_id", index=True),
    sa.Column("name", sa.String(64), nullable=False, unique=True),
)

lay(
    {
        matter.SealedKey: sealed_keys,
        matter.SealedMatter: sealed_matters,
        matter.SealedPart: sealed_parts,
        matter.SealedFile: sealed_files,
    }
)
