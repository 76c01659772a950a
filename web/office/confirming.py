"""What is done at the desk only after a yes in the chat that let this browser in."""

from intake.actions.people.confirm_again import ask_again, standing_of
from intake.ports import UnitOfWork
from intake.rules.errors import RuleBroken
from intake.rules.people.office_session import ConfirmedAct

from .visiting import Visit


async def require_yes(uow: UnitOfWork, visit: Visit, act: ConfirmedAct, about: str) -> None:
    """Ask in the chat where that was not done yet for just this, and commit that it was asked.

    Raises `RuleBroken` until the answer is yes; then the caller uses the yes up in the transaction of the deed.
    """
    asked = await standing_of(uow, visit.desk.session, act, about)
    if asked is not None and asked.agreed_at is not None:
        return
    if asked is None:
        await ask_again(uow, session=visit.desk.session, act=act, about=about)
        await uow.commit()
        visit.office.wake()
    raise RuleBroken("refusal.yes_in_chat_first")
