"""A unit of work: what it costs to open one, and what it hands out."""

from storage.unit_of_work import Lazy, SqlUnitOfWork, Store
from tests.support.village import build

REPOSITORIES = {name for name, value in vars(SqlUnitOfWork).items() if isinstance(value, Lazy)}


async def test_a_repository_is_built_when_it_is_first_asked_for_and_kept(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        assert REPOSITORIES & vars(uow).keys() == set()
        assert await uow.people.get(village.resident.id) is not None
        assert uow.people is uow.people
        assert REPOSITORIES & vars(uow).keys() == {"people"}


async def test_each_unit_of_work_has_repositories_of_its_own(store: Store):
    async with store.reading() as first, store.reading() as second:
        assert first.people is not second.people
