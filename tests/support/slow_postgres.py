"""A wire between a process and PostgreSQL that can be cut, or that can go dead without anybody being told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class PostgresBehindWire:
    """Listens at `port` of this machine and passes everything on to the server whose socket lies in a folder."""

    def __init__(self, folder: str) -> None:
        self._socket = f"{folder}/.s.PGSQL.5432"
        self._server: asyncio.Server | None = None
        self._passing = asyncio.Event()
        self._passing.set()
        self._ends: list[asyncio.StreamWriter] = []
        self._talks: set[asyncio.Task[None]] = set()
        self.port = 0

    async def listen(self) -> None:
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    def freeze(self) -> None:
        """Nothing arrives any more, in either direction; new connections are taken and hear nothing."""
        self._passing.clear()

    async def cut(self) -> None:
        """Every connection ends, and no new one is taken."""
        if self._server is not None:
            self._server.close()
        for end in self._ends:
            end.transport.abort()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        await asyncio.sleep(0)  # the transports close in the next round of the loop

    def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._talks.add(asyncio.create_task(self._connect(reader, writer)))

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._ends.append(writer)
        await self._passing.wait()
        answers, asks = await asyncio.open_unix_connection(self._socket)
        self._ends.append(asks)
        await asyncio.gather(self._pass(reader, asks), self._pass(answers, writer))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while piece := await reader.read(65536):
                await self._passing.wait()
                writer.write(piece)
                await writer.drain()
        except ConnectionError:
            pass  # cut
        finally:
            writer.close()


@asynccontextmanager
async def wire_to(folder: str) -> AsyncIterator[PostgresBehindWire]:
    wire = PostgresBehindWire(folder)
    await wire.listen()
    try:
        yield wire
    finally:
        await wire.cut()
