"""What somebody does who has the database in hand and wants the audit trail to say something else."""

from intake.actions.audit.seal import seal_entries
from intake.actions.audit.verify import Verified, verify
from intake.rules.audit import AuditEntry
from intake.rules.audit_chain import AuditSeal
from storage.unit_of_work import Store

_TABLES = ("audit_entries", "audit_seals")
_ON_SQLITE = [f"DROP TRIGGER IF EXISTS {table}_stay_{what}" for table in _TABLES for what in ("update", "delete")]
_WORDS = ("DISABLE", "ENABLE")


async def tamper(store: Store, *statements: str) -> None:
    """Carry out statements as the owner of the database, with the triggers out of the way."""
    before, after = _ON_SQLITE, list[str]()
    if store.engine.dialect.name == "postgresql":
        before, after = ([f"ALTER TABLE {table} {word} TRIGGER USER" for table in _TABLES] for word in _WORDS)
    async with store.engine.begin() as connection:
        for statement in (*before, *statements, *after):
            await connection.exec_driver_sql(statement)


async def write(store: Store, *acts: str, words: dict[str, str] | None = None) -> None:
    """Write entries, each in a transaction of its own."""
    for number, act in enumerate(acts):
        async with store.unit() as uow:
            await uow.ledger.write(AuditEntry(uow.now, None, act, f"question:{number}", {"step": number}), words=words)
            await uow.commit()


async def seal(store: Store) -> AuditSeal | None:
    """Seal what waits."""
    async with store.unit() as uow:
        made = await seal_entries(uow)
        await uow.commit()
    return made


async def verified(store: Store, noted: str = "") -> Verified:
    """What `doithoai audit verify` would find."""
    async with store.reading() as uow:
        return await verify(uow, noted=noted)
