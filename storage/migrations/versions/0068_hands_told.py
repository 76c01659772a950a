"""Hands told

PostgreSQL tells every process of shows of hands and of each hand that goes up or down, by triggers.

Revision: 0068, after 0064.
"""

from alembic import op


revision = '0068'
down_revision = '0064'
branch_labels = None
depends_on = None

_BODY = """
    PERFORM pg_notify('doithoai_meetings', meeting_id::text) FROM shows_of_hands
        WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.hands_id ELSE NEW.hands_id END;
"""
_TRIGGERS = {'shows_of_hands': 'tell_of_part', 'hands': 'tell_of_hand'}


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != 'postgresql':
        return
    connection.exec_driver_sql(
        f'CREATE FUNCTION tell_of_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {_BODY} RETURN NULL; END $$'
    )
    for table, function in _TRIGGERS.items():
        connection.exec_driver_sql(
            f'CREATE TRIGGER {table}_tell AFTER INSERT OR UPDATE OR DELETE ON {table} '
            f'FOR EACH ROW EXECUTE FUNCTION {function}()'
        )


def downgrade() -> None:
    if op.get_bind().dialect.name != 'postgresql':
        return
    for table in _TRIGGERS:
        op.execute(f'DROP TRIGGER {table}_tell ON {table}')
    op.execute('DROP FUNCTION tell_of_hand()')
