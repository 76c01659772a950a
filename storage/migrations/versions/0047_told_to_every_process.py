"""Told to every process

PostgreSQL tells every process of new lines of web chats, of chats that are over, and of meetings whose hall and room show
something else, by triggers.

Revision: 0047, after 0046.
"""

from alembic import op


revision = '0047'
down_revision = '0046'
branch_labels = None
depends_on = None

_TELL = {
    'tell_of_line': "PERFORM pg_notify('doithoai_lines', NEW.account_id || ':' || NEW.id);",
    'tell_of_end': "PERFORM pg_notify('doithoai_lines', NEW.id || ':9223372036854775807');",
    'tell_of_meeting': "PERFORM pg_notify('doithoai_meetings', NEW.id::text);",
    'tell_of_part': """
        IF TG_OP <> 'INSERT' AND OLD.meeting_id IS NOT NULL THEN
            PERFORM pg_notify('doithoai_meetings', OLD.meeting_id::text);
        END IF;
        IF TG_OP <> 'DELETE' AND NEW.meeting_id IS NOT NULL THEN
            PERFORM pg_notify('doithoai_meetings', NEW.meeting_id::text);
        END IF;
    """,
}
_EVERY_CHANGE = 'AFTER INSERT OR UPDATE OR DELETE ON {} FOR EACH ROW EXECUTE FUNCTION tell_of_part()'
_TRIGGERS = {
    'web_messages': 'AFTER INSERT ON {} FOR EACH ROW EXECUTE FUNCTION tell_of_line()',
    'accounts': (
        "AFTER UPDATE OF address ON {} FOR EACH ROW WHEN (NEW.address LIKE 'closed-%') EXECUTE FUNCTION tell_of_end()"
    ),
    'meetings': 'AFTER UPDATE ON {} FOR EACH ROW EXECUTE FUNCTION tell_of_meeting()',
    'registrations': _EVERY_CHANGE,
    'programme_ticks': _EVERY_CHANGE,
    'questions': _EVERY_CHANGE,
}


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != 'postgresql':
        return
    for function, body in _TELL.items():
        connection.exec_driver_sql(
            f'CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$'
        )
    for table, trigger in _TRIGGERS.items():
        connection.exec_driver_sql(f'CREATE TRIGGER {table}_tell {trigger.format(table)}')


def downgrade() -> None:
    if op.get_bind().dialect.name != 'postgresql':
        return
    for table in _TRIGGERS:
        op.execute(f'DROP TRIGGER {table}_tell ON {table}')
    for function in _TELL:
        op.execute(f'DROP FUNCTION {function}()')
