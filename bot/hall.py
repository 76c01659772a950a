"""The hall, wired."""

from bot.media.links import ChatLinks
from storage.unit_of_work import Store
from web.hall.routes import HallSite


def make_hall_site(store: Store, links: ChatLinks) -> HallSite:
    """Everything the pages of halls need in this process."""
    return HallSite(reading=store.reading, links=links.to, address=links.web)
