"""Whether a database was written with the secret key at hand: something that was sealed, to try the key on."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from storage import tables as t
from storage.upsert import insert_once_into

_SEALED = (
    (t.key_sample.c.sealed, t.key_sample.c.id),
    (t.persons.c.phone_sealed, t.persons.c.id),
    (t.guests.c.phone_sealed, t.guests.c.id),
    (t.zalo_tokens.c.refresh_sealed, t.zalo_tokens.c.oa_id),
)
"""What is opened to try a key, in the order it was written. Of codes, which are digests, the sample alone tells."""


async def sealed_samples(engine: AsyncEngine) -> Sequence[str]:
    """The first and the last of each kind that was sealed; nothing where nothing was."""
    samples: list[str] = []
    async with engine.connect() as connection:
        for column, order in _SEALED:
            kept = sa.select(column).where(column.is_not(None)).limit(1)
            for one in (kept.order_by(order), kept.order_by(order.desc())):
                samples += (await connection.scalars(one)).all()
    return samples


async def keep_sample(engine: AsyncEngine, sealed: str) -> None:
    """Keep something that the key at hand sealed, unless something is kept already, by whichever process was first."""
    async with engine.begin() as connection:
        await connection.execute(insert_once_into(engine.dialect.name, t.key_sample), {"id": 1, "sealed": sealed})


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
        await connection.execute(sa.delete(t.key_sample))
    return lost
