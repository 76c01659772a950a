"""The demonstration's clock: the machine's clock, shifted; it can be moved on by whole days, never back."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

from bot.data_folder import DEMO_MARK
from bot.settings import Settings
from bot.system_clock import system_now
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import RuleBroken
from intake.rules.people.person import Network
from storage.unit_of_work import Store

BEGINS = datetime(2026, 7, 1, 8, 0, tzinfo=LOCAL)
"""The first moment of a demonstration: the 2026 dialogue of Vĩnh Bảo (third quarter) is still ahead."""

STEPS = (1, 5, 30)
_LOOK_AGAIN_SECONDS = 0.02
_LOOKS = 500


class DemoClock:
    """Tells the demonstration's time.

    Args:
        folder: where the shift is kept, so that a restart does not set the clock back.
        machine: the clock of the machine.
        begins: the first moment, when nothing is kept yet.
    """

    def __init__(self, folder: Path, machine: Callable[[], datetime], begins: datetime = BEGINS) -> None:
        self._machine = machine
        self._path = folder / DEMO_MARK
        self._moving = asyncio.Lock()
        if self._path.exists():
            self._shift = timedelta(seconds=float(self._path.read_text("ascii")))
        else:
            self._shift = begins - machine()
            self._keep()

    def __call__(self) -> datetime:
        """The demonstration's moment, aware."""
        return self._machine() + self._shift

    async def move(self, days: int, on_new_day: Callable[[], Awaitable[None]]) -> None:
        """Go on by 1, 5 or 30 days, one after the other, and do on each what is due that day.

        Two who move the clock at once move it one after the other. Raises `RuleBroken` for any other number of days.
        """
        if days not in STEPS:
            raise RuleBroken("demo.failed")
        async with self._moving:
            for _ in range(days):
                self._shift += timedelta(days=1)
                self._keep()
                await on_new_day()

    def _keep(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=self._path.parent, delete=False, encoding="ascii") as aside:
            aside.write(str(self._shift.total_seconds()))
        Path(aside.name).replace(self._path)


def clock_of(settings: Settings) -> Callable[[], datetime]:
    """The clock of whoever works on an installation: in a folder of the demonstration its own, else the machine's."""
    is_demo = not settings.database_url and (settings.data_dir / DEMO_MARK).exists()
    return DemoClock(settings.data_dir, system_now) if is_demo else system_now


async def letters_are_out(store: Store, channel: str, now: Callable[[], datetime], wake: Callable[[], None]) -> None:
    """Wait until the letters of the day have gone out, so that each stands in its chat under its own day.

    Gives up after ten seconds: the relay brings the rest later.
    """
    for _ in range(_LOOKS):
        wake()
        async with store.reading() as uow:
            waits = await uow.outbox.direct(Network.WEBCHAT, channel, now(), 1)
            if not waits and not await uow.fan_out.running():
                return
        await asyncio.sleep(_LOOK_AGAIN_SECONDS)
