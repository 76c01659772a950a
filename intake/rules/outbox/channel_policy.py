"""What each network lets us send: which chats may be written to now, what that costs, and the budget for it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from intake.rules.outbox.template import TemplateKind, Templates
from intake.rules.people.person import Account, Network

_PART = re.compile(r"^(?:([\w-]+)\s*=\s*)?([0-9]{1,9})$")
WARN_AT = (80, 100)
"""Percent of the budget at which the secretary is told."""


@dataclass(frozen=True, slots=True)
class Budgets:
    """Messages a month that cost something: one number for every unit, others by the unit's code; 0: no budget."""

    everywhere: int = 0
    by_code: Mapping[str, int] = field(default_factory=dict)

    def of(self, unit_code: str) -> int:
        """The budget of a unit, whatever the case of its code; 0 when it has none."""
        return self.by_code.get(unit_code.casefold(), self.everywhere)


def parse_budgets(written: str) -> Budgets:
    """Read `3000` or `3000,VB=5000,DL=0`. Raises `ValueError` with one sentence for what it cannot be."""
    everywhere, by_code = 0, {}
    for part in filter(None, (one.strip() for one in written.split(","))):
        found = _PART.match(part)
        if found is None:
            raise ValueError("must read like 3000 or 3000,VB=5000")
        code, number = found.groups()
        if code:
            by_code[code.casefold()] = int(number)
        else:
            everywhere = int(number)
    return Budgets(everywhere, by_code)


def crossed(before: int, after: int, budget: int) -> int | None:
    """The highest warning level (percent) that was reached between two counts; None when none was."""
    reached = [level for level in WARN_AT if budget and before * 100 < budget * level <= after * 100]
    return max(reached, default=None)


def month_of(today: date) -> date:
    """The month a message is counted in, by its first day."""
    return today.replace(day=1)


class Way(StrEnum):
    """How a letter gets to a person, the cheapest first.

    `template`: the network carries only a template message; the letter itself follows when the person comes back.
    """

    FREE = "free"
    BILLED = "billed"
    TEMPLATE = "template"
    ON_RETURN = "on_return"


@dataclass(frozen=True, slots=True)
class Window:
    """For how long after a person's last sign of life a network carries our messages: free, and all in all."""

    free: timedelta
    whole: timedelta


ZALO_WINDOW = Window(free=timedelta(hours=48), whole=timedelta(days=7))
RING_AGAIN = timedelta(days=1)
"""How long after a template message no other one goes to the same chat, answers excepted."""


@dataclass(frozen=True, slots=True)
class ChannelPolicy:
    """What an installation's networks allow.

    `windows`: those that close; a network that is missing carries everything at any time, for nothing. `patience`: how
    long a letter waits for the person's return before the hamlet head is asked to tell them. `per_second`: how many
    letters a network takes from one account of ours; one that is missing takes them at once. `news_together`: how
    long after a letter about a new question further ones wait for one letter together; nothing: they do not wait.
    `takes_back`: for how long a network lets us delete what we sent; one that is missing never does.
    """

    windows: Mapping[Network, Window] = field(default_factory=dict)
    templates: Mapping[Network, Templates] = field(default_factory=dict)
    budgets: Budgets = field(default_factory=Budgets)
    patience: timedelta = timedelta(days=3)
    per_second: Mapping[Network, float] = field(default_factory=dict)
    news_together: timedelta = timedelta()
    takes_back: Mapping[Network, timedelta] = field(default_factory=dict)


def open_way(
    channel_policy: ChannelPolicy,
    network: Network,
    heard_at: datetime | None,
    awaited_since: datetime | None,
    now: datetime,
) -> Way | None:
    """How a chat carries a message now: free or billed; None when its window is closed.

    `heard_at` is the person's last sign of life there. `awaited_since` says that letters wait for the person's return
    already, because our clock or the network's said so: nothing overtakes them.
    """
    if awaited_since is not None:
        return None
    window = channel_policy.windows.get(network)
    if window is None:
        return Way.FREE
    if heard_at is None or now - heard_at >= window.whole:
        return None
    return Way.FREE if now - heard_at < window.free else Way.BILLED


def way_when_closed(channel_policy: ChannelPolicy, network: Network, kind: TemplateKind) -> Way:
    """Which way a letter of this kind takes to a chat whose window is closed."""
    templates = channel_policy.templates.get(network)
    return Way.ON_RETURN if templates is None or templates.of(kind) is None else Way.TEMPLATE


def best_account(channel_policy: ChannelPolicy, accounts: Iterable[Account], now: datetime) -> Account | None:
    """The chat a person is written to: the one heard from last among those open now, or else among the closed ones.

    None when every one of them is lost.
    """

    def rank(account: Account) -> tuple[bool, datetime, int]:
        way = open_way(channel_policy, account.network, account.last_heard_at, account.awaited_since, now)
        return way is not None, account.last_heard_at or datetime.min.replace(tzinfo=UTC), account.id

    return max((one for one in accounts if one.unreachable_since is None), key=rank, default=None)


def rings(kind: TemplateKind, last_rung_at: datetime | None, now: datetime) -> bool:
    """Whether a letter that begins to wait deserves a template message of its own.

    Every answer does: it is what the asker was promised a date for. Of anything else one a day is enough, since whoever
    comes back gets all that waits.
    """
    return kind is TemplateKind.ANSWERED or last_rung_at is None or now - last_rung_at >= RING_AGAIN
