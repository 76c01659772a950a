"""What is done at the desk only after a yes in the chat that let this browser in."""

from intake.actions.people.confirm_again import ask_again, standing_of, use_confirmation
from intake.ports import UnitOfWork
from intake.rules.errors import RuleBroken
from intake.rules.people.office_session import ConfirmedAct

from .visiting import Visit


async def use_yes(
    uow: UnitOfWork, visit: Visit, act: ConfirmedAct, about: str, *, refusal: str = "refusal.yes_in_chat_first"
) -> None:
    """Use up the yes the chat gave to just this; where it was not asked yet, ask there and commit that.

    Called in the transaction of the deed, before anything is written. Raises `RuleBroken` with `refusal` until the
    answer is yes.
    """
    asked = await standing_of(uow, visit.desk.session, act, about)
    if asked is not None and asked.agreed_at is not None:
        await use_confirmation(uow, visit.desk.session, act, about)
        return
    if asked is None:
        await ask_again(uow, session=visit.desk.session, act=act, about=about)
        await uow.commit()
        visit.office.wake()
    raise RuleBroken(refusal)
