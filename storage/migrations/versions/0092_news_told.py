"""News told

What is new to somebody of the office is told to every process.

Revision: 0092, after 0091.
"""

from alembic import op


revision = '0092'
down_revision = '0091'
branch_labels = None
depends_on = None

_TELL = """
CREATE OR REPLACE FUNCTION tell_of_news() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_notify('doithoai_news', NEW.person_id || ':' || NEW.id); RETURN NULL; END $$
"""


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == 'postgresql':
        connection.exec_driver_sql(_TELL)
        connection.exec_driver_sql(
            'CREATE TRIGGER question_news_tell AFTER INSERT ON question_news '
            'FOR EACH ROW EXECUTE FUNCTION tell_of_news()'
        )


def downgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == 'postgresql':
        connection.exec_driver_sql('DROP TRIGGER question_news_tell ON question_news')
        connection.exec_driver_sql('DROP FUNCTION tell_of_news()')
