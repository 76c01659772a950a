"""Audit by day

The audit trail is read at the desk by day, a page at a time.

Revision: 0045, after 0044.
"""

from alembic import op


revision = '0045'
down_revision = '0044'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_audit_entries_at', 'audit_entries', ['at', 'id'])


def downgrade() -> None:
    op.drop_index('ix_audit_entries_at', table_name='audit_entries')
