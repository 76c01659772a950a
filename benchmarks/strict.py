"""A Bot API server that keeps Telegram's limits to the letter: `python -m benchmarks.strict PORT`.

Every call needs its time there and back, never the same; `GET /seen` tells what was taken and refused, and when.
"""

import asyncio
import json
import random
import sys
from typing import Any
from urllib.parse import parse_qs

from benchmarks.wire import BotApi
from tests.support.strict_limits import StrictLimits

ONE_WAY = (0.02, 0.05)
LIMITS = StrictLimits()


class StrictApi(BotApi):
    """Answers `sendMessage` as the limits allow."""

    def data_received(self, data: bytes) -> None:
        self._got += data
        while (end := self._end_of_request()) is not None:
            request, self._got = self._got[:end], self._got[end:]
            if request.startswith(b"GET /seen"):
                self._say(200, {"taken": LIMITS.taken, "refused": LIMITS.refused})
            else:
                self._later(self._arrive, request)

    def _arrive(self, request: bytes) -> None:
        form = parse_qs(request.partition(b"\r\n\r\n")[2].decode())
        chat = form["chat_id"][0]
        wait = LIMITS.take(asyncio.get_running_loop().time(), chat)
        if wait:
            words = f"Too Many Requests: retry after {wait}"
            body = {"ok": False, "error_code": 429, "description": words, "parameters": {"retry_after": wait}}
            self._later(self._say, 429, body)
        else:
            message = {"message_id": len(LIMITS.taken), "date": 1_700_000_000, "text": form["text"][0]}
            message["chat"] = {"id": int(chat), "type": "private", "first_name": "A"}
            self._later(self._say, 200, {"ok": True, "result": message})

    def _later(self, what: Any, *how: Any) -> None:
        asyncio.get_running_loop().call_later(random.uniform(*ONE_WAY), what, *how)

    def _say(self, status: int, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        head = f"HTTP/1.1 {status} -\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)


async def serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(StrictApi, "127.0.0.1", port)
    print("up", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
