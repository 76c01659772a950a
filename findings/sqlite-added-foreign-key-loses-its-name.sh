#!/usr/bin/env bash
# Alembic 1.20.1 with SQLAlchemy 2.1.9: a foreign key that is added to a SQLite table cannot be dropped again by its name.
#
# SQLite's ALTER TABLE takes a foreign key only behind the column that it adds. Two ways lead there, and both lose the name:
# - `op.add_column(…, inline_references=True)` (Alembic 1.18.2 and later) writes REFERENCES without the name that the ForeignKey was
#   given, on PostgreSQL as on SQLite (PostgreSQL then makes up one of its own).
# - ADD COLUMN … CONSTRAINT name REFERENCES …, written by hand: SQLite keeps the name in the text of the table, but SQLAlchemy's
#   reflection gives a name only to constraints on a line of their own in CREATE TABLE, and reports None.
# `batch_op.drop_constraint(name)` reflects the table first and raises “No such constraint”. The same key of a table that was created
# whole is found.
#
# Where it bites: a downgrade that drops constraint and column works on a database that was created at the newest revision and on
# PostgreSQL, and fails on the SQLite file that has lived through the upgrades. Dropping the column alone takes its key along.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet sqlalchemy==2.1.9 alembic==1.20.1
"$folder/env/bin/python" - <<'PY'
import io
import sqlite3

import alembic
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

print("SQLAlchemy", sa.__version__, "Alembic", alembic.__version__, "SQLite", sqlite3.sqlite_version)


def given_by() -> sa.Column[int]:
    return sa.Column("given_by", sa.Integer, sa.ForeignKey("persons.id", name="fk_given_by"))


def names(connection: sa.Connection, table: str) -> list[str | None]:
    return [key["name"] for key in sa.inspect(connection).get_foreign_keys(table)]


for dialect in ("postgresql", "sqlite"):
    written = io.StringIO()
    offline = Operations(MigrationContext.configure(dialect_name=dialect, opts={"as_sql": True, "output_buffer": written}))
    offline.add_column("grown", given_by(), inline_references=True)
    print(f"{dialect}:", written.getvalue().strip())
    assert "REFERENCES" in written.getvalue()
    assert "fk_given_by" not in written.getvalue(), "changed: inline_references writes the name"

with sa.create_engine("sqlite://").begin() as connection:
    op = Operations(MigrationContext.configure(connection))
    op.create_table("persons", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table("whole", sa.Column("id", sa.Integer, primary_key=True), given_by())
    op.create_table("grown", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("ALTER TABLE grown ADD COLUMN given_by INTEGER CONSTRAINT fk_given_by REFERENCES persons (id)")
    kept = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'grown'").scalar_one()
    assert "fk_given_by" in kept, "changed: SQLite does not keep the name"
    print("reflected, created whole:", names(connection, "whole"))
    print("reflected, added later:  ", names(connection, "grown"))
    assert names(connection, "whole") == ["fk_given_by"]
    assert names(connection, "grown") == [None], "changed: the name is found"
    try:
        with op.batch_alter_table("grown") as batch:
            batch.drop_constraint("fk_given_by", type_="foreignkey")
    except ValueError as error:
        print("drop_constraint:", error)
    else:
        raise SystemExit("changed: the constraint can be dropped by its name")
    with op.batch_alter_table("grown") as batch:
        batch.drop_column("given_by")
    assert names(connection, "grown") == [], "changed: the key outlives its column"
    print("drop_column: gone with its key")
PY
