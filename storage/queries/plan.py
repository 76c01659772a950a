"""Units, desks, topics and plans."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from intake.rules.people.contact import ContactKind, UnitContact
from intake.rules.people.unit import Desk, DeskId, Level, Topic, TopicId, Unit, UnitId, lineage_of
from intake.rules.plan.applied_paper import AppliedPaper
from intake.rules.plan.plan import Plan, PlanId
from storage import tables as t
from storage.lookup import by_id, found, in_identity_map, unit_name
from storage.transaction import Transaction, TransactionCache
from storage.upsert import insert_for


@cache
def _home() -> sa.Select[Any]:
    """Asked for every question outside a meeting, so it is built once."""
    with_plan = t.units.c.id.in_(sa.select(t.plans.c.unit_id))
    above = t.units.c.id.in_(sa.bindparam("lineage", expanding=True))
    return sa.select(Unit).where(with_plan, above).order_by(sa.func.length(t.units.c.path).desc()).limit(1)


@cache
def _roots_under() -> sa.Select[Any]:
    """Asked for with every list of the desk, so it is built once."""
    above = t.units.alias("above")
    within = above.c.id.in_(sa.bindparam("units", expanding=True))
    with_plan = t.units.c.id.in_(sa.select(t.plans.c.unit_id))
    return sa.select(Unit).join(above, t.units.c.path.startswith(above.c.path)).where(within, with_plan).distinct()


@cache
def _with_its_parent() -> sa.Select[Unit, bool]:
    """A unit and the one above it, each with whether it has a plan, the unit first.

    Asked in nearly every conversation, so it is built once.
    """
    it, below = sa.bindparam("unit", type_=t.units.c.id.type), t.units.alias("below")
    parent = sa.select(below.c.parent_id).where(below.c.id == it).scalar_subquery()
    with_plan = sa.exists().where(t.plans.c.unit_id == t.units.c.id)
    nearest_first = sa.func.length(t.units.c.path).desc()
    return sa.select(Unit, with_plan).where(sa.or_(t.units.c.id == it, t.units.c.id == parent)).order_by(nearest_first)


@cache
def _bodies() -> sa.Select[Any]:
    """Asked for with every page of a question, so it is built once."""
    c = t.desks.c
    return sa.select(Desk).where(c.unit_id == sa.bindparam("unit")).order_by(c.position, c.id)


@cache
def _topics() -> sa.Select[Any]:
    """The same."""
    c = t.topics.c
    return sa.select(Topic).where(c.unit_id == sa.bindparam("unit")).order_by(c.position, c.id)


class PlaceRows:
    """The tree of units with its desks and topics.

    The session forgets what nobody holds; a unit that was asked for once is held, and asked for again costs nothing.
    """

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._held: set[Unit] = set()
        self._homes = TransactionCache[UnitId, Unit | None](transaction.session, t.units, t.plans)
        self._roots = TransactionCache[None, Sequence[Unit]](transaction.session, t.units, t.plans)

    async def add_unit(self, unit: Unit, parent: Unit | None) -> Unit:
        unit.parent_id = None if parent is None else parent.id
        self._session.add(unit)
        await self._session.flush()
        unit.path = f"{'/' if parent is None else parent.path}{unit.id}/"
        await self._session.flush()
        return unit

    async def move_unit(self, unit: Unit, parent: Unit) -> None:
        until_now = unit.path
        below = await self._session.scalars(sa.select(Unit).where(t.units.c.path.startswith(until_now)))
        unit.parent_id = parent.id
        for one in below.all():
            one.path = f"{parent.path}{unit.id}/{one.path.removeprefix(until_now)}"
        await self._session.flush()

    async def add_desk(self, desk: Desk) -> Desk:
        self._session.add(desk)
        await self._session.flush()
        return desk

    async def add_topic(self, topic: Topic) -> Topic:
        self._session.add(topic)
        await self._session.flush()
        return topic

    async def unit(self, unit_id: UnitId) -> Unit:
        """The unit right above is read with it, since whoever asks for a hamlet asks for its commune next.

        Most often one of the two has the plan, and so is the home.
        """
        known = in_identity_map(self._session, Unit, [unit_id])
        if unit_id not in known:
            rows = (await self._session.execute(_with_its_parent(), {"unit": unit_id})).all()
            known = {unit.id: unit for unit, _ in rows}
            home = next((unit for unit, has_plan in rows if has_plan), None)
            if home is not None:
                self._homes.learn({unit_id: home})
        self._held.update(known.values())
        return found(known.get(unit_id))

    async def units(self, unit_ids: Iterable[UnitId]) -> dict[UnitId, Unit]:
        rows = await self._session.scalars(sa.select(Unit).where(t.units.c.id.in_(list(unit_ids))))
        return {unit.id: unit for unit in rows}

    async def unit_by_code(self, code: str) -> Unit | None:
        rows = await self._session.scalars(sa.select(Unit).where(sa.func.lower(t.units.c.code) == code.lower()))
        return rows.one_or_none()

    async def roots(self) -> Sequence[Unit]:
        return await self._roots.get(None, self._read_roots)

    async def _read_roots(self) -> Sequence[Unit]:
        rows = await self._session.scalars(sa.select(Unit).where(t.units.c.id.in_(sa.select(t.plans.c.unit_id))))
        return sorted(rows, key=unit_name)

    async def roots_under(self, unit_ids: Iterable[UnitId]) -> Sequence[Unit]:
        rows = await self._session.scalars(_roots_under(), {"units": sorted(set(unit_ids))})
        return sorted(rows, key=unit_name)

    async def hamlets(self, unit_id: UnitId) -> Sequence[Unit]:
        return await self._below(unit_id, Level.HAMLET)

    async def communes(self, unit_id: UnitId) -> Sequence[Unit]:
        return [unit for unit in await self._below(unit_id, Level.COMMUNE, Level.TOWN) if unit.id != unit_id]

    async def _below(self, unit_id: UnitId, *levels: Level) -> Sequence[Unit]:
        rows = await self._session.scalars(
            sa.select(Unit).where(t.units.c.path.contains(f"/{unit_id}/"), t.units.c.level.in_(levels))
        )
        return sorted(rows, key=unit_name)

    async def above(self, unit: Unit) -> Sequence[Unit]:
        lineage = [int(part) for part in unit.path.split("/") if part]
        rows = await self._session.scalars(
            sa.select(Unit).where(t.units.c.id.in_(lineage)).order_by(sa.func.length(t.units.c.path).desc())
        )
        return rows.all()

    async def home(self, unit: Unit) -> Unit | None:
        return await self._homes.get(unit.id, lambda: self._home(unit))

    async def _home(self, unit: Unit) -> Unit | None:
        rows = await self._session.scalars(_home(), {"lineage": [int(part) for part in unit.path.split("/") if part]})
        return rows.first()

    async def desks(self, unit_id: UnitId) -> Sequence[Desk]:
        return [desk for desk in await self.bodies(unit_id) if desk.answers]

    async def bodies(self, unit_id: UnitId) -> Sequence[Desk]:
        return (await self._session.scalars(_bodies(), {"unit": unit_id})).all()

    async def desk(self, desk_id: DeskId) -> Desk:
        return found(await by_id(self._session, Desk, desk_id))

    async def desks_by_id(self, desk_ids: Iterable[DeskId]) -> dict[DeskId, Desk]:
        rows = await self._session.scalars(sa.select(Desk).where(t.desks.c.id.in_(list(desk_ids))))
        return {desk.id: desk for desk in rows}

    async def contacts(self, unit: Unit) -> dict[ContactKind, str]:
        lineage = lineage_of(unit)
        c = t.contacts.c
        rows = await self._session.execute(sa.select(c.unit_id, c.kind, c.text).where(c.unit_id.in_(lineage)))
        said: dict[ContactKind, str] = {}
        for _, kind, text in sorted(rows, key=lambda row: lineage.index(row.unit_id)):
            said.setdefault(kind, text)
        return said

    async def say_contact(self, contact: UnitContact) -> None:
        kept = {"text": contact.text, "set_by": contact.set_by, "set_at": contact.set_at}
        insert = insert_for(self._session, t.contacts).values(unit_id=contact.unit_id, kind=contact.kind, **kept)
        await self._session.execute(insert.on_conflict_do_update(index_elements=["unit_id", "kind"], set_=kept))

    async def topics(self, unit_id: UnitId) -> Sequence[Topic]:
        return (await self._session.scalars(_topics(), {"unit": unit_id})).all()

    async def topic(self, topic_id: TopicId) -> Topic:
        return found(await by_id(self._session, Topic, topic_id))


class PlanRows:
    """Loaded plans, held like units (see `PlaceRows`)."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._held: set[Plan] = set()

    async def add(self, plan: Plan) -> Plan:
        self._session.add(plan)
        await self._session.flush()
        return plan

    async def get(self, plan_id: PlanId, *, lock: bool = False) -> Plan:
        plan = found(await by_id(self._session, Plan, plan_id, lock=lock))
        self._held.add(plan)
        return plan

    async def note_paper(self, paper: AppliedPaper) -> None:
        self._session.add(paper)
        await self._session.flush()

    async def papers_of(self, plan_id: PlanId) -> Sequence[AppliedPaper]:
        rows = sa.select(AppliedPaper).where(t.applied_papers.c.plan_id == plan_id)
        return (await self._session.scalars(rows.order_by(t.applied_papers.c.id))).all()

    async def all(self) -> Sequence[Plan]:
        return (await self._session.scalars(sa.select(Plan).order_by(t.plans.c.id))).all()

    async def by_code(self, code: str) -> Plan | None:
        return (await self._session.scalars(sa.select(Plan).where(t.plans.c.code == code))).one_or_none()

    async def of_units(self, unit_ids: Iterable[UnitId]) -> Sequence[Plan]:
        rows = await self._session.scalars(
            sa.select(Plan).where(t.plans.c.unit_id.in_(list(unit_ids))).order_by(t.plans.c.year.desc(), t.plans.c.id)
        )
        return rows.all()
