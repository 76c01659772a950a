"""What the web chat can carry, as data."""

from bot.media.attachments import LARGEST
from intake.rules.people.flood_guard import TalkingPace

LONGEST_WORDS = 64 * 1024
"""Bytes of a JSON body: several times what any step takes, so that what is too long is kept and talked about."""

LARGEST_FILE_BODY = LARGEST + 64 * 1024
"""Bytes of a multipart body: the largest file, its caption and the boundaries."""

LONGEST_EVENT = 64
LONGEST_CODE = 64

SHOWN_AT_FIRST = 200
"""Lines a page fetches when it is opened."""

LOOKED_THROUGH = 400
"""Lines in which the label of a tapped button is looked for."""

LARGEST_WAY_IN = 1024
"""Bytes of the form that opens a chat: the code of a link."""

FROM_ONE_CHAT = TalkingPace(burst=60, per_second=3)
"""What the pages of one chat may send before anything is looked up: what the office may say."""

FROM_ONE_ADDRESS = TalkingPace(burst=600, per_second=30)
"""The same of everybody behind one address: a hall full of people shares one, so do customers of a phone company."""

UPLOADS_READ_AT_ONCE = 4
"""Files of all chats held in memory at the same moment."""

UPLOAD_AGAIN_SECONDS = 2
"""When a page whose chat is sending a file already may send the next one."""

OPENED_AT_ONCE = 20
"""Chats one address may open before it counts how many it opens in an hour."""
