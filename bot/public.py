"""The public pages, wired."""

from collections.abc import Callable
from datetime import datetime

from bot.media.links import ChatLinks
from bot.office import draw_chart
from storage.unit_of_work import Store
from web.public.site import PublicSite


def make_public_site(
    store: Store,
    links: ChatLinks,
    now: Callable[[], datetime],
    count_look_up: Callable[[str], None] = lambda _: None,
) -> PublicSite:
    """Everything the public pages need in this process."""
    return PublicSite(
        reading=store.reading,
        links=links.to,
        now=now,
        address=links.web,
        count_look_up=count_look_up,
        draw=draw_chart,
    )
