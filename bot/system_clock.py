"""The one place that asks the machine what time it is."""

from datetime import UTC, datetime


def system_now() -> datetime:
    """The clock of the machine, in UTC; everybody else is handed a clock."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that asks the machine
