"""The public pages, put together."""

from fastapi import APIRouter

from web.pages import serve_assets

from . import rooms
from .site import PublicSite, public_pages


def public_router(site: PublicSite) -> APIRouter:
    """Every public address."""
    router = APIRouter()
    serve_assets(router, public_pages())
    rooms.rooms(router, site)
    return router
