"""What PostgreSQL tells every process of by itself, once it is committed, whoever wrote it.

Triggers tell it, so that no deed pays a way to the server for it, and what is changed by hand is told too. Only numbers
are told: what is new is read from where it lies. SQLite has one process, which knows what it did.
"""

import sqlalchemy as sa

LINES = "doithoai_lines"
"""`chat:line`: a web chat has a new line, or is over (`ENDED` for the line). In lower case, as names are folded."""
MEETINGS = "doithoai_meetings"
"""`meeting`: something changed of what its hall and its room show."""
NEWS = "doithoai_news"
"""`person:news`: a question is new to somebody of the office."""
HEARD = "doithoai_heard"
"""A word that a listener said itself, to know whether it hears."""
ENDED = 2**63 - 1

_FUNCTIONS = {
    "tell_of_line": f"PERFORM pg_notify('{LINES}', NEW.account_id || ':' || NEW.id);",
    "tell_of_end": f"PERFORM pg_notify('{LINES}', NEW.id || ':{ENDED}');",
    "tell_of_news": f"PERFORM pg_notify('{NEWS}', NEW.person_id || ':' || NEW.id);",
    "tell_of_meeting": f"PERFORM pg_notify('{MEETINGS}', NEW.id::text);",
    "tell_of_part": (
        f"IF TG_OP <> 'INSERT' AND OLD.meeting_id IS NOT NULL THEN "
        f"PERFORM pg_notify('{MEETINGS}', OLD.meeting_id::text); END IF; "
        f"IF TG_OP <> 'DELETE' AND NEW.meeting_id IS NOT NULL THEN "
        f"PERFORM pg_notify('{MEETINGS}', NEW.meeting_id::text); END IF;"
    ),
    "tell_of_hand": (
        f"PERFORM pg_notify('{MEETINGS}', meeting_id::text) FROM shows_of_hands "
        f"WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.hands_id ELSE NEW.hands_id END;"
    ),
}
_TOLD = {
    "web_messages": ("AFTER INSERT", "", "tell_of_line"),
    "accounts": ("AFTER UPDATE OF address", "WHEN (NEW.address LIKE 'closed-%') ", "tell_of_end"),
    "question_news": ("AFTER INSERT", "", "tell_of_news"),
    "meetings": ("AFTER UPDATE", "", "tell_of_meeting"),
    "registrations": ("AFTER INSERT OR UPDATE OR DELETE", "", "tell_of_part"),
    "programme_ticks": ("AFTER INSERT OR UPDATE OR DELETE", "", "tell_of_part"),
    "questions": ("AFTER INSERT OR UPDATE OR DELETE", "", "tell_of_part"),
    "shows_of_hands": ("AFTER INSERT OR UPDATE OR DELETE", "", "tell_of_part"),
    "hands": ("AFTER INSERT OR UPDATE OR DELETE", "", "tell_of_hand"),
    "place_hands": ("AFTER INSERT OR UPDATE OR DELETE", "", "tell_of_hand"),
}


def statements_of(table: str) -> tuple[str, ...]:
    """What makes PostgreSQL tell of a table: its function, and the trigger `<table>_tell`; none for most tables."""
    if table not in _TOLD:
        return ()
    when, only, function = _TOLD[table]
    return (
        (
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {_FUNCTIONS[function]} RETURN NULL; END $$"
        ),
        f"CREATE TRIGGER {table}_tell {when} ON {table} FOR EACH ROW {only}EXECUTE FUNCTION {function}()",
    )


def tell(metadata: sa.MetaData) -> None:
    """Have the triggers made with the tables of a catalogue, where these are made without migrations."""
    for name in _TOLD:
        for statement in statements_of(name):
            made = sa.DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
            sa.event.listen(metadata.tables[name], "after_create", made.execute_if(dialect="postgresql"))
