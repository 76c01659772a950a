"""Copies of one's own data: what has to be looked up for them beyond what everybody asks, and the files."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from intake.rules.meetings.show_of_hands import Hand, ShowOfHands
from intake.rules.outbox.letter import Letter
from intake.rules.people.block import Block
from intake.rules.people.data_copy import CopySections, DataCopy
from intake.rules.people.deputy import Deputy
from intake.rules.people.person import AccountId, EndedGrant, PersonId
from intake.rules.questions.answer_draft import AnswerDraft


class OwnCopies(Protocol):
    """What is kept of a person in places that are read by nobody else, and the copies that were made of it."""

    async def add(self, copy: DataCopy) -> None:
        """Store that a copy was made."""
        ...

    async def waiting_letters(self, person_id: PersonId) -> Sequence[Letter]:
        """The letters to a person that have not been told, oldest first."""
        ...

    async def chat_lines(self, account_ids: Collection[AccountId]) -> Sequence[tuple[datetime, Mapping[str, Any]]]:
        """What was said in these web chats, oldest first."""
        ...

    async def blocks(self, person_id: PersonId) -> Sequence[Block]:
        """When nothing was taken in from a person, oldest first."""
        ...

    async def ended_roles(self, person_id: PersonId) -> Sequence[EndedGrant]:
        """The roles a person held, oldest first."""
        ...

    async def drafts(self, person_id: PersonId) -> Sequence[AnswerDraft]:
        """What a person is writing at the desk, by question."""
        ...

    async def typing(self, account_ids: Collection[AccountId]) -> Sequence[tuple[AccountId, Mapping[str, Any]]]:
        """What these chats keep of what is being typed in them."""
        ...

    async def deputies(self, person_id: PersonId) -> Sequence[Deputy]:
        """When a person approved in a chair's place, or was a chair for whom somebody did, oldest first."""
        ...

    async def hands(self, person_id: PersonId) -> Sequence[tuple[ShowOfHands, Hand]]:
        """The hands of a person that are up, with what was asked; those of what is counted are forgotten."""
        ...


class CopyPress(Protocol):
    """Makes the files of a copy."""

    async def keep(self, title: str, sections: CopySections, language: str) -> tuple[str, str]:
        """Keep a document for reading and the same as JSON. Returns their content names."""
        ...
