"""What grows, and by how much: bytes a row on PostgreSQL, its indexes included. `python -m benchmarks.sizes`.

Each table is filled with rows as an installation writes them; `docs/scale.md` calculates with what is printed.
"""

import asyncio

import sqlalchemy as sa

from benchmarks.databases import NAME, on_postgres
from storage.engine import open_engine
from storage.migrate import migrate

ROWS = 50_000
_WORDS = "Đường vào xóm 3 hỏng từ tháng 5, bà con đi lại rất khó khăn, khi nào thì sửa? " * 3
_DUE = '{"phrase": "30 ngày", "source": "plan", "steps": [["2024-04-02", "counted"]], "count": "calendar"}'
_SAID = '{"from": "bot", "text": "Đã nhận câu hỏi VB-2026-0001", "rows": [], "files": [], "contact": ""}'
FILL = {
    "persons": "(name, language, language_known, phone_sealed, phone_index, created_at) "
    "SELECT 'Nguyễn Thị Lụa', 'vi', true, repeat('s', 120), md5(n::text) || md5(n::text), now()",
    "accounts": "(network, channel, address, person_id, last_heard_at) "
    "SELECT 'telegram', '4242', (7000000 + n)::text, n, now()",
    "conversations": "(account_id, step, draft, offered, pace_left) SELECT n, 'home', '{}', '[]', 20",
    "inbox": "(network, channel, address, event_id, received_at) "
    "SELECT 'telegram', '4242', (7000000 + n % 5000)::text, n::text, now()",
    "web_messages": f"(account_id, letter_id, said, at) SELECT n, n, '{_SAID}', now()",
    "questions": "(unit_id, reference, kind, original_text, text, asker_id, received_at, state, sensitive, urgent, "
    "reason) "
    f"SELECT 1, 'VB-2026-' || n, 'petition', '{_WORDS}', '{_WORDS}', n, now(), 'received', false, false, ''",
    "clocks": "(kind, unit_id, question_id, anchor_on, due_on, due, wake_on, state, history) "
    f"SELECT 'reply', 1, n, current_date, current_date, '{_DUE}', current_date, 'running', '[]'",
    "alerts": "(subject, recipient_id, kind, due_on, raised_at) "
    "SELECT 'question:' || n, n, 'due_soon', current_date, now()",
    "audit_entries": "(at, actor_id, act, subject, detail) "
    """SELECT now(), n, 'ask_question', 'question:' || n, '{"reference": "VB-2026-0001"}'""",
}


async def measure() -> None:
    async with on_postgres(NAME) as (url,):
        engine = open_engine(url)
        await migrate(engine)
        async with engine.begin() as connection:
            unit = "INSERT INTO units (code, name, level, path) VALUES ('VB', 'Vĩnh Bảo', 'commune', '/1/')"
            await connection.execute(sa.text(unit))
            for table, columns in FILL.items():
                statement = f"INSERT INTO {table} {columns} FROM generate_series(1, {ROWS}) n"
                await connection.exec_driver_sql(statement)
        async with engine.connect() as connection:
            for table in FILL:
                size = await connection.scalar(sa.text(f"SELECT pg_total_relation_size('{table}')"))
                print(f"{table}: {size / ROWS:.0f} bytes a row")
        await engine.dispose()


if __name__ == "__main__":
    asyncio.run(measure())
