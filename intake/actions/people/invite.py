"""Give a role: a one-time code that ends by itself, bound to whoever types it first in a private chat."""

from datetime import timedelta

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import RuleBroken
from intake.rules.people.permissions import require
from intake.rules.people.person import Grant, Invitation, Person, Role
from intake.rules.people.unit import Desk, Level, Unit

VALID_FOR = timedelta(days=7)


async def make_invitation(
    uow: UnitOfWork, role: Role, unit: Unit, *, desk: Desk | None = None, by: Person | None = None
) -> str:
    """Make an invitation and return its code, which is shown once and stored only as a digest.

    An official needs a desk of the unit, a hamlet head a hamlet, a broadcaster either unit or hamlet. `by` is None for
    the command line; anybody else has to be secretary or admin of the unit or above it, or it is `NotFound`.
    """
    if by is not None:
        require(await uow.people.grants_of(by.id), (Role.SECRETARY, Role.ADMIN), unit)
    if role is Role.RESIDENT:
        raise RuleBroken("refusal.invite_resident")
    if (role is Role.OFFICIAL) != (desk is not None) or (desk is not None and desk.unit_id != unit.id):
        raise RuleBroken("refusal.invite_desk")
    if role is not Role.BROADCASTER and (role is Role.HAMLET_HEAD) != (unit.level is Level.HAMLET):
        raise RuleBroken("refusal.invite_hamlet")
    code = uow.vault.new_code()
    invitation = Invitation(
        code_digest=uow.vault.digest(code),
        role=role,
        unit_id=unit.id,
        desk_id=None if desk is None else desk.id,
        created_at=uow.now,
        expires_at=uow.now + VALID_FOR,
        created_by=None if by is None else by.id,
    )
    await uow.people.add_invitation(invitation)
    await uow.ledger.write(
        AuditEntry(uow.now, invitation.created_by, "invite", f"unit:{unit.id}", {"role": role.value})
    )
    return code


async def find_invitation(uow: UnitOfWork, code: str) -> Invitation:
    """The invitation a code opens. Raises `RuleBroken` when it is unknown, used or over: one sentence for all three."""
    invitation = await uow.people.invitation(uow.vault.digest(code.strip().upper()))
    if invitation is None or invitation.used_at is not None or invitation.expires_at <= uow.now:
        raise RuleBroken("refusal.invitation")
    return invitation


async def accept_invitation(uow: UnitOfWork, person: Person, code: str) -> Grant:
    """Use an invitation: the person holds the role from now on, and the code opens nothing any more."""
    invitation = await find_invitation(uow, code)
    invitation.used_at, invitation.used_by = uow.now, person.id
    grant = Grant(person.id, invitation.role, invitation.unit_id, invitation.desk_id, uow.now)
    await uow.people.give(grant)
    if invitation.role is Role.HAMLET_HEAD and person.hamlet_id is None:
        person.hamlet_id = invitation.unit_id
    await uow.ledger.write(
        AuditEntry(
            uow.now,
            person.id,
            "accept_invitation",
            f"unit:{invitation.unit_id}",
            {"role": invitation.role.value},
        )
    )
    return grant
