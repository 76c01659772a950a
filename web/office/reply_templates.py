"""The reply templates of a unit, in the room of set-up: words for answers that are given again and again."""

from fastapi.responses import Response

from intake.actions.people.office import units_of
from intake.actions.questions.reply_templates import keep_template, remove_template, template_of
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound
from intake.rules.message import Term
from intake.rules.people.lending import POWER
from intake.rules.people.unit import Unit, UnitId
from intake.rules.questions.reply_template import LONGEST_NAME, ReplyTemplateId
from wording.reply_templates import as_typed, place_names, places_to_use

from .doors import Doors
from .office import HOME
from .visiting import Visit, number_in

_PATH = "/{unit}/mau-tra-loi"
_FIELDS = {
    "refusal.template_name": "name",
    "refusal.too_many_templates": "name",
    "refusal.text_missing": "text",
    "refusal.template_place": "text",
    "refusal.template_brace": "text",
}


def open_part(doors: Doors) -> None:
    """Add the list, the form, and what is removed."""
    doors.show(_PATH, _list)
    doors.act(f"{_PATH}/luu", _keep, again=_list, fields=_FIELDS)
    doors.act(f"{_PATH}/bo", _remove)


async def _in_hand(uow: UnitOfWork, visit: Visit) -> Unit:
    unit_id = UnitId(number_in(visit.request.path_params["unit"]))
    if unit_id not in await units_of(uow, visit.person, *POWER):
        raise NotFound
    return await uow.places.unit(unit_id)


async def _list(visit: Visit) -> Response:
    """The templates, and a form: empty, or with one of them to be changed (`?sua=<id>`)."""
    language = visit.person.language
    asked = visit.request.query_params.get("sua", "")
    async with visit.reading() as uow:
        unit = await _in_hand(uow, visit)
        kept = await uow.reply_templates.of_unit(unit.id)
        changed = await template_of(uow, unit, ReplyTemplateId(number_in(asked))) if asked else None
    return visit.page(
        "setup_templates.html",
        unit=unit,
        templates=[(one.id, one.name, as_typed(one, language)) for one in kept],
        called="" if changed is None else changed.name,
        text="" if changed is None else as_typed(changed, language),
        places=places_to_use(language),
        most=LONGEST_NAME,
        path=f"{HOME}/thiet-lap/{unit.id}",
    )


async def _keep(visit: Visit) -> Response:
    async with visit.acting() as uow:
        unit = await _in_hand(uow, visit)
        kept = await keep_template(
            uow,
            by=visit.person,
            unit=unit,
            name=visit.typed.get("name", ""),
            text=visit.typed.get("text", ""),
            names=place_names(),
        )
    return visit.to(f"{HOME}/thiet-lap/{unit.id}/mau-tra-loi", Term("setup.template_kept", {"name": kept.name}))


async def _remove(visit: Visit) -> Response:
    async with visit.acting() as uow:
        unit = await _in_hand(uow, visit)
        number = ReplyTemplateId(number_in(visit.typed.get("template", "")))
        gone = await remove_template(uow, by=visit.person, unit=unit, template_id=number)
    return visit.to(f"{HOME}/thiet-lap/{unit.id}/mau-tra-loi", Term("setup.template_removed", {"name": gone.name}))
