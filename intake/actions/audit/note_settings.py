"""Note when the settings of the installation are others than at the start before: which, never what they say."""

from collections.abc import Mapping, Sequence

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry

SUBJECT = "settings"
_DIGITS = 12


async def note_settings(uow: UnitOfWork, settings: Mapping[str, str]) -> Sequence[str]:
    """Compare the settings, by name, with those the audit trail knows; where some differ, an entry names them.

    Kept of each is the beginning of a digest that nobody computes without the key of the installation, so that a secret
    is not guessed from it. With another key none of them is as it was, and only the key is named. Returns the names.
    """
    now = {name: uow.vault.digest(f"setting {name} {value}")[:_DIGITS] for name, value in settings.items()}
    noted = await uow.audit.find(person_id=None, subject=SUBJECT, since=None, until=None, limit=1)
    before: Mapping[str, str] | None = noted[-1].entry.detail["digests"] if noted else None
    if before == now:
        return ()
    changed = [] if before is None else sorted(name for name in {*now, *before} if now.get(name) != before.get(name))
    if before is not None and not set(now.items()) & set(before.items()):
        changed = ["secret_key"]
    await uow.ledger.write(AuditEntry(uow.now, None, "note_settings", SUBJECT, {"changed": changed, "digests": now}))
    return changed
