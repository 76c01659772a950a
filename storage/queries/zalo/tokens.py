"""The tokens of an Official Account, sealed; and the claim of the one process that may renew them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storage import tables as t
from storage.transaction import Transaction
from storage.upsert import insert_once


@dataclass(frozen=True, slots=True)
class TokenRow:
    """What is kept of an account's tokens. `refresh_since`: when the refresh token that is kept was given to us."""

    access_sealed: str | None
    refresh_sealed: str | None
    renew_at: datetime | None
    expires_at: datetime | None
    refresh_since: datetime | None
    tried: list[str]
    refused_at: datetime | None
    buttons_refused_at: datetime | None


class ZaloTokenRows:
    """One row for each Official Account."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._now = transaction.now

    async def get(self, oa_id: str) -> TokenRow | None:
        """The tokens as they are now."""
        columns = t.zalo_tokens.c
        rows = await self._session.execute(
            sa.select(
                columns.access_sealed,
                columns.refresh_sealed,
                columns.renew_at,
                columns.expires_at,
                columns.refresh_since,
                columns.tried,
                columns.refused_at,
                columns.buttons_refused_at,
            ).where(columns.oa_id == oa_id)
        )
        row = rows.one_or_none()
        if row is None:
            return None
        return TokenRow(*row)

    async def claim(self, oa_id: str, holder: str, until: datetime) -> bool:
        """Become the one who renews the tokens, until a moment. Returns False while somebody else is.

        A claim that would last twice as long as ours was made by a clock that was ahead: it holds nobody up.
        """
        await insert_once(self._session, t.zalo_tokens, {"oa_id": oa_id, "tried": []})
        free = t.zalo_tokens.c.refreshing_until
        claimed = await self._session.scalar(
            sa.update(t.zalo_tokens)
            .where(
                t.zalo_tokens.c.oa_id == oa_id,
                sa.or_(
                    free.is_(None),
                    free <= self._now,
                    free > until + (until - self._now),
                    t.zalo_tokens.c.refreshing_by == holder,
                ),
            )
            .values(refreshing_by=holder, refreshing_until=until)
            .returning(t.zalo_tokens.c.oa_id)
        )
        return claimed is not None

    async def change(self, oa_id: str, **values: Any) -> None:
        """Set columns of an account's row, made when there is none."""
        await insert_once(self._session, t.zalo_tokens, {"oa_id": oa_id, "tried": []})
        await self._session.execute(sa.update(t.zalo_tokens).where(t.zalo_tokens.c.oa_id == oa_id).values(**values))

    async def let_go(self, oa_id: str, holder: str) -> None:
        """Give the claim back."""
        await self._session.execute(
            sa.update(t.zalo_tokens)
            .where(t.zalo_tokens.c.oa_id == oa_id, t.zalo_tokens.c.refreshing_by == holder)
            .values(refreshing_by=None, refreshing_until=None)
        )
