"""The people of the demonstration, each with a web chat of their own that opens without a key of theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.plan_files import read_profile, read_toml
from bot.webchat.sessions import CHANNEL, ChatKey, address_of
from intake.actions.people.consent_taken import take_consent
from intake.actions.plan.load_plan import load_plan
from intake.ports import Vault
from intake.rules.audit import AuditEntry
from intake.rules.people.person import Grant, Network, Person, PersonId, Role
from intake.rules.people.unit import DeskId, Unit
from intake.rules.plan.demo_people import DemoCast, DemoPerson, parse_cast, with_cast
from intake.rules.plan.open_points import QUOTAS
from intake.rules.plan.profile import PlanProfile
from storage.unit_of_work import SqlUnitOfWork, Store

from .opening import play_opening

_OF_A_HAMLET = (Role.HAMLET_HEAD, Role.BROADCASTER)


@dataclass(frozen=True, slots=True)
class CastMember:
    """Somebody a visitor can be. `place` is the hamlet or desk; `key` is unique among all plans."""

    person_id: PersonId
    key: str
    name: str
    role: Role
    place: str


@dataclass(frozen=True, slots=True)
class Troupe:
    """The people of one unit, grouped as a visitor looks for them."""

    code: str
    unit: str
    plan: str
    roles: tuple[tuple[Role, tuple[CastMember, ...]], ...]


def key_of_part(vault: Vault, key: str) -> ChatKey:
    """The key of a part's chat: the same at every start, unknown to whoever lacks the installation's key."""
    return ChatKey(f"demo-{key}", vault.digest(f"demo part {key}"))


async def set_the_stage(store: Store, plans_dir: Path) -> tuple[Troupe, ...]:
    """Load every plan that has invented people, and the people; what is there already stays as it is.

    A plan whose people are all new opens with its opening scene. Returns who can be played. Raises `ProfileError`
    for a file that does not fit.
    """
    staged = [_read(path, plans_dir) for path in sorted((plans_dir / "demo").glob("*.toml"))]
    troupes = []
    for profile, cast in sorted(staged, key=lambda one: -one[0].plan.year):
        async with store.unit() as uow:
            plan = (await load_plan(uow, profile)).plan
            if cast.quota is not None and QUOTAS not in plan.choices:
                plan.choices = {**plan.choices, QUOTAS: str(cast.quota)}
            home = await uow.places.unit(plan.unit_id)
            units = {unit.code: unit for unit in (home, *await uow.places.hamlets(home.id))}
            desks = {desk.code: desk.id for desk in await uow.places.desks(home.id)}
            entered = {part.key: await _enter(uow, profile, part, units, desks) for part in cast.people}
            if all(new for _, new in entered.values()):
                await play_opening(uow, plan, {key: person for key, (person, _) in entered.items()})
            await uow.commit()
        troupes.append(_troupe(profile, cast, {key: person.id for key, (person, _) in entered.items()}))
    return tuple(troupes)


def _read(path: Path, plans_dir: Path) -> tuple[PlanProfile, DemoCast]:
    profile = read_profile(plans_dir / path.name)
    cast = read_toml(path, lambda document: parse_cast(document, profile, name=path.name))
    return with_cast(profile, cast), cast


async def _enter(
    uow: SqlUnitOfWork, profile: PlanProfile, part: DemoPerson, units: Mapping[str, Unit], desks: Mapping[str, DeskId]
) -> tuple[Person, bool]:
    """The person and whether they are new here."""
    address = address_of(uow.vault, key_of_part(uow.vault, f"{profile.code}-{part.key}"))
    account, _, person, _ = await uow.accounts.meet(Network.WEBCHAT, CHANNEL, address)
    if person is not None:
        return person, False
    hamlet = None if part.hamlet is None else units[part.hamlet]
    person = await uow.people.add(
        Person(
            name=part.name,
            hamlet_id=None if hamlet is None else hamlet.id,
            language_known=True,
            created_at=uow.now,
        )
    )
    await take_consent(uow, person)
    account.person_id = person.id
    for role in part.roles:
        if role is Role.RESIDENT:
            continue
        at = hamlet if role in _OF_A_HAMLET and hamlet is not None else units[profile.unit]
        desk_id = desks[part.desk] if role is Role.OFFICIAL and part.desk is not None else None
        await uow.people.give(Grant(person.id, role, at.id, desk_id, uow.now))
    await uow.ledger.write(AuditEntry(uow.now, None, "enter_demo_person", f"person:{person.id}"))
    return person, True


async def take_up(store: Store, member: CastMember) -> ChatKey:
    """The key of a part's chat, made anew where whoever played the part before has left it (`/dangxuat`)."""
    async with store.unit() as uow:
        key = key_of_part(uow.vault, member.key)
        met = await uow.accounts.meet(Network.WEBCHAT, CHANNEL, address_of(uow.vault, key))
        if met.person is None:
            met.account.person_id = member.person_id
            await uow.commit()
    return key


def _troupe(profile: PlanProfile, cast: DemoCast, people: Mapping[str, PersonId]) -> Troupe:
    units = {line.code: line.name for line in profile.units}
    desks = {office.key: office.name for office in profile.desks}

    def part(person: DemoPerson, role: Role) -> CastMember:
        place = units.get(person.hamlet or "", "") or desks.get(person.desk or "", "")
        return CastMember(people[person.key], f"{profile.code}-{person.key}", person.name, role, place)

    return Troupe(
        code=profile.code,
        unit=units[profile.unit],
        plan=profile.plan.title,
        roles=tuple(
            (role, tuple(part(person, role) for person in cast.holding(role))) for role in Role if cast.holding(role)
        ),
    )
