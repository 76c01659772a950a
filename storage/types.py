"""Column types: moments are aware and UTC, enums are stored by value, the profile of a plan as JSON."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from intake.rules.audit import canonical
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_parse import from_document, to_document
from intake.rules.sealed.named import Named, NamedKind


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; SQLite forgets the zone, so it is put back on the way out."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse naive moments: nobody knows what they mean."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give back an aware moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EnumValue(TypeDecorator[StrEnum]):
    """A `StrEnum`, stored as its value."""

    impl = sa.String
    cache_ok = True

    def __init__(self, members: type[StrEnum]) -> None:
        super().__init__(length=32)
        self.members = members

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The value; a string that is no member is refused."""
        return None if value is None else self.members(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002
        """The member."""
        return None if value is None else self.members(value)


class EnumValues(TypeDecorator[tuple[StrEnum, ...]]):
    """Several `StrEnum` members in their order, stored as their values with commas between; none as an empty text."""

    impl = sa.String
    cache_ok = True

    def __init__(self, members: type[StrEnum]) -> None:
        super().__init__(length=200)
        self.members = members

    def process_bind_param(self, value: tuple[StrEnum, ...] | None, dialect: Dialect) -> str:  # noqa: ARG002
        """The values; a string that is no member is refused."""
        return ",".join(self.members(one).value for one in value or ())

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[StrEnum, ...]:  # noqa: ARG002
        """The members."""
        return tuple(self.members(one) for one in (value or "").split(",") if one)


class Rank(TypeDecorator[IntEnum]):
    """An `IntEnum`, stored as its number."""

    impl = sa.SmallInteger
    cache_ok = True

    def __init__(self, members: type[IntEnum]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: IntEnum | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """The number."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> IntEnum | None:  # noqa: ARG002
        """The member."""
        return None if value is None else self.members(value)


class CanonicalJson(TypeDecorator[dict[str, Any]]):
    """JSON that is written in one way only, so that its text can be hashed as it stands."""

    impl = sa.JSON
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str]:  # noqa: ARG002
        """Write it as text, past what the dialect would do; what cannot be written so is refused."""
        return canonical


class ProfileText(TypeDecorator[PlanProfile]):
    """The profile of a plan, kept as JSON. It is read as text: a text that was read before is the same profile.

    To read a profile takes as long as a message, and a plan is asked for by nearly every one.
    """

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: PlanProfile | None, dialect: Dialect) -> dict[str, Any] | None:  # noqa: ARG002
        """The document, which the JSON type below turns into text."""
        return None if value is None else to_document(value)

    def column_expression(self, column: sa.ColumnElement[PlanProfile]) -> sa.ColumnElement[PlanProfile]:
        """Have PostgreSQL hand out the text and not a value made of it."""
        return sa.type_coerce(sa.cast(column, sa.Text), self)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], PlanProfile | None]:  # noqa: ARG002
        """The profile, instead of what the JSON type would make of the text."""
        return lambda text: None if text is None else _profile_of(text)


class NamedList(TypeDecorator[tuple[Named, ...]]):
    """Those a question names, kept as a list of `[kind, id, confirmed, people]`."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[Named, ...] | None, dialect: Dialect) -> list[list[Any]] | None:  # noqa: ARG002
        """The list, which the JSON type below turns into text."""
        return None if value is None else [[one.kind.value, one.id, one.confirmed, list(one.people)] for one in value]

    def process_result_value(self, value: list[list[Any]] | None, dialect: Dialect) -> tuple[Named, ...] | None:  # noqa: ARG002
        """The named."""
        if value is None:
            return None
        return tuple(
            Named(NamedKind(kind), number, confirmed, tuple(people)) for kind, number, confirmed, people in value
        )


@lru_cache(maxsize=64)
def _profile_of(text: str) -> PlanProfile:
    return from_document(json.loads(text))
