"""What was done can be proved: nothing is taken from the audit trail, and whoever tries all the same is found out."""

import re
from collections.abc import Callable
from hashlib import sha256

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from intake.actions.audit.seal import seal_entries
from intake.rules.audit import AuditEntry, canonical
from intake.rules.audit_chain import AuditFlaw, Found, pack_ids, root_of, seal_of, short_head, unpack_ids
from storage import tables as t
from storage.unit_of_work import Store
from tests.support.tampering import seal, tamper, verified, write
from tests.support.world import Clock


@pytest.fixture
async def chain(store: Store, clock: Clock) -> Store:
    """Three seals of four entries each, an hour and more apart."""
    for part in ("a", "b", "c"):
        await write(store, *(f"{part}{number}" for number in range(4)))
        assert await seal(store) is not None
        clock.move(hours=3)
    return store


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET act = 'other' WHERE id = 2",
        "DELETE FROM audit_entries WHERE id = 2",
        "UPDATE audit_seals SET head = 'other'",
        "DELETE FROM audit_seals",
        "TRUNCATE audit_entries",
        "TRUNCATE audit_seals",
        "REPLACE INTO audit_entries (id, at, act, subject, detail, txid) VALUES (2, '2024-03-01', 'x', 'y', '{}', 0)",
    ],
)
async def test_the_database_itself_refuses_to_change_or_take_away(chain: Store, statement: str):
    word = statement.partition(" ")[0]
    if word == ("REPLACE" if chain.engine.dialect.name == "postgresql" else "TRUNCATE"):
        pytest.skip("the other database has this word")

    with pytest.raises(IntegrityError, match="only ever added to"):
        async with chain.engine.begin() as connection:
            await connection.exec_driver_sql(statement)

    assert (await verified(chain)).found == ()


async def test_an_untouched_chain_holds_and_what_is_not_sealed_yet_is_counted(chain: Store):
    await write(chain, "d0", "d1")

    looked = await verified(chain)

    assert (looked.entries, looked.seals, looked.waiting, looked.found) == (14, 3, 2, ())


async def test_nothing_to_seal_makes_no_seal(chain: Store):
    assert await seal(chain) is None


@pytest.mark.parametrize(
    "change",
    [
        "act = 'a9'",
        "subject = 'question:9'",
        "detail = '{\"step\":9}'",
        "detail = '{\"step\": 1}'",
        "at = '2024-03-01 05:06:07.000000'",
        "actor_id = (SELECT min(id) FROM persons)",
    ],
)
async def test_a_changed_entry_is_named(chain: Store, change: str):
    async with chain.unit() as uow:
        await uow.session.execute(sa.insert(t.persons).values(name="Mai", language="vi", language_known=False))
        await uow.commit()

    await tamper(chain, f"UPDATE audit_entries SET {change} WHERE id = 6")  # noqa: S608

    assert (await verified(chain)).found == (Found(AuditFlaw.CHANGED, 6),)


async def test_an_entry_that_is_gone_is_named(chain: Store):
    await tamper(chain, "DELETE FROM audit_entries WHERE id IN (3, 12)")

    assert (await verified(chain)).found == (Found(AuditFlaw.DELETED, 3), Found(AuditFlaw.DELETED, 12))


async def test_an_entry_put_in_later_under_an_old_date_is_named_before_and_after_it_is_sealed(chain: Store):
    await tamper(
        chain,
        "INSERT INTO audit_entries (id, at, act, subject, detail) "
        "VALUES (1000, '2024-03-01 01:00:00.000000', 'never', 'question:1', '{}')",
    )

    assert (await verified(chain)).found == (Found(AuditFlaw.INSERTED, 1000),)
    assert await seal(chain) is not None
    assert (await verified(chain)).found == (Found(AuditFlaw.INSERTED, 1000),)


async def test_an_entry_in_a_gap_of_ids_is_named_where_ids_come_in_order(store: Store):
    """On PostgreSQL it may be one that was written before and committed later; it is sealed as of today."""
    await write(store, "a0", "a1", "a2")
    await tamper(store, "DELETE FROM audit_entries WHERE id = 2")
    await seal(store)
    await tamper(
        store,
        "INSERT INTO audit_entries (id, at, act, subject, detail) "
        "VALUES (2, '2024-03-01 01:00:00.000000', 'never', 'question:1', '{}')",
    )

    found = (await verified(store)).found

    assert found == ((Found(AuditFlaw.INSERTED, 2),) if store.engine.dialect.name == "sqlite" else ())


async def test_entries_that_changed_places_are_named(chain: Store):
    await tamper(
        chain,
        "UPDATE audit_entries SET id = 900 WHERE id = 5",
        "UPDATE audit_entries SET id = 5 WHERE id = 6",
        "UPDATE audit_entries SET id = 6 WHERE id = 900",
    )

    assert (await verified(chain)).found == (Found(AuditFlaw.CHANGED, 5), Found(AuditFlaw.CHANGED, 6))


@pytest.mark.parametrize("part", ["root", "head", "at", "ids", "count", "leaves"])
async def test_a_changed_seal_is_named(chain: Store, part: str):
    other = {
        "root": f"'{'0' * 64}'",
        "head": f"'{'0' * 64}'",
        "at": "'2024-03-01 05:06:07.000000'",
        "ids": "'5-9'",
        "count": "3",
        "leaves": "'x'",
    }

    await tamper(chain, f"UPDATE audit_seals SET {part} = {other[part]} WHERE number = 2")  # noqa: S608

    assert Found(AuditFlaw.SEAL_CHANGED, 2) in (await verified(chain)).found


async def test_ids_that_are_none_any_more_are_a_changed_seal(chain: Store):
    await tamper(chain, "UPDATE audit_seals SET ids = 'all' WHERE number = 2")

    assert Found(AuditFlaw.SEAL_CHANGED, 2) in (await verified(chain)).found


async def test_a_seal_taken_out_is_named_and_so_is_what_was_cut_off_for_whoever_kept_a_head(chain: Store):
    async with chain.reading() as uow:
        kept = [short_head(one) for one in await uow.audit.seals()]
    assert (await verified(chain, kept[2])).found == ()

    await tamper(chain, "DELETE FROM audit_entries WHERE id > 8", "DELETE FROM audit_seals WHERE number = 3")
    assert (await verified(chain)).found == (), "an older copy is a sound chain of its own"
    assert (await verified(chain, kept[2])).found == (Found(AuditFlaw.SEAL_MISSING, 3),)
    assert (await verified(chain, kept[1])).found == ()

    await tamper(chain, "DELETE FROM audit_seals WHERE number = 1")
    assert (await verified(chain)).found == (Found(AuditFlaw.SEAL_MISSING, 1),)


async def test_a_history_written_anew_from_end_to_end_is_found_by_a_head_that_was_kept(chain: Store):
    async with chain.reading() as uow:
        kept = short_head((await uow.audit.seals())[1])

    await tamper(
        chain, "UPDATE audit_entries SET act = 'nothing' WHERE id = 6", "DELETE FROM audit_seals WHERE number > 1"
    )
    assert await seal(chain) is not None

    assert (await verified(chain)).found == (), "whoever computes everything anew has a sound chain"
    assert (await verified(chain, kept)).found == (Found(AuditFlaw.OTHER_HISTORY, 2),)


@pytest.mark.parametrize("noted", ["", "56", "1:xyz", "1:abc", "one:0123456789abcdef", "1:0123456789abcdeg"])
async def test_what_is_no_head_is_refused(chain: Store, noted: str):
    if noted:
        with pytest.raises(ValueError, match=re.escape(noted)):
            await verified(chain, noted)
    else:
        assert (await verified(chain, noted)).found == ()


async def test_entries_from_before_a_clock_was_set_back_are_no_flaw(chain: Store, clock: Clock):
    clock.move(hours=-100)
    await write(chain, "e0")
    assert await seal(chain) is not None
    clock.move(minutes=5)
    await write(chain, "e1")
    assert await seal(chain) is not None

    assert (await verified(chain)).found == ()


async def test_words_are_kept_beside_an_entry_and_can_be_erased_but_not_exchanged(store: Store):
    await write(store, "cancel", words={"reason": "Bà Lụa bị ốm"})
    await write(store, "cancel", words={"reason": "Trời mưa to"})
    await seal(store)
    async with store.reading() as uow:
        stored = list(await uow.session.scalars(sa.select(sa.cast(t.audit_entries.c.detail, sa.Text))))
        found = await uow.audit.find(person_id=None, subject="question:0", since=None, until=None, limit=9)
    assert "Lụa" not in "".join(stored)
    assert [one.words for one in found] == [{"reason": "Bà Lụa bị ốm"}, {"reason": "Trời mưa to"}]

    await tamper(store, "UPDATE audit_words SET text = 'Bà Lụa xin nghỉ' WHERE text LIKE 'Bà%'")
    looked = await verified(store)
    assert (looked.found, looked.words_changed) == ((), ("question:0",))

    async with store.unit() as uow:
        await uow.audit.forget_words(["question:0"])
        await uow.commit()
    looked = await verified(store)
    assert (looked.found, looked.words_changed) == ((), ())
    async with store.reading() as uow:
        found = await uow.audit.find(person_id=None, subject="", since=uow.today, until=uow.today, limit=9)
    assert [one.words for one in found] == [{"reason": ""}, {"reason": ""}]


async def test_a_detail_that_two_readers_could_take_for_two_things_is_refused(store: Store):
    async with store.unit() as uow:
        for detail in ({"share": 0.5}, {"id": 2**53}, {"at": uow.now}, {1: "one"}):
            with pytest.raises(ValueError, match="cannot hold"):
                await uow.ledger.write(AuditEntry(uow.now, None, "odd", "question:1", detail))  # type: ignore[arg-type]


def test_a_detail_has_one_text_whatever_order_and_letters_it_came_in():
    decomposed = "Lu\u0323a"

    assert canonical({"b": (1, None, True), "a": decomposed}) == '{"a":"Lụa","b":[1,null,true]}'
    assert canonical({"a": "Lụa"}) == canonical({"a": decomposed})


def test_ranges_say_the_same_ids():
    assert pack_ids([1, 2, 3, 7, 9, 10]) == "1-3,7,9-10"
    assert unpack_ids("1-3,7,9-10") == [(1, 3), (7, 7), (9, 10)]


def test_a_root_is_what_anybody_can_compute():
    """As docs/security.md says it: leaves and nodes hashed apart, sixteen to a node."""
    leaves = [sha256(b"\x00" + str(number).encode()).digest() for number in range(17)]
    first, second = sha256(b"\x01" + b"".join(leaves[:16])).digest(), sha256(b"\x01" + leaves[16]).digest()

    assert root_of(leaves[:1]) == leaves[0].hex()
    assert root_of(leaves[:3]) == sha256(b"\x01" + b"".join(leaves[:3])).hexdigest()
    assert root_of(leaves) == sha256(b"\x01" + first + second).hexdigest()


async def test_every_entry_is_hashed_as_a_line_that_says_all_of_it_in_one_way(store: Store):
    async with store.unit() as uow:
        await uow.ledger.write(AuditEntry(uow.now, None, "act", "đồ:1", {"b": 1, "a": "Lụa\x1f"}))
        for entry in (AuditEntry(uow.now, None, "a\x1fct", "s:1"), AuditEntry(uow.now, None, "act", "s\n:1")):
            with pytest.raises(ValueError, match="without control characters"):
                await uow.ledger.write(entry)
        await uow.commit()
    async with store.reading() as uow:
        [[(number, text)]] = [lines async for lines in uow.audit.lines()]

    assert (text or "").split("\x1f") == [
        "2024-03-01 01:00:00.000000",
        str(number),
        "-",
        "act",
        "đồ:1",
        '{"a":"Lụa\\u001f","b":1}',
    ]


async def test_words_moved_from_one_part_of_an_entry_to_the_next_are_a_change(chain: Store):
    """The text that is hashed would be the same, were it not looked at how many parts it has."""
    await tamper(
        chain,
        "UPDATE audit_entries SET act = 'b1' || chr(31) || 'question:1', subject = '' WHERE id = 6".replace(
            "chr", "chr" if chain.engine.dialect.name == "postgresql" else "char"
        ),
    )

    assert (await verified(chain)).found == (Found(AuditFlaw.CHANGED, 6),)


async def test_two_that_seal_at_once_make_one_chain(chain: Store, new_store: Callable[[], Store]):
    await write(chain, "d0")
    other = new_store()
    async with chain.reading() as uow:
        last = await uow.audit.last_seal()
    assert await seal(other) is not None
    async with chain.unit() as uow:
        late = seal_of([(13, "")], uow.now, last, bound=0, cluster="")
        assert not await uow.audit.add_seal(late)
        assert await seal_entries(uow) is None
