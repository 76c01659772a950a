#!/usr/bin/env bash
# python-telegram-bot 22.8 on httpx 0.28.1, httpcore 1.0.9 and anyio 4.16.0: every call of the Bot API looks through the whole import path, in vain.
#
# httpcore asks the package sniffio under which event loop it runs, for each lock it takes and each piece it shields, and takes a missing one for "asyncio". Until
# anyio 4.12 sniffio came along with it; since then nothing that these packages require brings it. A module that is not there is in no cache of Python, so
# each question goes through every finder and every folder of `sys.path` anew, in the event loop. What is counted are those questions for one `sendMessage`
# over a connection that is open already, against a server on this machine; with sniffio installed there are none. How much longer a call takes without
# it is printed, the check rests on the count.
#
# Where it bites: whoever sends much, and programs with a long path; the answers are right, so nothing shows it. Requiring sniffio ends it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet python-telegram-bot==22.8 httpx==0.28.1 httpcore==1.0.9 anyio==4.16.0
cat >"$folder/count.py" <<'PY'
import asyncio
import json
import sys
import time

from telegram import Bot

CHAT = {"id": 1, "type": "private", "first_name": "A"}
SENT = {"ok": True, "result": {"message_id": 5, "date": 1_700_000_000, "chat": CHAT, "text": "x"}}
ME = {"ok": True, "result": {"id": 42, "is_bot": True, "first_name": "B", "username": "b_bot"}}
CALLS = 40


class Watcher:
    """Stands first among the finders and finds nothing itself."""

    asked = 0

    def find_spec(self, name, path=None, target=None):
        self.asked += name == "sniffio"


async def answer(reader, writer):
    while head := await reader.readuntil(b"\r\n\r\n"):
        length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
        await reader.readexactly(length)
        body = json.dumps(ME if b"/getMe" in head else SENT).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


async def quietly(reader, writer):
    try:
        await answer(reader, writer)
    except asyncio.IncompleteReadError:
        writer.close()


async def main():
    server = await asyncio.start_server(quietly, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with Bot("42:TEST", base_url=f"http://127.0.0.1:{port}/bot") as bot:
        await bot.send_message(1, "x")
        watcher = Watcher()
        sys.meta_path.insert(0, watcher)
        began = time.process_time()
        for _ in range(CALLS):
            await bot.send_message(1, "x")
        took = time.process_time() - began
    server.close()
    print(watcher.asked / CALLS, 1000 * took / CALLS)


asyncio.run(main())
PY
without=$("$folder/env/bin/python" "$folder/count.py")
"$folder/env/bin/pip" install --quiet sniffio==1.3.1
with=$("$folder/env/bin/python" "$folder/count.py")
"$folder/env/bin/python" - "$without" "$with" <<'PY'
import sys
from importlib.metadata import version

(asked, took), (asked_with, took_with) = ([float(one) for one in line.split()] for line in sys.argv[1:])
print(*(f"{name} {version(name)}" for name in ("python-telegram-bot", "httpx", "httpcore", "anyio")))
print(f"searches for sniffio in one sendMessage: {asked:g} where it is missing, {asked_with:g} where it is there")
print(f"processor time of a call: {took:.2f} and {took_with:.2f} ms")
assert asked >= 1, "changed: nobody looks for a module that is not there"
assert asked_with == 0, "changed: a module that is there is looked for again"
PY
