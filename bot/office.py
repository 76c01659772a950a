"""The desk, wired: the chat's own card of a question, the links into the chat, the unit of work."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.media.attachments import AttachmentStore
from bot.media.links import ChatLinks
from handlers.engine.scene import IDLE, Scene
from handlers.office.question_lines import card
from intake.actions.people.office_session import AtTheDesk
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.files import NewFile
from intake.rules.message import Message
from intake.rules.papers.chart import BarChart
from intake.rules.people.retention import KeptFor
from intake.rules.questions.question import Question
from storage.unit_of_work import Store
from web.office.office import OfficeSite
from web.office.open_keys import OpenKeys


def make_office(
    store: Store,
    links: ChatLinks,
    wake: Callable[[], None],
    now: Callable[[], datetime],
    *,
    secure: bool = False,
    attachments: AttachmentStore | None = None,
    kept_for: KeptFor | None = None,
) -> OfficeSite:
    """Everything the desk's rooms need in this process."""
    if store.seals is None:
        raise RuntimeError("the desk needs something to seal and open with")
    return OfficeSite(
        unit=store.unit,
        reading=store.reading,
        links=links.to,
        card=chat_card,
        wake=wake,
        now=now,
        seals=store.seals,
        open_keys=OpenKeys(now),
        secure=secure,
        kept_for=kept_for or KeptFor(),
        files=None if attachments is None else attachments.find,
        draw=draw_chart,
        keep=None if attachments is None else partial(_kept, attachments),
    )


def draw_chart(chart: BarChart, name: str) -> str:
    """A chart as an image in a page."""
    from papers.charts import svg_of  # 20 MB: only once somebody looks at figures

    return svg_of(chart, name)


async def _kept(attachments: AttachmentStore, content: bytes, name: str) -> NewFile:
    media = await asyncio.to_thread(attachments.save, content, name)
    if media.problem is not None:
        raise RuleBroken(f"ask.file_{media.problem.value}")
    return NewFile(media.sha256, media.media_type, media.size, media.name)


async def chat_card(uow: UnitOfWork, desk: AtTheDesk, question: Question) -> Message:
    """The question as the chat shows it to this person, without buttons: one card, one rule of who may read what."""
    account = await uow.accounts.get(desk.session.account_id)
    if account is None:
        raise NotFound
    scene = Scene(uow, account, desk.person, desk.grants, desk.person.language, IDLE, {})
    return await card(scene, question, ())
