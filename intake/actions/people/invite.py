"""Give a role: a one-time code that ends by itself, bound to whoever types it first in a private chat."""

from datetime import timedelta

from intake.actions.meetings.push_notice import hand_to_new_head
from intake.actions.outbox.tell import tell
from intake.actions.people.roles import end_grant, may_lend, role_numbered, tell_given, units_under
from intake.actions.people.speaking_for import take_over_waiting
from intake.actions.questions.propose import lay_before_new, waiting_before
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.message import Button, Message, Param, Term
from intake.rules.people.lending import POWER, number_of
from intake.rules.people.permissions import holds, require
from intake.rules.people.person import EndedGrant, Grant, Invitation, Person, Role
from intake.rules.people.unit import Desk, Level, Unit

VALID_FOR = timedelta(days=7)


async def make_invitation(
    uow: UnitOfWork,
    role: Role,
    unit: Unit,
    *,
    desk: Desk | None = None,
    by: Person | None = None,
    replaces: Grant | EndedGrant | None = None,
) -> str:
    """Make an invitation and return its code, which is shown once and stored only as a digest.

    An official needs a desk of the unit, a hamlet head a hamlet, a broadcaster either unit or hamlet. `by` is None for
    the command line; anybody else has to hold power in the unit or above it, or it is `NotFound`. What two people have
    to give waits for a chair of the unit, who is asked; where there is no other chair it is refused. Whoever uses the
    code succeeds the holder of `replaces`, who may be suspended.
    """
    if by is not None:
        await may_lend(uow, by, unit)
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
        needs_second=by is not None and role in POWER,
        replaces=None if replaces is None else number_of(replaces),
    )
    await uow.people.add_invitation(invitation)
    await uow.ledger.write(
        AuditEntry(uow.now, invitation.created_by, "invite", f"unit:{unit.id}", {"role": role.value})
    )
    if by is not None and invitation.needs_second:
        await _ask_second(uow, invitation, unit, by, replaces)
    return code


async def _ask_second(
    uow: UnitOfWork, invitation: Invitation, unit: Unit, by: Person, replaces: Grant | EndedGrant | None
) -> None:
    leaving = () if replaces is None else (replaces.person_id,)
    chairs = [one for one in await uow.people.holders(Role.CHAIR, unit) if one.id not in (by.id, *leaving)]
    if not chairs:
        raise RuleBroken("refusal.invite_second", {"role": Term(f"role.{invitation.role.value}"), "unit": unit.name})
    asked = Message(
        "roles.ask_second",
        {"name": by.name, "role": Term(f"role.{invitation.role.value}"), "place": unit.name},
        (
            (
                Button(f"rolesecond.{invitation.id}.yes", "roles.second_yes"),
                Button(f"rolesecond.{invitation.id}.no", "roles.second_no"),
            ),
        ),
    )
    await tell(uow, [one.id for one in chairs], asked)


async def decide_invitation(uow: UnitOfWork, *, by: Person, invitation_id: int, agrees: bool) -> Invitation:
    """A chair agrees to an invitation that needs a second person, or makes it void.

    Raises `NotFound` for everybody but a chair of the unit who did not make it, `RuleBroken` for one that is decided
    or over.
    """
    invitation = await uow.people.invitation_by_id(invitation_id)
    if invitation is None or not invitation.needs_second or invitation.created_by in (None, by.id):
        raise NotFound
    unit = await uow.places.unit(invitation.unit_id)
    require(await uow.people.grants_of(by.id), (Role.CHAIR,), unit)
    if invitation.approved_by is not None or invitation.used_at is not None or invitation.expires_at <= uow.now:
        raise RuleBroken("refusal.invitation_decided")
    if agrees:
        invitation.approved_by = by.id
    else:
        invitation.expires_at = uow.now
    act = "agree_to_invitation" if agrees else "refuse_invitation"
    await uow.ledger.write(AuditEntry(uow.now, by.id, act, f"unit:{unit.id}", {"role": invitation.role.value}))
    key = "roles.second_agreed" if agrees else "roles.second_refused"
    said: dict[str, Param] = {"name": by.name, "role": Term(f"role.{invitation.role.value}"), "place": unit.name}
    await tell(uow, [invitation.created_by], Message(key, said))
    return invitation


async def find_invitation(uow: UnitOfWork, code: str) -> Invitation:
    """The invitation a code opens. Raises `RuleBroken` when it is unknown, used or over: one sentence for all three.

    One that waits for a second person says so: its holder is to try again, not to ask for another. Where the chair who
    agreed is none any more, nobody stands behind it: that is said too.
    """
    invitation = await uow.people.invitation(uow.vault.digest(code.strip().upper()))
    if invitation is None or invitation.used_at is not None or invitation.expires_at <= uow.now:
        raise RuleBroken("refusal.invitation")
    if invitation.needs_second and invitation.approved_by is None:
        raise RuleBroken("refusal.invitation_waits")
    if invitation.approved_by is not None:
        unit = await uow.places.unit(invitation.unit_id)
        if not holds(await uow.people.grants_of(invitation.approved_by), Role.CHAIR, unit):
            raise RuleBroken("refusal.invitation_disagreed")
    return invitation


async def accept_invitation(uow: UnitOfWork, person: Person, code: str) -> Grant:
    """Use an invitation: the person holds the role from now on, and the code opens nothing any more.

    Neither of the two who give a role can take it themselves. A successor inherits what hung on the holder before.
    Raises `RuleBroken` too for who holds the role there already, or held it and is suspended: taken back, it is gone.
    """
    invitation = await find_invitation(uow, code)
    if invitation.needs_second and person.id in (invitation.created_by, invitation.approved_by):
        raise RuleBroken("refusal.invitation_own")
    await _refuse_twice(uow, person, invitation)
    invitation.used_at, invitation.used_by = uow.now, person.id
    for one in (person.id, invitation.created_by):
        if one is not None:
            await uow.traces.mask([account.id for account in await uow.accounts.all_of(one)], code)
    unit = await uow.places.unit(invitation.unit_id)
    grant = Grant(person.id, invitation.role, unit.id, invitation.desk_id, uow.now, invitation.created_by)
    undecided = await waiting_before(uow, await units_under(uow, grant))
    await uow.people.give(grant)
    if invitation.role is Role.HAMLET_HEAD:
        if person.hamlet_id is None:
            person.hamlet_id = unit.id
        await take_over_waiting(uow, unit, person)
        await hand_to_new_head(uow, unit, person)
    await uow.ledger.write(
        AuditEntry(uow.now, person.id, "accept_invitation", f"unit:{unit.id}", {"role": invitation.role.value})
    )
    before = None if invitation.replaces is None else await role_numbered(uow, invitation.replaces)
    maker = None if invitation.created_by is None else await uow.people.get(invitation.created_by)
    await tell_given(uow, grant, unit, maker)
    if before is not None and before.person_id != person.id:
        await end_grant(uow, before, unit, by=maker, act="replace_role", successor=person)
    await lay_before_new(uow, undecided)
    return grant


async def _refuse_twice(uow: UnitOfWork, person: Person, invitation: Invitation) -> None:
    await uow.people.lock(person.id)
    unit = await uow.places.unit(invitation.unit_id)
    wanted = (person.id, invitation.role, invitation.unit_id, invitation.desk_id)
    for refusal, known in (
        ("refusal.role_held", await uow.people.grants_of(person.id)),
        ("refusal.role_suspended", await uow.people.suspended(unit)),
    ):
        if any(wanted == (one.person_id, one.role, one.unit_id, one.desk_id) for one in known):
            raise RuleBroken(refusal, {"role": Term(f"role.{invitation.role.value}"), "place": unit.name})
