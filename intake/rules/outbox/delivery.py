"""What can go wrong when a letter is sent (a closed set), and what follows from it (pure)."""

from datetime import UTC, datetime, time, timedelta

from intake.rules.deadlines.calendar import LOCAL

QUIET_FROM = time(21, 0)
QUIET_UNTIL = time(6, 30)
FIRST_RETRY = timedelta(seconds=2)
LONGEST_RETRY = timedelta(minutes=15)


class DeliveryFailure(Exception):
    """A letter did not go out."""


class Throttled(DeliveryFailure):
    """The network asks us to wait. `retry_after` in seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"throttled for {retry_after} s")
        self.retry_after = retry_after


class Unreachable(DeliveryFailure):
    """The person blocked the bot or is gone; a hamlet head has to be told."""


class WindowClosed(DeliveryFailure):
    """The network lets us write only after the person has written (Zalo's seven days)."""


class Rejected(DeliveryFailure):
    """The network refuses the message itself: our defect; quarantined with an alarm, never sent again by itself."""


class Unavailable(DeliveryFailure):
    """The network cannot be reached just now; try again later."""


def retry_delay(attempts: int) -> timedelta:
    """How long to wait after `attempts` failures in a row: doubling from 2 seconds up to 15 minutes."""
    return min(FIRST_RETRY * float(2 ** min(attempts, 12)), LONGEST_RETRY)


def earliest_sending(now: datetime) -> datetime:
    """The moment from which a broadcast may go out: in the quiet hours (21:00–06:30) it waits for their end."""
    local = now.astimezone(LOCAL)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return now
    morning = datetime.combine(local.date(), QUIET_UNTIL, tzinfo=LOCAL)
    if local.time() >= QUIET_FROM:
        morning += timedelta(days=1)
    return morning.astimezone(UTC)
