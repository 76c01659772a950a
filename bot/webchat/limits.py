"""What the web chat can carry, as data."""

from bot.media.attachments import LARGEST

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

HEARTBEAT_SECONDS = 15.0
"""How long a stream of events may be silent; proxies cut silent connections after 30 to 60."""

LOOK_AGAIN_SECONDS = 1.0
"""How soon a line that another process wrote is seen."""

RECONNECT_MILLISECONDS = 2000
MOST_VISITORS_REMEMBERED = 10_000
