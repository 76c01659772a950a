"""Whether a database was written with the secret key at hand: something that was sealed, to try the key on."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from storage import tables as t

_SEALED = (
    (t.persons.c.phone_sealed, t.persons.c.id),
    (t.guests.c.phone_sealed, t.guests.c.id),
    (t.zalo_tokens.c.refresh_sealed, t.zalo_tokens.c.oa_id),
)
"""What nobody can read again without the key, in the order it was written. Codes are digests, and are made anew."""


async def sealed_samples(engine: AsyncEngine) -> Sequence[str]:
    """The first and the last of each kind that was sealed; nothing where nothing was."""
    samples: list[str] = []
    async with engine.connect() as connection:
        for column, order in _SEALED:
            kept = sa.select(column).where(column.is_not(None)).limit(1)
            for one in (kept.order_by(order), kept.order_by(order.desc())):
                samples += (await connection.scalars(one)).all()
    return samples


async def forget_sealed(engine: AsyncEngine) -> int:
    """Take out what was sealed with a key that is lost for good. Returns how many phone numbers are lost."""
    lost = 0
    async with engine.begin() as connection:
        for people in (t.persons, t.guests):
            sealed = people.c.phone_sealed.is_not(None)
            lost += await connection.scalar(sa.select(sa.func.count()).select_from(people).where(sealed)) or 0
            emptied = sa.update(people).where(sealed).values(phone_sealed=None, phone_index=None)
            await connection.execute(emptied)
        await connection.execute(sa.delete(t.zalo_tokens))
    return lost
