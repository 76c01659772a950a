"""What one letter to Telegram costs our process, beside aiogram's Bot: `python -m benchmarks.one_send`.

Both send the same words to the same Bot API server on this machine, by turns, one after the other. Processor time, the
least of several rounds. The permit the outbox holds for each letter is taken for both.
"""

import asyncio
import gc
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import process_time

from benchmarks.wire import TOKEN, call, free_ports
from bot.media.attachments import AttachmentStore
from bot.outbox.rate_limit import Allowance
from bot.telegram.send import make_channel
from intake.rules.outbox.letter import Priority
from wording.texts import Rendered

LETTERS = 300
ROUNDS = 6
_PATIENCE = 60.0
_WORDS = "Đã nhận câu hỏi của bà. Số tra cứu: VB-2026-0001, hạn trả lời thứ Ba 15/12/2026."


async def sends_beside_aiogram(folder: Path) -> tuple[float, float]:
    """Milliseconds of the processor for one send: ours, and aiogram's."""
    port = free_ports("api")["api"]
    server = await asyncio.create_subprocess_exec(sys.executable, "-m", "benchmarks.wire", str(port))
    try:
        await _up(port)
        return await _measure(f"http://127.0.0.1:{port}", folder)
    finally:
        server.kill()
        await server.wait()


async def _measure(api: str, folder: Path) -> tuple[float, float]:
    from aiogram import Bot  # as everybody imports it: whole
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    channel = make_channel(TOKEN, api, AttachmentStore(folder), allowance=Allowance())
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))

    async def ours(number: int) -> None:
        await channel.send(number, str(number), Rendered(_WORDS))

    async def aiograms(number: int) -> None:
        await bot.send_message(number, _WORDS)

    best = [float("inf"), float("inf")]
    for _ in range(ROUNDS):
        for which, send in enumerate((ours, aiograms)):
            best[which] = min(best[which], await _round(channel.limiter.permit, send))
    await channel.close()
    await bot.session.close()
    return best[0], best[1]


async def _round(permit: Callable[..., object], send: Callable[[int], Awaitable[None]]) -> float:
    gc.collect()
    began = process_time()
    for number in range(7_000_000, 7_000_000 + LETTERS):
        async with permit(str(number), Priority.REPLY, _PATIENCE) as given:  # type: ignore[attr-defined]
            if given:
                await send(number)
    return (process_time() - began) * 1000 / LETTERS


async def _up(port: int) -> None:
    for _ in range(300):
        try:
            await call(port, b"GET /count HTTP/1.1\r\nHost: bench\r\n\r\n")
        except OSError:
            await asyncio.sleep(0.1)
        else:
            return
    raise SystemExit("the Bot API server did not open in time")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        own, other = asyncio.run(sends_beside_aiogram(Path(name)))
    print(f"one send: {own:.2f} ms, aiogram's Bot {other:.2f} ms, {own / other:.2f} of it")
