"""Who stands in, asked of the database for many units at once."""

from intake.rules.people.person import Grant, Person, Role
from intake.rules.people.unit import Level, Unit
from storage.unit_of_work import Store


async def test_each_unit_has_somebody_who_is_told(store: Store):
    async with store.unit() as uow:
        province = await uow.places.add_unit(Unit("QN", "Tỉnh", Level.PROVINCE), None)
        with_one = await uow.places.add_unit(Unit("AA", "Xã A", Level.COMMUNE), province)
        without = await uow.places.add_unit(Unit("BB", "Xã B", Level.COMMUNE), province)
        chaired = await uow.places.add_unit(Unit("CC", "Xã C", Level.COMMUNE), None)
        empty = await uow.places.add_unit(Unit("DD", "Xã D", Level.COMMUNE), None)
        people = [await uow.people.add(Person(name)) for name in ("Ba", "Tư", "Năm", "Sáu")]
        above, own, chair, gone = people
        for person, role, unit in (
            (above, Role.SECRETARY, province),
            (own, Role.SECRETARY, with_one),
            (chair, Role.CHAIR, chaired),
            (gone, Role.SECRETARY, without),
        ):
            await uow.people.give(Grant(person.id, role, unit.id))
        gone.erased_at = uow.now

        units = [with_one, without, chaired, empty]
        told = await uow.people.standing_in([Role.SECRETARY, Role.SUPERVISOR], units)

    assert told == {
        (Role.SECRETARY, with_one.id): (own.id,),
        (Role.SECRETARY, without.id): (above.id,),
        (Role.SECRETARY, chaired.id): (chair.id,),
    }
