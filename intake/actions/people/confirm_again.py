"""What is done at the desk and is worth a second look is confirmed anew in the chat: a desk left open is not enough."""

from hashlib import sha256

from intake.ports import UnitOfWork
from intake.rules.errors import NotFound
from intake.rules.message import Button, Message, Term, pack_message
from intake.rules.outbox.letter import Letter, Priority
from intake.rules.people.office_session import CODE_VALID_FOR, ConfirmedAct, OfficeConfirmation, OfficeSession
from intake.rules.people.person import Account, Person


def what_is_agreed(*parts: str) -> str:
    """What a yes is about, in letters that say nothing of it: whoever changes a word asks anew."""
    return sha256("\0".join(parts).encode()).hexdigest()


async def ask_again(uow: UnitOfWork, *, session: OfficeSession, act: ConfirmedAct, about: str = "") -> None:
    """Ask in the chat that let the browser in whether it is the person who wants to do this now, and to this only."""
    confirmation = OfficeConfirmation(session.id, act, uow.now, uow.now + CODE_VALID_FOR, about)
    await uow.browsers.add_confirmation(confirmation)
    buttons = (
        (Button(f"again.yes.{confirmation.id}", "browser.yes"), Button(f"again.no.{confirmation.id}", "browser.no")),
    )
    browser = session.browser or Term("browser.some")
    asked = Message("again.asked", {"browser": browser, "at": uow.now, "act": Term(f"again.{act.value}")}, buttons)
    await uow.letters.add(
        Letter(
            account_id=session.account_id,
            person_id=session.person_id,
            priority=Priority.REPLY,
            content=pack_message(asked),
            created_at=uow.now,
            not_before=uow.now,
        )
    )


async def answer_again(uow: UnitOfWork, *, person: Person, account: Account, number: int, yes: bool) -> None:
    """The person answers in the chat that was asked. Raises `NotFound` for what is over, or was asked elsewhere."""
    confirmation = await uow.browsers.confirmation(number)
    session = None if confirmation is None else await uow.browsers.session(confirmation.session_id)
    if confirmation is None or session is None or not confirmation.is_open(uow.now):
        raise NotFound
    if session.person_id != person.id or session.account_id != account.id:
        raise NotFound
    if yes:
        confirmation.agreed_at = uow.now
    else:
        confirmation.ended_at = uow.now
        session.ended_at = session.ended_at or uow.now


async def standing_of(
    uow: UnitOfWork, session: OfficeSession, act: ConfirmedAct, about: str | None = ""
) -> OfficeConfirmation | None:
    """What was asked last in this session and holds still: waiting for an answer, or agreed to and not used.

    None where the last that was asked is about something else; `about` None: whatever it is about.
    """
    last = await uow.browsers.last_confirmation(session.id, act)
    if last is None or not last.holds(uow.now):
        return None
    return last if about is None or last.about == about else None


async def use_confirmation(uow: UnitOfWork, session: OfficeSession, act: ConfirmedAct, about: str = "") -> None:
    """Use up what was agreed to. Raises `NotFound` where nothing is."""
    confirmation = await standing_of(uow, session, act, about)
    if confirmation is None or confirmation.agreed_at is None:
        raise NotFound
    confirmation.ended_at = uow.now
