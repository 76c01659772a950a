"""What a Zalo chat has that other chats have not: a numbered menu, and a pause while somebody answers by hand."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from intake.rules.people.person import AccountId, Network
from storage import tables as t
from storage.queries.outbox.letters import CONTENT, WITH_BROADCAST
from storage.transaction import Transaction
from storage.upsert import insert_for

_LOOKED_THROUGH = 5


@dataclass(frozen=True, slots=True)
class ZaloChat:
    """A chat as it stands. `menu` holds the options by number; `step` and `heard_at` are the conversation's now.

    `offered` are the codes of the buttons under the question it waits with.
    """

    account_id: AccountId
    step: str
    heard_at: datetime | None
    language: str
    offered: frozenset[str] = frozenset()
    menu: tuple[dict[str, Any], ...] = ()
    menu_step: str = ""
    menu_heard_at: datetime | None = None
    menu_at: datetime | None = None
    paused_until: datetime | None = None


@cache
def _chat() -> sa.Select[Any]:
    """Asked several times for every message, so it is built once."""
    chats, accounts, talks = t.zalo_chats.c, t.accounts.c, t.conversations.c
    return (
        sa.select(
            accounts.id,
            talks.step,
            accounts.last_heard_at,
            t.persons.c.language,
            talks.draft,
            talks.offered,
            chats.menu,
            chats.menu_step,
            chats.menu_heard_at,
            chats.menu_at,
            chats.paused_until,
        )
        .select_from(
            t.accounts.join(t.conversations, talks.account_id == accounts.id)
            .outerjoin(t.zalo_chats, chats.account_id == accounts.id)
            .outerjoin(t.persons, t.persons.c.id == accounts.person_id)
        )
        .where(
            accounts.network == sa.bindparam("network"),
            accounts.channel == sa.bindparam("channel"),
            accounts.address == sa.bindparam("address"),
        )
    )


class ZaloChatRows:
    """Chats of Official Accounts and bots."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def get(self, network: Network, channel: str, address: str) -> ZaloChat | None:
        """The chat at an address; None when nothing was heard from there yet."""
        bound = {"network": network, "channel": channel, "address": address}
        rows = await self._session.execute(_chat(), bound)
        row = rows.one_or_none()
        if row is None:
            return None
        account_id, step, heard_at, language, draft, offered, menu, menu_step, *rest = row
        language = language or str(draft.get("language", "vi"))
        codes = frozenset(code for code, _ in offered)
        return ZaloChat(account_id, step, heard_at, language, codes, tuple(menu or ()), menu_step or "", *rest)

    async def show_menu(
        self,
        account_id: int,
        menu: Sequence[dict[str, Any]],
        *,
        step: str,
        heard_at: datetime | None,
        at: datetime,
    ) -> None:
        """Keep the menu a chat was shown."""
        shown = {"menu": list(menu), "menu_step": step, "menu_heard_at": heard_at, "menu_at": at}
        await self._put(account_id, shown)

    async def pause(self, account_id: int, until: datetime | None) -> None:
        """Be silent in a chat until a moment; None: no more."""
        await self._put(account_id, {"paused_until": until})

    async def was_offered(self, account_id: int, code: str) -> bool:
        """Whether a button with this code stands in one of the chat's letters."""
        contents = await self._session.scalars(
            sa.select(CONTENT)
            .select_from(WITH_BROADCAST)
            .where(
                t.letters.c.account_id == account_id,
                sa.cast(CONTENT.element, sa.Text).contains(json.dumps(code), autoescape=True),
            )
            .order_by(t.letters.c.id.desc())
            .limit(_LOOKED_THROUGH)
        )
        return any(
            button.get("code") == code for content in contents for row in content.get("buttons", ()) for button in row
        )

    async def _put(self, account_id: int, values: dict[str, Any]) -> None:
        await self._session.execute(
            insert_for(self._session, t.zalo_chats)
            .values({"account_id": account_id, "menu": [], "menu_step": "", **values})
            .on_conflict_do_update(index_elements=["account_id"], set_=values)
        )
