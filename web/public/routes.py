"""The public pages, put together."""

from fastapi import APIRouter

from web.pages import serve_assets

from . import data, figures, look_up, news, rooms
from .site import PublicSite, public_pages


def public_router(site: PublicSite) -> APIRouter:
    """Every public address."""
    router = APIRouter()
    serve_assets(router, public_pages())
    look_up.look_ups(router, site)
    rooms.rooms(router, site)
    figures.figures(router, site)
    news.news(router, site)
    data.files(router, site)
    return router
