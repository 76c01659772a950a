#!/usr/bin/env bash
# SQLAlchemy 2.1.9: a parameter of a SELECT whose name is also that of a column gets into SET of an UPDATE that stands in its WITH.
#
# An UPDATE that is run by itself takes parameters named after columns as further columns to set; that is documented. The same is done
# with the parameters of a whole SELECT for an UPDATE … RETURNING in one of its common table expressions (PostgreSQL), also where the
# UPDATE names its columns by values(). The statement is compiled with a column nobody asked to set, and running it ends in “A value is
# required for bind parameter '%(… param)s'”, a parameter nobody gave. With any other name of the parameter all is well.
#
# Where it bites: `WITH heard AS (UPDATE accounts … WHERE address = :address RETURNING …) SELECT …` with {"address": …}; call the
# parameter `at_address`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet sqlalchemy==2.1.9
"$folder/env/bin/python" - <<'PY'
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

print("SQLAlchemy", sa.__version__)
accounts = sa.Table(
    "accounts", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("address", sa.Text), sa.Column("heard", sa.Integer)
)


def statement(name: str) -> sa.Select[tuple[int]]:
    where = accounts.c.address == sa.bindparam(name)
    heard = sa.update(accounts).where(where).values(heard=1).returning(accounts.c.id).cte("heard")
    return sa.select(heard.c.id)


def sets(name: str) -> str:
    # what running it with {name: …} compiles
    compiled = statement(name).compile(dialect=postgresql.dialect(), column_keys=[name])
    text = " ".join(str(compiled).split())
    print(f"{name}:", text)
    try:
        compiled.construct_params({name: "somewhere"}, _check=True)
    except sa.exc.InvalidRequestError as error:
        print("   ", str(error).splitlines()[0])
    return text.partition("SET ")[2].partition(" WHERE")[0]


assert "address" not in sets("at_address"), "changed"
assert "address=" in sets("address"), "changed: only what values() names is set"
PY
