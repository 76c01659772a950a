"""The reply templates of a unit: kept and removed by those who set it up, used by whoever answers there."""

from collections.abc import Mapping, Sequence

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.people.lending import POWER
from intake.rules.people.permissions import require
from intake.rules.people.person import Person
from intake.rules.people.unit import Unit
from intake.rules.questions.reply_template import (
    MOST_TEMPLATES,
    ReplyTemplate,
    ReplyTemplateId,
    TemplatePlace,
    checked_name,
    checked_text,
)


async def keep_template(
    uow: UnitOfWork, *, by: Person, unit: Unit, name: str, text: str, names: Mapping[str, TemplatePlace]
) -> ReplyTemplate:
    """Keep a template under a name; one of the unit that has the name already gets these words.

    `names` says what people call the places, folded. Raises `NotFound` for whoever does not set up the unit,
    `RuleBroken` for words that are none or name an unknown place, and for more templates than anybody looks through.
    """
    require(await uow.people.grants_of(by.id), POWER, unit)
    name, text = checked_name(name), checked_text(text, names)
    kept = await uow.reply_templates.of_unit(unit.id)
    template = next((one for one in kept if one.name.casefold() == name.casefold()), None)
    if template is not None:
        template.name, template.text = name, text
    elif len(kept) >= MOST_TEMPLATES:
        raise RuleBroken("refusal.too_many_templates", {"most": MOST_TEMPLATES})
    else:
        template = await uow.reply_templates.add(ReplyTemplate(unit.id, name, text))
    await _note(uow, by, "keep_reply_template", template)
    return template


async def remove_template(uow: UnitOfWork, *, by: Person, unit: Unit, template_id: ReplyTemplateId) -> ReplyTemplate:
    """Keep a template no more. Raises `NotFound` for one of another unit, and for whoever does not set this one up."""
    require(await uow.people.grants_of(by.id), POWER, unit)
    template = await template_of(uow, unit, template_id)
    await uow.reply_templates.remove(template)
    await _note(uow, by, "remove_reply_template", template)
    return template


async def template_of(uow: UnitOfWork, unit: Unit, template_id: ReplyTemplateId) -> ReplyTemplate:
    """One template of a unit; `NotFound` where it has none with this id."""
    kept: Sequence[ReplyTemplate] = await uow.reply_templates.of_unit(unit.id)
    template = next((one for one in kept if one.id == template_id), None)
    if template is None:
        raise NotFound
    return template


async def _note(uow: UnitOfWork, by: Person, act: str, template: ReplyTemplate) -> None:
    subject = f"unit:{template.unit_id}"
    await uow.ledger.write(AuditEntry(uow.now, by.id, act, subject, {"template": template.id}))
