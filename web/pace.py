"""The pace of whoever comes in over the web, remembered in this process: asked before anything is read or looked up."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from ipaddress import IPv6Address, ip_address

from starlette.requests import HTTPConnection

from intake.rules.people.flood_guard import TalkingPace, draw

MOST_REMEMBERED = 10_000
_NETWORK_BITS = 64


class Paces:
    """A bucket of tokens for each visitor, under whatever name the caller knows them by.

    Those seen longest ago are forgotten first: many names cost no more memory than a few.
    """

    def __init__(self, pace: TalkingPace, now: Callable[[], datetime], most: int = MOST_REMEMBERED) -> None:
        self._pace = pace
        self._now = now
        self._most = most
        self._buckets: OrderedDict[str, tuple[float, datetime | None]] = OrderedDict()

    def wait(self, who: str) -> int:
        """Take a token. Returns 0, or, when there is none, in how many seconds there will be one."""
        now = self._now()
        left, at = self._buckets.pop(who, (0.0, None))
        left, seconds = draw(left, at, now, self._pace)
        self._buckets[who] = (left, now)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return seconds


def visitor_of(connection: HTTPConnection) -> str:
    """The address somebody comes from, as `customer_at` says it."""
    return customer_at(connection.client.host if connection.client else "")


def customer_at(host: str) -> str:
    """Whoever has an address: of IPv6 the network, since one customer has all the addresses in it."""
    try:
        address = ip_address(host)
    except ValueError:  # a socket without an address
        return host
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(IPv6Address(int(address) >> _NETWORK_BITS << _NETWORK_BITS))
    return host
