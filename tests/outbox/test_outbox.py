"""The outbox: what is written once is there once, in order per chat, and is emptied when it was told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from intake.actions.outbox.reroute import reroute
from intake.rules.message import Button, CarriedFile, Message, pack_message, unpack_message
from intake.rules.outbox.letter import Letter, LetterState, Priority
from intake.rules.people.person import Account, Network
from storage import tables as t
from storage.queries.outbox.relay import Outgoing
from storage.unit_of_work import SqlUnitOfWork, Store
from tests.support.village import Village, a_letter, a_question, build, meet


async def waiting(uow: SqlUnitOfWork, *, after: timedelta = timedelta(), limit: int = 100) -> list[Outgoing]:
    return list(await uow.outbox.direct(Network.WEBCHAT, "plain", uow.now + after, limit))


async def row(uow: SqlUnitOfWork, letter: Letter) -> Letter:
    found = await uow.session.scalar(
        sa.select(Letter).where(t.letters.c.id == letter.id).execution_options(populate_existing=True)
    )
    assert found is not None
    return found


@pytest.fixture
async def village(store: Store) -> Village:
    return await build(store)


async def test_priority_then_age_decides_what_goes_first(store: Store, village: Village):
    async with store.unit() as uow:
        letters = [
            a_letter(village.account, uow.now, priority=priority)
            for priority in (Priority.PUSH, Priority.REPLY, Priority.AWAITED, Priority.AWAITED)
        ]
        await uow.letters.add_many(letters[:2])
        for letter in letters[2:]:
            await uow.letters.add(letter)
        found = await waiting(uow)
        ids = [one.letter_id for one in found]
        assert ids == [*sorted(ids)[2:], *sorted(ids)[:2][::-1]]
        assert len(await waiting(uow, limit=2)) == 2


async def test_an_outgoing_letter_knows_its_way(store: Store, village: Village):
    async with store.unit() as uow:
        await uow.letters.add(a_letter(village.account, uow.now))
        (found,) = await waiting(uow)
        assert (found.address, found.language, found.attempts) == ("100", "vi", 0)
        assert found.content == pack_message(Message("talk.cancelled"))


async def test_a_letter_waits_for_its_moment(store: Store, village: Village):
    async with store.unit() as uow:
        await uow.letters.add(a_letter(village.account, uow.now, not_before=uow.now + timedelta(hours=1)))
        assert await waiting(uow, after=timedelta(minutes=59)) == []
        assert len(await waiting(uow, after=timedelta(hours=1))) == 1


async def test_what_is_named_is_written_once_by_whomever(
    store: Store, new_store: Callable[[], Store], village: Village
):
    for one in (store, new_store()):
        async with one.unit() as uow:
            first = await uow.letters.add(a_letter(village.account, uow.now, once="overdue:1"))
            assert first is (one is store)
            assert await uow.letters.add(a_letter(village.account, uow.now, once="overdue:1")) is False
            await uow.commit()
    async with store.unit() as uow:
        assert await uow.letters.add(a_letter(village.account, uow.now, once="overdue:2")) is True
        assert await uow.letters.add(a_letter(village.account, uow.now)) is True
        assert await uow.letters.add(a_letter(village.account, uow.now)) is True
        assert len(await waiting(uow)) == 4


async def test_nothing_to_broadcast_is_nothing(store: Store, village: Village):
    async with store.unit() as uow:
        await uow.letters.add_many([])
        assert await waiting(uow) == []


async def test_putting_off_holds_back_the_chat_and_only_that_chat(store: Store, village: Village):
    async with store.unit() as uow:
        other = await meet(uow, "200")
        for account in (village.account, village.account, other):
            await uow.letters.add(a_letter(account, uow.now))
        later = a_letter(village.account, uow.now, not_before=uow.now + timedelta(hours=9))
        await uow.letters.add(later)
        first = (await waiting(uow))[0]

        await uow.outbox.put_off(first, uow.now + timedelta(minutes=1), "Unavailable: " + "x" * 500)

        assert [one.address for one in await waiting(uow)] == ["200"]
        await uow.letters.add(a_letter(village.account, uow.now))  # written since
        assert [one.address for one in await waiting(uow)] == ["200"]
        again = [one for one in await waiting(uow, after=timedelta(minutes=1)) if one.address == "100"]
        assert next(one.letter_id for one in again) == first.letter_id
        assert [one.attempts for one in again] == [1, 0, 0]
        assert (await row(uow, later)).not_before == uow.now + timedelta(hours=9), "never sooner than it may"


async def test_a_sent_letter_keeps_its_sentence_and_buttons_but_no_persons_words(store: Store, village: Village):
    buttons = ((Button("status.1", "button.open"),),)
    said = Message(
        "tell.relay",
        {"name": "Bà Năm", "text": "chuyện riêng"},
        buttons,
        attachments=(CarriedFile("ab"), CarriedFile("cd", ("Giấy mời",))),
    )
    async with store.unit() as uow:
        letter = a_letter(village.account, uow.now, content=pack_message(said))
        await uow.letters.add(letter)
        (outgoing,) = await waiting(uow)
        assert unpack_message(outgoing.content) == said

        await uow.outbox.mark_sent([(outgoing, "m1")], uow.now)
        await uow.outbox.mark_sent([], uow.now)

        kept = await row(uow, letter)
        assert (kept.state, kept.sent_at, kept.network_message_id) == (LetterState.SENT, uow.now, "m1")
        assert "riêng" not in str(kept.content)
        assert "Năm" not in str(kept.content)
        assert kept.content["attachments"] == []
        assert [one.key for one in await uow.letters.recent_with_buttons(village.account.id)] == ["tell.relay"]
        assert await waiting(uow) == []


async def test_only_the_last_few_messages_with_buttons_count(store: Store, village: Village):
    with_buttons = pack_message(Message("menu.title", {}, ((Button("cmd.menu", "button.menu"),),)))
    async with store.unit() as uow:
        for content in (with_buttons, *[pack_message(Message("talk.cancelled"))] * 4, with_buttons):
            await uow.letters.add(a_letter(village.account, uow.now, content=content))
        found = await uow.letters.recent_with_buttons(village.account.id)
    assert [message.key for message in found] == ["menu.title"]


async def test_giving_up_leaves_the_reason(store: Store, village: Village):
    async with store.unit() as uow:
        letter = a_letter(village.account, uow.now)
        await uow.letters.add(letter)
        (outgoing,) = await waiting(uow)
        await uow.outbox.give_up(outgoing.letter_id, LetterState.QUARANTINED, "Rejected: " + "x" * 500)
        kept = await row(uow, letter)
        assert (kept.state, kept.attempts, len(kept.failure or "")) == (LetterState.QUARANTINED, 1, 200)
        assert await waiting(uow) == []


async def test_letters_of_a_lost_chat_are_left_for_the_hamlet_head(store: Store, village: Village):
    async with store.unit() as uow:
        waiting_one = a_letter(village.account, uow.now)
        await uow.letters.add(waiting_one)
        await uow.letters.add(a_letter(village.account, uow.now, state=LetterState.SENT))
        told = a_letter(village.account, uow.now, account_id=None, state=LetterState.IN_PERSON)
        await uow.letters.add(told)

        await reroute(uow, village.account.id, heard_at=village.account.last_heard_at, gone=True)

        in_person = await uow.letters.in_person([village.east.id], uow.now)
        assert [(letter.id, person.name) for letter, person in in_person] == [
            (waiting_one.id, "Nguyễn Thị Lụa"),
            (told.id, "Nguyễn Thị Lụa"),
        ]
        assert await uow.letters.in_person([village.west.id], uow.now) == []
        assert await uow.accounts.of([village.resident.id]) == {}


async def test_who_is_erased_leaves_no_letter_behind(store: Store, village: Village):
    async with store.unit() as uow:
        question = await uow.questions.add(a_question(village, "VB-2024-0001", uow.now))
        kept = a_letter(village.account, uow.now, state=LetterState.SENT, question_id=question.id)
        for letter in (kept, a_letter(village.account, uow.now)):
            await uow.letters.add(letter)
        await uow.letters.forget(village.resident.id)

        rows = (await uow.session.execute(sa.select(t.letters.c.id, t.letters.c.person_id, t.letters.c.content))).all()
        assert [(one.id, one.person_id, one.content["key"]) for one in rows] == [(kept.id, None, "")]


async def test_a_web_chat_shows_a_letter_once_and_continues_where_one_left(store: Store, village: Village):
    async with store.unit() as uow:
        other = await meet(uow, "200")
        for number in range(3):
            await uow.web.add(village.account.id, {"text": f"lời {number}"}, letter_id=number)
        await uow.web.add(village.account.id, {"text": "lần nữa"}, letter_id=1)
        await uow.web.add(village.account.id, {"text": "tôi"})
        await uow.web.add(village.account.id, {"text": "tôi"})
        await uow.web.add(other.id, {"text": "khác"}, letter_id=9)

        lines = await uow.web.since(village.account.id, 0)
        assert [line.said["text"] for line in lines] == ["lời 0", "lời 1", "lời 2", "tôi", "tôi"]
        assert [line.said["text"] for line in await uow.web.since(village.account.id, lines[2].id)] == ["tôi", "tôi"]
        assert len(await uow.web.since(village.account.id, 0, limit=2)) == 2
        assert lines[0].at == uow.now

        account = await uow.session.get(Account, village.account.id)
        assert account is not None
        await uow.accounts.forget(account)
        assert await uow.web.since(village.account.id, 0) == []
        assert len(await uow.web.since(other.id, 0)) == 1
