#!/usr/bin/env bash
# aiogram 3.31.0 with pydantic 2.13.4: the model by which an answer of the Bot API is read is made for that answer, and forgotten.
#
# `check_response` of the session says `Response[what the method returns]` for each answer. pydantic keeps the classes it makes of a generic model in a
# table that holds them weakly, and aiogram holds none of them, so that the class lives until the collector next finds it: then the next answer of this kind
# has pydantic put one together anew. For a method that returns a message (sending one, changing its keyboard) that is a schema of many types. How
# much longer such an answer takes is printed as a ratio of one run; the check rests on the class being gone, and on another one reading the next answer.
#
# Where it bites: a bot answers all chats in one event loop, and every now and then one courtesy (taking buttons away from a message that has done its
# work) holds all of them up. A profile of many messages hardly shows it, since most answers find the class alive. Holding a reference to
# `Response[...]` of each method that is called ends it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet aiogram==3.31.0 pydantic==2.13.4
"$folder/env/bin/python" - <<'PY'
import asyncio
import gc
import json
import time
import weakref
from importlib.metadata import version
from statistics import median

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import EditMessageReplyMarkup, Response

CHAT = {"id": 1, "type": "private", "first_name": "A"}
ANSWER = json.dumps({"ok": True, "result": {"message_id": 5, "date": 1_700_000_000, "chat": CHAT, "text": "x"}})
METHOD = EditMessageReplyMarkup(chat_id=1, message_id=5)


def read(session, bot):
    """How long one answer takes, and a weak reference to the class that read it."""
    began = time.process_time()
    response = session.check_response(bot, METHOD, 200, ANSWER)
    took = time.process_time() - began
    assert response.result.message_id == 5
    return took, weakref.ref(type(response))


async def main():
    session, bot = AiohttpSession(), Bot("42:TEST")
    read(session, bot)
    anew, died = [], 0
    for _ in range(7):
        gc.collect()
        took, model = read(session, bot)
        anew.append(took)
        gc.collect()
        died += model() is None
    held = Response[METHOD.__returning__]
    kept = []
    for _ in range(7):
        gc.collect()
        took, model = read(session, bot)
        kept.append(took)
        assert model() is held, "changed: a class that is held does not read the next answer"
    print("aiogram", version("aiogram"), "pydantic", version("pydantic"))
    print(f"{died} of 7 classes were gone once collected; an answer then takes {median(anew) / median(kept):.0f} times as long as with the class held")
    assert died == 7, "changed: something holds the class now"
    await bot.session.close()


asyncio.run(main())
PY
