"""What was told long ago is forgotten a slice at a time, except what something still asks for."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from intake.actions.outbox import retention as prune_inbox
from intake.actions.outbox import retention as prune_letters
from intake.rules.message import Button, Message, pack_message
from intake.rules.outbox.letter import Letter, LetterState
from intake.rules.people.person import Network
from scheduler.retention import forget_events, forget_letters
from storage import tables as t
from storage.queries.outbox.keeping import KEPT_IN_EACH_CHAT
from storage.unit_of_work import Store
from tests.support.broadcasts import begin
from tests.support.village import Village, a_letter, a_question, build, meet
from tests.support.world import Clock

KEEP = timedelta(days=90)


@pytest.fixture
async def village(store: Store) -> Village:
    return await build(store)


async def tell(store: Store, address: str, count: int = 1, **more: object) -> list[Letter]:
    """Letters that were told at this moment, oldest first; `more` overrules."""
    async with store.unit() as uow:
        account = await meet(uow, address)
        letters = []
        for _ in range(count):
            letter = a_letter(account, uow.now, **{"state": LetterState.SENT, **more})
            if letter.state is LetterState.SENT:
                letter.sent_at = uow.now
            uow.session.add(letter)
            await uow.session.flush()
            letters.append(letter)
        await uow.commit()
    return letters


async def there(store: Store, letters: list[Letter]) -> list[bool]:
    async with store.reading() as uow:
        ids = set(await uow.session.scalars(sa.select(t.letters.c.id)))
    return [letter.id in ids for letter in letters]


async def talk_on(store: Store, *addresses: str) -> None:
    """So much is told in these chats now that nothing earlier is among the last."""
    for address in addresses:
        await tell(store, address, KEPT_IN_EACH_CHAT)


async def test_what_was_told_before_the_time_is_forgotten_and_what_was_told_in_it_is_kept(
    store: Store, village: Village, clock: Clock
):
    old = await tell(store, "100", 3)
    clock.move(days=60)
    young = await tell(store, "100", 3)
    await talk_on(store, "100")
    clock.move(days=30)
    assert await forget_letters(store.unit, KEEP) == 0, "not before its day"
    clock.move(seconds=1)

    assert await forget_letters(store.unit, KEEP) == 3

    assert await there(store, old + young) == [False] * 3 + [True] * 3
    assert await forget_letters(store.unit, KEEP) == 0


async def test_what_is_kept_is_counted_from_the_day_it_went_out(store: Store, village: Village, clock: Clock):
    (waited_long,) = await tell(store, "100", sent_at=None)
    clock.move(days=80)
    async with store.unit() as uow:
        await uow.session.execute(sa.update(t.letters).values(sent_at=uow.now))
        await uow.commit()
    await talk_on(store, "100")
    clock.move(days=20)
    assert await forget_letters(store.unit, KEEP) == 0

    clock.move(days=71)
    assert await forget_letters(store.unit, KEEP) == 1
    assert await there(store, [waited_long]) == [False]


@pytest.mark.parametrize("state", [one for one in LetterState if one not in (LetterState.SENT, LetterState.DISCARDED)])
async def test_what_was_not_told_is_never_forgotten(store: Store, village: Village, clock: Clock, state: LetterState):
    letters = await tell(store, "100", state=state)
    await talk_on(store, "100")
    clock.move(days=2000)

    await forget_letters(store.unit, KEEP)

    assert await there(store, letters) == [True]


async def test_what_was_discarded_is_forgotten_like_what_was_told(store: Store, village: Village, clock: Clock):
    of_a_chat = await tell(store, "100", state=LetterState.DISCARDED)
    of_nobody = await tell(store, "100", state=LetterState.DISCARDED, account_id=None)
    await talk_on(store, "100")
    clock.move(days=91)

    assert await forget_letters(store.unit, KEEP) == 2

    assert await there(store, of_a_chat + of_nobody) == [False, False]


async def test_the_last_of_a_chat_stay_so_that_a_label_may_still_be_typed(store: Store, village: Village, clock: Clock):
    with_button = pack_message(Message("menu.title", {}, ((Button("cmd.menu", "button.menu"),),)))
    letters = await tell(store, "100", KEPT_IN_EACH_CHAT + 2, content=with_button)
    clock.move(days=365)

    assert await forget_letters(store.unit, KEEP) == 2

    assert await there(store, letters) == [False] * 2 + [True] * KEPT_IN_EACH_CHAT
    async with store.reading() as uow:
        assert len(await uow.letters.recent_with_buttons(village.account.id)) == KEPT_IN_EACH_CHAT


async def test_no_id_of_a_letter_is_ever_given_out_again(store: Store, village: Village, clock: Clock):
    """A web chat knows by the letter's id what it shows already."""
    (last,) = (await tell(store, "100", 20))[-1:]
    clock.move(days=365)
    await forget_letters(store.unit, KEEP)

    (next_,) = await tell(store, "200")

    assert next_.id > last.id


async def test_a_name_keeps_a_letter_for_a_year_and_a_month(store: Store, village: Village, clock: Clock):
    """While the name stands nothing is told twice under it, and notices are counted by it."""
    news = await begin(store, village.commune.id, [], "Mời bà con", name="notice:7")
    letters = await tell(store, "100", broadcast_id=news) + await tell(store, "100", once="remind:7")
    await talk_on(store, "100")
    clock.move(days=400)
    assert await forget_letters(store.unit, KEEP) == 0
    async with store.reading() as uow:
        (channel_policy,) = (await uow.proofs.channel_policy(7, [village.east.id])).values()  # type: ignore[arg-type]
        assert (channel_policy.sent, channel_policy.phones) == (1, 1)

    clock.move(seconds=1)
    assert await forget_letters(store.unit, KEEP) == 2
    assert await there(store, letters) == [False, False]


async def test_a_letter_about_a_question_stays_until_the_question_is_closed(
    store: Store, village: Village, clock: Clock
):
    async with store.unit() as uow:
        open_, closed = a_question(village, "VB-1", uow.now), a_question(village, "VB-2", uow.now, closed_at=uow.now)
        for question in (open_, closed):
            await uow.questions.add(question)
        await uow.commit()
    of_open = await tell(store, "100", question_id=open_.id)
    of_closed = await tell(store, "100", question_id=closed.id)
    await talk_on(store, "100")
    clock.move(days=91)

    assert await forget_letters(store.unit, KEEP) == 1
    assert await there(store, of_open + of_closed) == [True, False]

    clock.move(days=400)
    await forget_letters(store.unit, KEEP)
    assert await there(store, of_open) == [False], "a question nobody ever closes keeps nothing for ever"


async def test_it_is_done_in_slices(store: Store, village: Village, clock: Clock, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(prune_letters, "AT_ONCE", 3)
    await tell(store, "100", 8)
    await tell(store, "200", 8)
    clock.move(days=91)
    async with store.unit() as uow:
        first = await prune_letters.prune_letters(uow, 0, KEEP)  # type: ignore[arg-type]
        assert first is not None
        last, gone = first
        assert gone == 3
        assert await uow.keeping.drop_told(last, 3, uow.now - timedelta(days=92), uow.now) is None

    assert await forget_letters(store.unit, KEEP) == 16 - 2 * KEPT_IN_EACH_CHAT


async def test_events_are_forgotten_in_slices(
    store: Store, village: Village, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(prune_inbox, "AT_ONCE", 2)
    for number in range(5):
        async with store.unit() as uow:
            await uow.inbox.record(Network.TELEGRAM, "bot", "1", str(number))
            await uow.commit()
        clock.move(seconds=1)
    clock.move(days=30, seconds=-2)
    async with store.unit() as uow:
        assert await uow.inbox.prune(uow.now - timedelta(days=30), 2) == 2

    assert await forget_events(store.unit) == 3

    async with store.unit() as uow:
        assert not await uow.inbox.record(Network.TELEGRAM, "bot", "1", "3"), "thirty days old, not older"
        assert await uow.inbox.record(Network.TELEGRAM, "bot", "1", "2")
