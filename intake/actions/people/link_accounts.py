"""One person on several networks: a code from one chat, typed in another, agreed to in both, joins the two."""

from intake.actions.people.household import leave_household, member_of
from intake.actions.people.leave_computer import close_chat
from intake.actions.people.office_session import end_sessions
from intake.actions.people.own_data import empty
from intake.actions.people.roles import tell_new_chat
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.message import Button, Message, Term, pack_message
from intake.rules.outbox.channel_policy import best_account
from intake.rules.outbox.letter import Letter, Priority
from intake.rules.people.account_link import CODE_LENGTH, VALID_FOR, AccountLink, count_wrong, may_guess
from intake.rules.people.person import Account, AccountId, Network, Person


async def ask_for_code(uow: UnitOfWork, *, person: Person, account: Account) -> str:
    """A new code for this person, to be typed in another chat within ten minutes. Earlier ones end with it."""
    for link in await uow.links.open_of(person.id):
        link.ended_at = uow.now
    code = uow.vault.new_code()[:CODE_LENGTH]
    await uow.links.add(
        AccountLink(
            code_digest=uow.vault.digest(code),
            person_id=person.id,
            asked_in=account.id,
            created_at=uow.now,
            expires_at=uow.now + VALID_FOR,
        )
    )
    return code


async def find_link(uow: UnitOfWork, account: Account, code: str) -> AccountLink | None:
    """The link a typed code opens; None when it is unknown, over or taken, which is counted as a wrong guess.

    Raises `RuleBroken` in a chat that has guessed too often.
    """
    if not may_guess(account, uow.now):
        raise RuleBroken("refusal.link_guesses")
    link = await uow.links.by_digest(uow.vault.digest(code))
    if link is None or not link.holds(uow.now) or link.claimed_by not in (None, account.id):
        count_wrong(account, uow.now)
        return None
    account.wrong_codes = 0
    await uow.traces.mask([link.asked_in, account.id], code)
    return link


async def owner_of(uow: UnitOfWork, link: AccountLink) -> tuple[Person, Account]:
    """Whose code it is and in which chat it was asked for."""
    owner = await uow.people.get(link.person_id)
    asked_in = await uow.accounts.get(link.asked_in)
    if owner is None or asked_in is None:
        raise NotFound
    return owner, asked_in


async def refuse_unless_bare(uow: UnitOfWork, account: Account, owner: Person) -> None:
    """Raise `RuleBroken` when the chat is the owner's already, or of somebody with questions, roles or the like.

    What two people have asked and signed up for is never thrown together by a code.
    """
    if account.person_id == owner.id:
        raise RuleBroken("refusal.link_own")
    if account.person_id is not None and await uow.links.has_own(account.person_id):
        raise RuleBroken("refusal.link_has_own")


async def claim_link(uow: UnitOfWork, *, link_id: int, account: Account) -> Account | None:
    """The chat a code was typed in says yes: the chat it came from is asked. Returns the latter.

    None when the code is over or was claimed by another chat meanwhile; refusals: see `refuse_unless_bare`.
    """
    link = await uow.links.get(link_id)
    if link is None or not link.holds(uow.now) or link.claimed_by not in (None, account.id):
        return None
    owner, asked_in = await owner_of(uow, link)
    await refuse_unless_bare(uow, account, owner)
    link.claimed_by, link.expires_at = account.id, uow.now + VALID_FOR
    buttons = ((Button(f"link.yes.{link.id}", "link.agree"), Button(f"link.no.{link.id}", "link.not_me")),)
    await _say(uow, asked_in, Message("link.claimed", {"network": network_words(account.network)}, buttons))
    return asked_in


async def confirm_link(uow: UnitOfWork, *, person: Person, link_id: int) -> Account:
    """The person the code belongs to says yes: the other chat is theirs from now on. Returns it.

    For somebody of a household who gets a phone of their own, whoever's phone they shared says it.

    A chat nobody was known in is simply added; somebody in it who has nothing but a name is merged into this person.
    Raises `NotFound` for a link that is over, not claimed or another's; see also `refuse_unless_bare`.
    """
    says_yes = person.id
    link, claimed_by, person = await _claimed(uow, person, link_id)
    account, *_ = await uow.accounts.beside(claimed_by)
    await refuse_unless_bare(uow, account, person)
    bare = None if account.person_id is None else await uow.people.get(account.person_id)
    account.person_id = person.id
    link.ended_at = uow.now
    detail = {"account": int(account.id), "merged": None if bare is None else int(bare.id)}
    await uow.ledger.write(AuditEntry(uow.now, says_yes, "link", f"person:{person.id}", detail))
    if bare is not None:
        if person.hamlet_id is None:
            person.hamlet_id, person.place = bare.hamlet_id, bare.place
        if person.phone_sealed is None or (bare.phone_proven and not person.phone_proven):
            person.phone_sealed, person.phone_index = bare.phone_sealed, bare.phone_index
            person.phone_proven = bare.phone_proven
        await uow.links.hand_over(bare.id, person.id)
        await uow.people.forget_corrections(bare.id)
        empty(bare, uow.now)
    await leave_household(uow, person)
    await tell_new_chat(uow, person)
    await _say(uow, account, Message("link.done", {}, ((Button("cmd.menu", "button.menu"),),)))
    return account


async def refuse_link(uow: UnitOfWork, *, person: Person, link_id: int) -> None:
    """The person the code belongs to says no: the code is over. Raises `NotFound` as `confirm_link` does."""
    link, claimed_by, _ = await _claimed(uow, person, link_id)
    link.ended_at = uow.now
    account, *_ = await uow.accounts.beside(claimed_by)
    await _say(uow, account, Message("link.refused"))


async def unlink(uow: UnitOfWork, *, person: Person, account_id: AccountId) -> Account:
    """Take a chat away from its person; what was on its way there goes to another one of theirs. Returns the chat.

    Raises `NotFound` for somebody else's chat, `RuleBroken` for the last one: whoever wants to go erases their data.
    """
    account, *others = await uow.accounts.beside(account_id)
    if account.person_id != person.id:
        raise NotFound
    if not others:
        raise RuleBroken("refusal.unlink_last")
    other = best_account(uow.channel_policy, others, uow.now) or others[0]
    await uow.letters.move([account.id], other.id)
    await end_sessions(uow, person, account_id=account.id)
    if account.network is Network.WEBCHAT:  # its pages are shut; whoever sits there begins anew
        await close_chat(uow, account)
    else:
        await uow.accounts.forget(account)
        await _say(uow, account, Message("link.removed_here"), language=person.language)
    detail = {"account": int(account.id)}
    await uow.ledger.write(AuditEntry(uow.now, person.id, "unlink", f"person:{person.id}", detail))
    return account


async def _claimed(uow: UnitOfWork, person: Person, link_id: int) -> tuple[AccountLink, AccountId, Person]:
    """The link, the chat that claims it, and whose that chat becomes: the person's, or somebody's of the household."""
    link = await uow.links.get(link_id)
    if link is None or not link.holds(uow.now) or link.claimed_by is None:
        raise NotFound
    owner = person if link.person_id == person.id else await member_of(uow, person, link.person_id)
    return link, link.claimed_by, owner


async def _say(uow: UnitOfWork, account: Account, message: Message, *, language: str = "") -> None:
    """A word to exactly this chat, whoever is in it."""
    content = pack_message(message) | ({"language": language} if language else {})
    await uow.letters.add(
        Letter(
            account_id=account.id,
            person_id=account.person_id,
            priority=Priority.PUSH,
            content=content,
            created_at=uow.now,
            not_before=uow.now,
        )
    )


def network_words(network: Network) -> Term:
    """What a network is called."""
    return Term(f"data.network_{network.value}")
