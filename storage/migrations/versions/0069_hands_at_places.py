"""Hands at places

The hands of people without a phone, as they were counted at a hamlet or in the whole hall.

Revision: 0069, after 0068.
"""

import sqlalchemy as sa
from alembic import op


revision = '0069'
down_revision = '0068'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'place_hands',
        sa.Column('hands_id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('counts', sa.JSON(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['hands_id'], ['shows_of_hands.id'], name='fk_place_hands_hands_id'),
        sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name='fk_place_hands_unit_id'),
        sa.PrimaryKeyConstraint('hands_id', 'unit_id', name='pk_place_hands'),
    )
    connection = op.get_bind()
    if connection.dialect.name == 'postgresql':
        connection.exec_driver_sql(
            'CREATE TRIGGER place_hands_tell AFTER INSERT OR UPDATE OR DELETE ON place_hands '
            'FOR EACH ROW EXECUTE FUNCTION tell_of_hand()'
        )


def downgrade() -> None:
    op.drop_table('place_hands')
