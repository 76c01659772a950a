"""Chats, the people in them, what was heard of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from intake.rules.outbox.letter import NewLetter
from intake.rules.people.account_link import AccountLink
from intake.rules.people.block import Block
from intake.rules.people.breach import Breach, BreachId
from intake.rules.people.consent import Consent
from intake.rules.people.correction import DataCorrection
from intake.rules.people.deputy import Deputy
from intake.rules.people.lending import RoleRequest
from intake.rules.people.office_session import ConfirmedAct, OfficeConfirmation, OfficeEntry, OfficeSession
from intake.rules.people.person import (
    Account,
    AccountId,
    Conversation,
    EndedGrant,
    Grant,
    Invitation,
    Network,
    Person,
    PersonId,
    Recipient,
    Role,
)
from intake.rules.people.unit import DeskId, Unit, UnitId


class Breaches(Protocol):
    """The register of breaches of personal data."""

    async def add(self, breach: Breach) -> Breach:
        """Enter one."""
        ...

    async def get(self, breach_id: BreachId) -> Breach | None:
        """One of them, locked."""
        ...

    async def unreported(self) -> Sequence[Breach]:
        """Those that are neither reported nor closed."""
        ...

    async def all(self) -> Sequence[Breach]:
        """The whole register, the newest first."""
        ...


class Deputies(Protocol):
    """Who approves in a chair's place (decision 0025)."""

    async def add(self, deputy: Deputy) -> Deputy:
        """Store that one was named."""
        ...

    async def get(self, number: int) -> Deputy | None:
        """One of them, locked."""
        ...

    async def open_in(self, unit_ids: Iterable[UnitId], day: date) -> Sequence[Deputy]:
        """Those named in these units that are neither ended nor over on a day, agreed to or not, the first first."""
        ...

    async def of_person(self, person_id: PersonId, day: date) -> Sequence[Deputy]:
        """The same of one who was named, in every unit."""
        ...

    async def about(self, person_id: PersonId, day: date) -> Sequence[Deputy]:
        """The same of one who was named or has named somebody, locked."""
        ...

    async def beginning(self, day: date) -> Sequence[Deputy]:
        """Those in every unit whose first day it is, who were agreed to on an earlier one and are not ended."""
        ...


class Vault(Protocol):
    """Keys and chance: what must be secret or unguessable."""

    def seal(self, phone: str) -> str:
        """Encrypt a phone number for storage, or what was wrong about a person."""
        ...

    def open(self, sealed: str) -> str:
        """Decrypt what `seal` made. Raises `ValueError` when no key of ours fits."""
        ...

    def index(self, phone: str) -> str:
        """A keyed digest by which equal phone numbers are found without decrypting any."""
        ...

    def new_code(self) -> str:
        """An unguessable code a person can type (letters and digits that are not mistaken for each other)."""
        ...

    def new_digits(self, count: int) -> str:
        """So many digits by chance, for a code that is good for minutes only."""
        ...

    def digest(self, code: str) -> str:
        """The keyed digest of a code, which is all that is stored of it."""
        ...

    def digests(self, code: str) -> tuple[str, ...]:
        """The same under every key there is, the one in use first: for what was printed and cannot be made anew."""
        ...


Chat = tuple[Network, str, str]
"""Which chat of which network: the network, our account there, the address of the other side."""


class Met(NamedTuple):
    """A chat as it stands: who speaks there, with which roles."""

    account: Account
    conversation: Conversation
    person: Person | None
    grants: Sequence[Grant]


class Inbox(Protocol):
    """Events of the networks that were already acted upon."""

    async def record(self, network: Network, channel: str, address: str, event_id: str) -> bool:
        """Remember the event. Returns False when it was remembered before: then nothing is to be done."""
        ...

    async def last_heard(self, network: Network, channel: str) -> datetime | None:
        """When something last came in on a channel; None where nothing is remembered."""
        ...

    async def prune(self, before: datetime, limit: int) -> int:
        """Forget about `limit` events that came before a moment, the oldest first. Returns how many.

        Events of one moment are forgotten together, so that it may be some more.
        """
        ...


class Accounts(Protocol):
    """Chats and where each stands."""

    async def last_heard(self, network: Network, channel: str) -> datetime | None:
        """When anybody was last heard from on a channel; None where nobody ever was."""
        ...

    async def meet(self, network: Network, channel: str, address: str) -> Met:
        """The chat, its conversation (locked), its person and that person's roles; made at the first contact.

        What is changed in the conversation is written down by `keep`.
        """
        ...

    async def meet_all(self, chats: Iterable[Chat]) -> Mapping[Chat, Met]:
        """Like `meet`, many at once; locked in one order everywhere, so that nobody waits in a circle."""
        ...

    async def take_in(self, events: Mapping[Chat, str]) -> Mapping[Chat, Met]:
        """Remember an event of each of some chats and meet those chats, like `meet_all`.

        Args:
            events: by the chat, the network's id of what came.

        Returns: the chats whose event was not remembered before; with the others nothing is to be done.
        """
        ...

    def stand_as_met(self) -> bool:
        """Whether this transaction wrote nothing about chats, persons and roles since they were last met.

        What `note_activity` writes does not count: it is noted on the accounts that were met as well.
        """
        ...

    async def keep(self, conversations: Sequence[Conversation], letters: Sequence[NewLetter] = ()) -> None:
        """Write down where chats stand now, and what is said in them."""
        ...

    async def note_activity(self, accounts: Sequence[Account]) -> None:
        """Note that the people did something in these chats at this moment: they are reached, and awaited no more."""
        ...

    async def get(self, account_id: AccountId) -> Account | None:
        """One account."""
        ...

    async def of(self, person_ids: Iterable[PersonId]) -> dict[PersonId, Account]:
        """For each person that any chat still reaches: the account heard from last, an open window before a closed."""
        ...

    async def all_of(self, person_id: PersonId, *, lock: bool = False) -> Sequence[Account]:
        """Every account of a person; locked, nothing more is heard from any until this is committed."""
        ...

    async def beside(self, account_id: AccountId) -> Sequence[Account]:
        """The account and every other one of the same person, locked as they are now; the account itself first."""
        ...

    async def end_conversations(self, person_id: PersonId) -> None:
        """Leave whatever a person is doing in any chat: nothing is asked there any more, no draft is kept."""
        ...

    async def forget(self, account: Account) -> None:
        """Cut the account off from its person and empty its conversation and web history."""
        ...


class History(Protocol):
    """What was said in a chat, on a network that leaves it to us to remember."""

    async def add_own(self, account_id: AccountId, event_id: str, said: Mapping[str, Any]) -> None:
        """Add what the person of a chat that was met in this transaction said as this event."""
        ...


class People(Protocol):
    """Persons, their roles, and invitations to roles."""

    async def add(self, person: Person) -> Person:
        """Store a new person; the id is set afterwards."""
        ...

    async def get(self, person_id: PersonId) -> Person | None:
        """One person."""
        ...

    async def lock(self, person_id: PersonId) -> None:
        """Let nobody else do what a person may do once or so many times, and see the person anew: then look, and do."""
        ...

    async def many(self, person_ids: Iterable[PersonId]) -> dict[PersonId, Person]:
        """Several persons by id."""
        ...

    async def told(self, person_ids: Iterable[PersonId]) -> dict[PersonId, Recipient]:
        """What has to be known of several persons to tell them something."""
        ...

    async def names_in(self, unit: Unit) -> Sequence[tuple[PersonId, str]]:
        """Everybody who lives in a unit or below it and was not erased, by id, with the name; oldest first."""
        ...

    async def with_proven_phone(self, phone_index: str) -> Sequence[Person]:
        """Everybody whose phone number is proven, has this index, and who was not erased."""
        ...

    async def add_correction(self, correction: DataCorrection) -> None:
        """Remember what was put right about a person; the id is set afterwards."""
        ...

    async def corrections_of(self, person_id: PersonId) -> Sequence[DataCorrection]:
        """What was put right about a person, oldest first."""
        ...

    async def add_block(self, block: Block) -> None:
        """Store that what a person sends is not taken in for a while."""
        ...

    async def block_of(self, person_id: PersonId, now: datetime) -> Block | None:
        """The block that holds for a person at a moment, locked."""
        ...

    async def forget_blocks(self, person_id: PersonId) -> None:
        """Forget the blocks of a person who is erased, and their reasons."""
        ...

    async def add_consent(self, consent: Consent) -> None:
        """Store that somebody agreed."""
        ...

    async def consents_of(self, person_id: PersonId) -> Sequence[Consent]:
        """What a person agreed to, oldest first."""
        ...

    async def forget_consents(self, person_id: PersonId) -> None:
        """Forget what a person who is erased had agreed to."""
        ...

    async def forget_corrections(self, person_id: PersonId) -> None:
        """Forget what a person's data were before they were put right."""
        ...

    async def grants_of(self, person_id: PersonId) -> Sequence[Grant]:
        """The roles a person holds."""
        ...

    async def give(self, grant: Grant) -> None:
        """Store a role."""
        ...

    async def grant(self, grant_id: int) -> Grant | None:
        """One role that is held, locked; None where it is held no more."""
        ...

    async def end_grant(self, grant: Grant, ended: EndedGrant) -> None:
        """Take a role away and remember that it was held."""
        ...

    async def suspended_grant(self, grant_id: int) -> EndedGrant | None:
        """One role that is suspended, by the number it had and gets again, locked."""
        ...

    async def hold_again(self, ended: EndedGrant) -> Grant:
        """Make a suspended role one that is held, with its number."""
        ...

    async def suspended_by(self, person_id: PersonId) -> Sequence[EndedGrant]:
        """The roles that are suspended because of this person."""
        ...

    async def suspended_of(self, person_id: PersonId) -> Sequence[EndedGrant]:
        """The roles of a person that are suspended."""
        ...

    async def suspended(self, unit: Unit) -> Sequence[EndedGrant]:
        """The roles in a unit and below it that are suspended."""
        ...

    async def suspended_until(self, day: date) -> Sequence[EndedGrant]:
        """The suspended roles that count again on a day or did before, locked."""
        ...

    async def grants_in(self, unit: Unit) -> Sequence[tuple[Grant, Person, datetime | None]]:
        """Who holds what in a unit and below it, and when a chat of theirs was heard from last."""
        ...

    async def grants_around(self, unit: Unit) -> dict[PersonId, Sequence[Grant]]:
        """The grants in a unit, below and above it, by whoever holds them and was not erased."""
        ...

    async def neighbours_of(self, head_id: PersonId) -> Sequence[Person]:
        """The people this person entered for and who were not erased, but those of the own household."""
        ...

    async def household_of(self, owner_id: PersonId) -> Sequence[Person]:
        """Who shares this person's phone and was not erased."""
        ...

    async def hand_over(
        self, neighbours: Collection[PersonId], head_id: PersonId | None, lent_by: PersonId | None = None
    ) -> None:
        """Let somebody else speak for these people, for what they asked and registered for as well; None: nobody.

        `lent_by` is who does again once they may; None: for good.
        """
        ...

    async def lent_by(self, person_id: PersonId) -> Sequence[Person]:
        """For whom somebody spoke until the own role was suspended; they are alive and have no chat of their own."""
        ...

    async def without_head(self, hamlet_id: UnitId) -> Sequence[Person]:
        """The people of a hamlet nobody speaks for and no chat belongs to."""
        ...

    async def holders(self, role: Role, unit: Unit) -> Sequence[Person]:
        """Who holds the role in the unit or above it."""
        ...

    async def at_desk(self, desk_id: DeskId) -> Sequence[Person]:
        """The officials of a desk."""
        ...

    async def at_desks(self, desk_ids: Iterable[DeskId]) -> dict[DeskId, Sequence[PersonId]]:
        """The officials of several desks; a desk without any is missing."""
        ...

    async def holding(
        self, roles: Iterable[Role], units: Iterable[Unit]
    ) -> dict[tuple[Role, UnitId], Sequence[PersonId]]:
        """For several roles and units at once: who holds the role in the unit or above it; nobody is missing."""
        ...

    async def standing_in(
        self, roles: Iterable[Role], units: Iterable[Unit]
    ) -> dict[tuple[Role, UnitId], Sequence[PersonId]]:
        """For several roles and units at once: who is told as the role, by `intake.rules.people.permissions`."""
        ...

    async def add_invitation(self, invitation: Invitation) -> None:
        """Store an invitation."""
        ...

    async def open_invitations_of(self, person_id: PersonId) -> Sequence[Invitation]:
        """The invitations a person made that nobody has used, locked."""
        ...

    async def add_request(self, request: RoleRequest) -> None:
        """Store what needs a second person; the id is set afterwards."""
        ...

    async def request(self, request_id: int) -> RoleRequest | None:
        """What needs a second person, locked."""
        ...

    async def invitation_by_id(self, invitation_id: int) -> Invitation | None:
        """An invitation, locked."""
        ...

    async def invitation(self, code_digest: str) -> Invitation | None:
        """An invitation by the digest of its code, locked."""
        ...


class Links(Protocol):
    """Codes that join two chats of one person."""

    async def add(self, link: AccountLink) -> None:
        """Store a code."""
        ...

    async def by_digest(self, code_digest: str) -> AccountLink | None:
        """A link by the digest of its code, locked."""
        ...

    async def get(self, link_id: int) -> AccountLink | None:
        """One link, locked."""
        ...

    async def open_of(self, person_id: PersonId) -> Sequence[AccountLink]:
        """The links of a person that have not ended."""
        ...

    async def forget(self, person_id: PersonId) -> None:
        """Drop every link of a person, and every one that a chat of the person claimed."""
        ...

    async def has_own(self, person_id: PersonId) -> bool:
        """Whether anything but an account belongs to the person: a question, a registration, a role, a neighbour."""
        ...

    async def hand_over(self, bare: PersonId, to: PersonId) -> None:
        """Give the chats of a person who has nothing else, and their letters, to another."""
        ...


class Browsers(Protocol):
    """Browsers that ask to be let in to the desk, and those in which somebody sits there."""

    async def asking(self) -> int:
        """How many browsers ask to be let in just now."""
        ...

    async def add_entry(self, entry: OfficeEntry) -> None:
        """Store that a browser asks."""
        ...

    async def entry(self, entry_id: int) -> OfficeEntry | None:
        """A browser that asks or asked, locked."""
        ...

    async def entry_by_code(self, code_digest: str) -> OfficeEntry | None:
        """The browser that shows the code with this digest just now, locked."""
        ...

    async def entry_by_token(self, token_digest: str) -> OfficeEntry | None:
        """The browser with the secret of this digest that asks or asked, locked."""
        ...

    async def add_session(self, session: OfficeSession) -> None:
        """Store that somebody sits at the desk."""
        ...

    async def session_by_token(self, token_digest: str) -> tuple[OfficeSession, Person] | None:
        """The session of the browser with the secret of this digest, over or not, with whose it is."""
        ...

    async def open_sessions(self, person_id: PersonId) -> Sequence[OfficeSession]:
        """The sessions of a person that nobody has ended, the last opened first."""
        ...

    async def sessions(self, session_ids: Iterable[int]) -> Sequence[OfficeSession]:
        """Those of these sessions that are stored, ended or not."""
        ...

    async def session(self, session_id: int) -> OfficeSession | None:
        """One session, over or not."""
        ...

    async def add_confirmation(self, confirmation: OfficeConfirmation) -> None:
        """Store that somebody is asked about an act."""
        ...

    async def confirmation(self, number: int) -> OfficeConfirmation | None:
        """What somebody was asked, locked."""
        ...

    async def last_confirmation(self, session_id: int, act: ConfirmedAct) -> OfficeConfirmation | None:
        """What was asked last in a session about an act, locked."""
        ...

    async def prune(self, before: datetime) -> int:
        """Forget who asked and who sat there, where that was opened before a moment. Returns how many."""
        ...
