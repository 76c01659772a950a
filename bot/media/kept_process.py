"""The process documents are made in: begun with the first one, kept a while for the next, given back if none comes.

Starting an interpreter and loading what lays documents out costs more than most documents do, so it is not done for
each of them.
"""

import asyncio
import pickle
import sys
from contextlib import suppress
from typing import Any

from bot.media.paper_process import LENGTH_BYTES, Job, PaperFailure
from intake.rules.errors import RuleBroken
from papers.pdf import NICENESS, SECONDS

KEPT = 60.0
"""Seconds it waits for another document before its memory is given back."""
LONGEST = SECONDS + 60.0
"""Seconds for one document, LibreOffice among them."""
_TO_END = 3.0
# what it loads is loaded behind everybody who writes, too
_PROGRAM = f"import os; os.nice({NICENESS}); from bot.media.paper_process import main; main()"


class _EndedError(RuntimeError):
    """The process is gone, and there is no answer."""


class KeptProcess:
    """One process that makes documents, one after the other; whoever uses it sees to it that no two are wanted at once.

    Args:
        kept: how many seconds it stays when it has nothing to do.
        longest: how many seconds one document may take.

    A job that takes too long or is waited for no more ends the process, and the next one begins another.
    """

    def __init__(self, *, kept: float = KEPT, longest: float = LONGEST) -> None:
        self._kept = kept
        self._longest = longest
        self._running: asyncio.subprocess.Process | None = None
        self._timer: asyncio.TimerHandle | None = None

    async def begin(self) -> None:
        """Have the process there for a job that will soon be wanted; what it loads, it loads meanwhile."""
        self._wait_no_more()
        await self._one()
        self._wait_a_while()

    async def done(self, job: Job) -> Any:
        """The result of a job.

        Raises `RuleBroken` where no document tells it, `OSError` where the database or the disk could not be reached,
        `RuntimeError` where the process failed or took too long.
        """
        self._wait_no_more()
        written, waited = pickle.dumps(job), self._running is not None
        try:
            told = await self._told(written)
        except _EndedError:
            if not waited:
                raise
            told = await self._told(written)  # it may have died while it waited, which nobody has noticed yet
        self._wait_a_while()
        result = pickle.loads(told)  # noqa: S301 - written by the process of ours
        if isinstance(result, RuleBroken):
            raise result
        if isinstance(result, PaperFailure):
            raise OSError(result.told) if result.waits else RuntimeError(result.told)
        return result

    async def _told(self, job: bytes) -> bytes:
        running = await self._one()
        answered = False
        try:
            async with asyncio.timeout(self._longest):
                told = await _answer(running, job)
            answered = True
        except TimeoutError:
            raise RuntimeError("a document took too long") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise _EndedError("the process that lays documents out ended before it was done") from None
        finally:
            if not answered:
                await self.close()
        return told

    async def close(self) -> None:
        """End it; in the middle of a document it is told to stop, so that LibreOffice and its folder go too."""
        self._wait_no_more()
        running, self._running = self._running, None
        if running is None or running.returncode is not None:
            return
        with suppress(ProcessLookupError):
            running.terminate()
            try:
                async with asyncio.timeout(_TO_END):
                    await running.wait()
            except TimeoutError:
                running.kill()
                await running.wait()

    async def _one(self) -> asyncio.subprocess.Process:
        if self._running is None or self._running.returncode is not None:
            pipe, nothing = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
            # -P: what lies in the folder it is started from is no part of it
            self._running = await asyncio.create_subprocess_exec(
                sys.executable, "-P", "-c", _PROGRAM, stdin=pipe, stdout=pipe, stderr=nothing
            )
        return self._running

    def _let_go(self) -> None:
        """It ends by itself when nothing can come any more, as it does where this process is killed."""
        running, self._running = self._running, None
        if running is not None and running.stdin is not None:
            running.stdin.close()

    def _wait_a_while(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(self._kept, self._let_go)

    def _wait_no_more(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


async def _answer(running: asyncio.subprocess.Process, job: bytes) -> bytes:
    if running.stdin is None or running.stdout is None:
        raise RuntimeError("a process without pipes")
    running.stdin.write(len(job).to_bytes(LENGTH_BYTES) + job)
    await running.stdin.drain()
    length = int.from_bytes(await running.stdout.readexactly(LENGTH_BYTES))
    return await running.stdout.readexactly(length)
