"""Replies that networks refused, a line for each network."""

from intake.actions.outbox.refused import RefusedReplies
from intake.actions.people.link_accounts import network_words
from intake.rules.message import Term


def refused_line(one: RefusedReplies) -> Term:
    """How many replies a network refused, and when the last was."""
    return Term("reach.refused_line", {"network": network_words(one.network), "count": one.count, "at": one.last_at})
