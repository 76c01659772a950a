"""Leaving a computer: the web chat of this browser is over, and nothing of it can be read there any more."""

from intake.actions.outbox.reroute import reroute
from intake.actions.people.office_session import end_sessions
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import RuleBroken
from intake.rules.people.person import Account, Network, Person


def require_web(account: Account) -> None:
    """Raise `RuleBroken` for a chat that no browser opens: the network's own app leaves it."""
    if account.network is not Network.WEBCHAT:
        raise RuleBroken("refusal.leave_own_app")


async def is_only_chat(uow: UnitOfWork, account: Account) -> bool:
    """Whether the person of a chat would be reached nowhere without it."""
    _, *others = await uow.accounts.beside(account.id)
    return not any(one.unreachable_since is None for one in others)


async def require_another(uow: UnitOfWork, person: Person | None, account: Account) -> None:
    """Raise `RuleBroken` for whoever holds a role and could be told nothing any more."""
    if person is not None and await uow.people.grants_of(person.id) and await is_only_chat(uow, account):
        raise RuleBroken("refusal.leave_last_with_role")


async def leave_computer(uow: UnitOfWork, *, person: Person | None, account: Account) -> None:
    """End the chat of a browser. The person stays who they are, with what they asked and registered for.

    Its lines and its draft are deleted, the desk that was opened from it is closed, its secret opens nothing. News goes
    to another chat of the person; where there is none, to whoever tells people in person.
    """
    require_web(account)
    await require_another(uow, person, account)
    if person is not None:
        await end_sessions(uow, person, account_id=account.id)
        await reroute(uow, account.id, heard_at=account.last_heard_at, gone=True)
    by = None if person is None else person.id
    await uow.ledger.write(AuditEntry(uow.now, by, "leave_computer", f"account:{account.id}"))
    await close_chat(uow, account)


async def close_chat(uow: UnitOfWork, account: Account) -> None:
    """Take a web chat away from its browser for good, with all that was said in it."""
    await uow.traces.forget_chat(account.id)
    await uow.accounts.forget(account)
    account.close()
