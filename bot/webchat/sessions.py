"""Who may be in a chat: whoever holds its secret, and nobody else.

A chat has a public id (it stands in the page's address) and a secret of 256 bits (it stands in a cookie that is sent
to this chat's pages only, so that several persons can sit side by side in tabs). Neither is stored: the address of
the account is a keyed digest of both together, so the database opens no chat.
"""

import secrets
from dataclasses import dataclass

from fastapi import Response
from starlette.requests import HTTPConnection

from intake.ports import Chat, Vault
from intake.rules.people.person import AccountId, Network
from storage.unit_of_work import SqlUnitOfWork, Store

CHANNEL = "web"
COOKIE = "chat"
_A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class ChatKey:
    """What opens a chat."""

    chat_id: str
    secret: str


@dataclass(frozen=True, slots=True)
class OpenChat:
    """A chat whose secret was shown. `name` is empty for somebody who has not agreed to be known yet."""

    chat_id: str
    account_id: AccountId
    address: str
    language: str
    name: str

    @property
    def chat(self) -> Chat:
        """The chat as the conversation knows it."""
        return Network.WEBCHAT, CHANNEL, self.address


def new_key() -> ChatKey:
    """A key nobody can guess."""
    return ChatKey(secrets.token_urlsafe(12), secrets.token_urlsafe(32))


def address_of(vault: Vault, key: ChatKey) -> str:
    """The account's address: 64 hex digits that open nothing."""
    return vault.digest(f"web chat {key.chat_id} {key.secret}")


async def make_chat(uow: SqlUnitOfWork, key: ChatKey) -> None:
    """Make the account of a new chat; the caller commits."""
    await uow.accounts.meet(Network.WEBCHAT, CHANNEL, address_of(uow.vault, key))


async def find_chat(store: Store, request: HTTPConnection, chat_id: str) -> OpenChat | None:
    """The chat this request may be in; None for an unknown chat and for a wrong or missing secret alike."""
    secret = request.cookies.get(COOKIE, "")
    async with store.reading() as uow:
        address = address_of(uow.vault, ChatKey(chat_id, secret))
        account = await uow.web.account(CHANNEL, address)
    if account is None:
        return None
    return OpenChat(chat_id, account.account_id, address, account.language, account.name)


def hand_over(response: Response, key: ChatKey, *, secure: bool) -> None:
    """Put the secret into the cookie of this chat's pages."""
    response.set_cookie(
        COOKIE,
        key.secret,
        max_age=_A_YEAR,
        path=f"/chat/{key.chat_id}/",
        httponly=True,
        samesite="strict",
        secure=secure,
    )
