"""The desk's rooms, put together."""

from fastapi import APIRouter

from web.pages import serve_assets

from . import devices, sealed, today
from .entry import entry
from .office import OfficeSite, office_pages


def office_router(office: OfficeSite) -> APIRouter:
    """Every address of the desk."""
    router = APIRouter()
    serve_assets(router, office_pages())
    entry(router, office)
    today.rooms(router, office)
    sealed.rooms(router, office)
    devices.rooms(router, office)
    return router
