"""Processes of the product that are begun again whenever they end, as a machine begins a service again."""

import asyncio
import json
import time
from collections import Counter, deque
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from signal import SIGKILL

import httpx

from .processes import begun, free_port

BEGUN_AGAIN_AFTER = 1.0
"""Seconds until a service that gave up is tried again; one that was killed is begun at once."""


class Life:
    """One process and those that took its place, each under a name of its own.

    `killed_at` has the moment each of them was killed. `gave_up` has a line for each that ended by itself before it had
    served anybody, `broke_down` for each that had. `defects` counts what the log calls errors.
    """

    def __init__(self, name: str, folder: Path, settings: Mapping[str, str], api: str) -> None:
        self.name = name
        self.port = free_port()
        self.process: asyncio.subprocess.Process | None = None
        self.begun = 0
        self.serving = asyncio.Event()
        self.killed_at: dict[str, float] = {}
        self.gave_up: list[tuple[float, str]] = []
        self.broke_down: list[str] = []
        self.defects: Counter[str] = Counter()
        self._folder = folder
        self._settings = settings
        self._api = api
        self._over = False
        self._said: deque[str] = deque(maxlen=40)
        self._keeping: asyncio.Task[None] | None = None

    @property
    def now(self) -> str:
        """The name of the present one."""
        return f"{self.name}{self.begun}"

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.returncode is None

    def begin(self) -> None:
        """Keep one running from now on."""
        self._keeping = asyncio.create_task(self._keep())

    async def kill(self) -> None:
        """No time to put anything in order."""
        assert self.process is not None
        self.killed_at[self.now] = time.monotonic()
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        """Ask the present one to stop and begin none again; returns its exit status."""
        assert self.process is not None
        assert self._keeping is not None
        self._over = True
        self.process.terminate()
        await self._keeping
        return self.process.returncode or 0

    async def abandon(self) -> None:
        """Leave nothing behind, whatever came in between."""
        if self._keeping is not None:
            self._keeping.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeping
        if self.alive and self.process is not None:
            self.process.kill()
            await self.process.wait()

    async def _keep(self) -> None:
        while not self._over:
            self.begun += 1
            self._said.clear()
            settings = {**self._settings, "DOITHOAI_TELEGRAM_API": f"{self._api}/{self.now}"}
            self.process = await begun(self._folder, self.port, **settings)
            assert self.process.stdout is not None
            assert self.process.stderr is not None
            async with asyncio.TaskGroup() as group:
                group.create_task(self._read_away(self.process.stdout))
                group.create_task(self._read_away(self.process.stderr))
                looking = group.create_task(self._look())
                status = await self.process.wait()
                looking.cancel()
            served = self.serving.is_set()
            self.serving.clear()
            if self._over or status == -SIGKILL:
                continue
            words = f"{self.now} ended with {status}: {' | '.join([*self._said][-3:])}"
            if served:
                self.broke_down.append(words)
            else:
                self.gave_up.append((time.monotonic(), words))
            await asyncio.sleep(BEGUN_AGAIN_AFTER)

    async def _look(self) -> None:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}") as client:
            while not self.serving.is_set():
                with suppress(httpx.TransportError):
                    if (await client.get("/healthz")).status_code == httpx.codes.OK:
                        self.serving.set()
                await asyncio.sleep(0.1)

    async def _read_away(self, stream: asyncio.StreamReader) -> None:
        while line := await stream.readline():
            text = line.decode().rstrip()
            self._said.append(text)
            if '"level": "error"' in text:
                self.defects[_event(text)] += 1
            elif not text.startswith("{"):
                self.defects[text[:100]] += 1


def _event(line: str) -> str:
    said = json.loads(line)
    return f"{said['event']} {str(said.get('exception', '')).rpartition(chr(10))[2].strip()}".strip()
