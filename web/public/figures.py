"""What became of a year's questions, for everybody: charts, each with its table, without groups that tell a person."""

from fastapi import APIRouter
from markupsafe import Markup

from intake.actions.meetings.public_page import unit_in_public
from intake.actions.papers.figures import public_sheet
from intake.rules.errors import NotFound
from wording import figures as worded

from .rooms import unit_home
from .shelf import Sheet
from .site import HOME, Asked, PublicSite, shelved

_FIRST = 2000
_BACK = 3


def figures(router: APIRouter, site: PublicSite) -> None:
    """Add the page: this year, or the year that is named."""
    router.add_route(f"{HOME}/{{unit}}/so-lieu", shelved(site, _figures), ["GET"])
    router.add_route(f"{HOME}/{{unit}}/so-lieu/{{year:int}}", shelved(site, _figures), ["GET"])


async def _figures(asked: Asked) -> Sheet:
    async with asked.site.reading() as uow:
        unit = await unit_in_public(uow, asked.parts["unit"])
        year = int(asked.parts.get("year", uow.today.year))
        if not _FIRST <= year <= uow.today.year:
            raise NotFound
        sheet = await public_sheet(uow, unit, year)
        this_year = uow.today.year
    parts = [
        # what is drawn is ours, and every text in it was escaped where it was drawn
        (table, Markup() if chart is None else Markup(asked.site.draw(chart, f"chart{number}")))  # noqa: S704
        for number, (table, chart) in enumerate(worded.tables_with_charts(asked.language, sheet))
    ]
    address = f"{unit_home(unit)}/so-lieu"
    return asked.page(
        "figures.html",
        unit=unit,
        unit_page=asked.link(unit_home(unit)),
        about=worded.about(asked.language, sheet),
        parts=parts,
        years=[(one, asked.link(f"{address}/{one}")) for one in range(this_year, this_year - _BACK, -1)],
        year=year,
    )
