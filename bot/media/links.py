"""The links that lead into the chat from outside: on posters, in QR codes."""

from dataclasses import dataclass

from intake.rules.meetings.poster import StartLink
from intake.rules.people.person import Network


@dataclass
class ChatLinks:
    """How the chat is reached from outside; what is empty is not served, or its name is not known yet.

    `telegram` is the bot's user name, asked of Telegram at the start; `zalo` the id of the official account; `web` the
    public address.
    """

    telegram: str = ""
    zalo: str = ""
    web: str = ""

    def to(self, code: str) -> tuple[StartLink, ...]:
        """A link for each network that is reached; Zalo's brings no code along, people type it there."""
        links = []
        if self.zalo:
            links.append(StartLink(Network.ZALO, f"https://zalo.me/{self.zalo}", carries_code=False))
        if self.telegram:
            links.append(StartLink(Network.TELEGRAM, f"https://t.me/{self.telegram}?start={code}"))
        if self.web:
            links.append(StartLink(Network.WEBCHAT, f"{self.web}/?start={code}"))
        return tuple(links)
