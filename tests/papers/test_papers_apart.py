"""Documents are looked up and laid out in a process of their own: the same files, the same refusals, no keys."""

import pickle
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.media.attachments import AttachmentStore
from bot.media.paper_process import MakeWanted, paper_wanted
from bot.media.press import PaperPress
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken, TooLong, Unsure
from intake.rules.papers.facts import PaperStamp
from intake.rules.papers.kinds import PaperFormat, PaperKind
from intake.rules.papers.order import WantedPaper
from intake.rules.plan.plan import PlanId
from papers.docx import docx_of
from storage.view import StoreView, view_of
from tests.support.office import ROAD, Office, open_office, person_named
from tests.support.paper_check import words_of
from tests.support.webchat_line import WebChatLine
from tests.support.world import World, local, opened_world

PLAN = PlanId(1)
NOBODY = WantedPaper(PLAN, PaperKind.MINUTES, "99", PaperFormat.DOCX)


@pytest.fixture
async def world(tmp_path: Path, database_url: str) -> AsyncIterator[World]:
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1), url=database_url, plan="di-lang-2024") as opened:
        yield opened


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


@pytest.fixture
def views(world: World, database_url: str) -> list[StoreView]:
    """How the database is read from elsewhere: by the last of them."""
    return [view_of(world.store, database_url)]


@pytest.fixture
async def apart(world: World, views: list[StoreView]) -> AsyncIterator[PaperPress]:
    press = PaperPress(AttachmentStore(world.data_dir / "attachments"), world.store.reading, apart=lambda: views[-1])
    yield press
    await press.close()


async def test_the_other_process_makes_the_same_files_and_refuses_the_same(
    office: Office, apart: PaperPress, views: list[StoreView]
) -> None:
    reference = await office.assigned()
    store = office.world.store
    here = PaperPress(AttachmentStore(office.world.data_dir / "attachments"), store.reading)
    stamp = PaperStamp("07", local(2024, 3, 1).date())
    slip = WantedPaper(PLAN, PaperKind.ANSWER_SLIP, reference, PaperFormat.DOCX, stamp=stamp)
    async with store.reading() as uow:
        clerk = await person_named(uow, "Trần Văn Thư")
    charts = WantedPaper(PLAN, PaperKind.FIGURES, "2024", None, person_id=clerk.id)

    await apart.get_ready()
    [made] = await apart.make(slip)
    assert (made,) == await here.make(slip)
    said = words_of(AttachmentStore(office.world.data_dir / "attachments").read(made.file))
    assert ROAD in said
    assert "07" in said
    worded = await apart.word(slip)
    assert worded == await here.word(slip)
    assert docx_of(worded) == AttachmentStore(office.world.data_dir / "attachments").read(made.file)
    drawn = await apart.make(charts)
    assert drawn == await here.make(charts)
    assert len(drawn) == 2

    for wanted in (NOBODY, replace(NOBODY, kind=PaperKind.FIGURES, about="2024", form=None)):
        for press in (apart, here):
            with pytest.raises(NotFound):
                await press.make(wanted)
            if wanted.form is not None:
                with pytest.raises(NotFound):
                    await press.word(wanted)

    views.append(replace(views[0], url=f"sqlite+aiosqlite:///{office.world.data_dir}/nothing/here"))
    with pytest.raises(OSError, match="OperationalError in"):  # a database that cannot be reached is waited for
        await apart.make(NOBODY)


@pytest.mark.parametrize(
    "refusal",
    [NotFound(), ChangedMeanwhile(), TooLong(9, 4), RuleBroken("papers.not_made", {"a": 1}), Unsure("a", {}, ["b"])],
)
def test_a_refusal_comes_out_of_another_process_as_it_is(refusal: RuleBroken) -> None:
    again = pickle.loads(pickle.dumps(refusal))  # noqa: S301 - what was just written

    assert type(again) is type(refusal)
    assert (again.args, vars(again)) == (refusal.args, vars(refusal))


async def test_the_keys_stay_behind_and_the_password_stands_in_no_log(office: Office, database_url: str) -> None:
    view = view_of(office.world.store, database_url)
    assert database_url not in repr(MakeWanted(NOBODY, view))
    async with view.opened() as store:
        with pytest.raises(RuntimeError, match="no keys"):
            _ = store.vault
        async with store.reading() as uow:
            with pytest.raises(RuntimeError, match="no keys"):
                _ = uow.vault
        assert store.now() == office.world.clock.now()
        with pytest.raises(NotFound):
            await paper_wanted(NOBODY, store.reading)


async def test_a_press_without_a_database_says_so(tmp_path: Path) -> None:
    press = PaperPress(AttachmentStore(tmp_path))
    for asked in (press.make, press.word):
        with pytest.raises(RuntimeError, match="nothing to look documents up in"):
            await asked(NOBODY)
