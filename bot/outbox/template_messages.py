"""Template messages: to chats whose window is closed, saying that something is there and how to get at it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

import structlog

from bot.ops.shutdown import InFlight
from intake.actions.outbox.paid_messages import count_paid_messages, paying_unit
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.message import Param
from intake.rules.outbox.channel_policy import Way
from intake.rules.outbox.delivery import (
    DeliveryFailure,
    Rejected,
    Throttled,
    Unavailable,
    Unreachable,
    WindowClosed,
    retry_delay,
)
from intake.rules.outbox.template import Template, TemplateField, TemplateKind, Templates, kind_of_content
from intake.rules.people.person import Network
from storage.queries.outbox.template_messages import DueTemplateMessage
from storage.unit_of_work import SqlUnitOfWork, Store
from wording.texts import shown, words

ROUND = 20
log = structlog.get_logger()


@runtime_checkable
class TemplateChannel(Protocol):
    """A channel that can send template messages."""

    async def send_template(
        self, address: str | None, phone: str | None, template_id: str, params: Mapping[str, str]
    ) -> str:
        """Send one, by address or else by phone (`+84…`): exactly one of the two is given.

        Returns the network's id of it, or raises one of the `DeliveryFailure`s.
        """
        ...


class TemplateAccount(Protocol):
    """What the ringer needs to know of a channel."""

    network: Network
    name: str


class TemplateSender:
    """Sends the template messages of one channel, for the relay that holds its lease.

    Args:
        store: where the letters lie they are for, and what the networks allow.
        channel: the channel; one that knows no template messages is never asked for any.
        now: the clock.
    """

    def __init__(self, store: Store, channel: TemplateAccount, now: Callable[[], datetime]) -> None:
        self._store = store
        self._network, self._name = channel.network, channel.name
        self._channel = channel if isinstance(channel, TemplateChannel) else None
        self._now = now

    @property
    def _templates(self) -> Templates | None:
        return None if self._channel is None else self._store.channel_policy.templates.get(self._network)

    async def has_any(self) -> bool:
        """Whether a template message is to go out now."""
        if self._templates is None:
            return False
        async with self._store.reading() as uow:
            return bool(await uow.template_messages.due(self._network, self._name, self._now(), 1))

    async def send_due(self, may_begin: Callable[[], bool], in_flight: InFlight) -> int:
        """Send what is to go out now, one after the other, as long as one may begin and the process does not stop.

        Returns how many were sent.
        """
        templates = self._templates
        if templates is None:
            return 0
        async with self._store.reading() as uow:
            due = await uow.template_messages.due(self._network, self._name, self._now(), ROUND)
            ready = [(one, *await self._prepare(uow, one, templates)) for one in due]
        for number, (pending, template, params) in enumerate(ready):
            if in_flight.stopping or not may_begin():
                return number
            try:
                async with in_flight.finishing():
                    outcome = None if template is None else await self._send(pending, template, params)
            except TimeoutError:  # cut off: the process stops, and this one goes after the next start
                return number
            await self._mark(pending, outcome)
        return len(ready)

    async def _prepare(
        self, uow: SqlUnitOfWork, pending: DueTemplateMessage, templates: Templates
    ) -> tuple[Template | None, dict[str, str]]:
        """The template for a letter, filled in; None when there is none any more."""
        kind = kind_of_content(pending.content, of_question=pending.reference is not None)
        template = templates.of(kind)
        if template is None:
            return None, {}
        reference = pending.reference or ""
        unit_name = pending.unit_name
        if unit_name is None and pending.owner_id is not None:
            owner = await uow.people.get(pending.owner_id)
            unit = None if owner is None else await paying_unit(uow, owner)
            unit_name = None if unit is None else unit.name
        values: dict[TemplateField, str] = {
            TemplateField.REFERENCE: reference,
            TemplateField.UNIT: unit_name or "",
            TemplateField.DATE: shown(pending.language, pending.created_at.astimezone(LOCAL).date()),
            TemplateField.KEYWORD: _keyword(pending.language, kind, reference),
            TemplateField.LINK: templates.link,
        }
        return template, {name: values[field] for name, field in template.params.items()}

    async def _send(
        self, pending: DueTemplateMessage, template: Template, params: Mapping[str, str]
    ) -> str | DeliveryFailure:
        """By the chat's own address; where it does not take one, by the phone number the person gave."""
        outcome = await self._try(pending, pending.address, None, template.id, params)
        refused = isinstance(outcome, Unreachable | WindowClosed | Rejected)
        phone = self._phone(pending) if refused and template.by_phone else None
        return outcome if phone is None else await self._try(pending, None, phone, template.id, params)

    def _phone(self, pending: DueTemplateMessage) -> str | None:
        try:
            return None if pending.phone_sealed is None else self._store.vault.open(pending.phone_sealed)
        except ValueError:  # sealed with a key that is lost
            return None

    async def _try(
        self,
        pending: DueTemplateMessage,
        address: str | None,
        phone: str | None,
        template_id: str,
        params: Mapping[str, str],
    ) -> str | DeliveryFailure:
        if self._channel is None:  # pragma: no cover - `_templates` is None then, and nothing gets here
            raise TypeError("a channel without template messages")
        try:
            return await self._channel.send_template(address, phone, template_id, params)
        except DeliveryFailure as failure:
            return failure
        except Exception as defect:
            # a defect of ours in the network's folder: it is tried again later, letters go out meanwhile
            log.exception("template_message_failed", letter=pending.letter_id)
            return Unavailable(type(defect).__name__)

    async def _mark(self, pending: DueTemplateMessage, outcome: str | DeliveryFailure | None) -> None:
        now = self._now()
        async with self._store.unit() as uow:
            match outcome:
                case str():
                    await uow.template_messages.mark_sent(pending.letter_id, now)
                    if pending.owner_id is not None:
                        await count_paid_messages(uow, pending.owner_id, Way.TEMPLATE)
                case Throttled():
                    await uow.template_messages.put_off(pending.letter_id, now + timedelta(seconds=outcome.retry_after))
                case Unavailable():
                    await uow.template_messages.put_off(pending.letter_id, now + retry_delay(pending.attempts))
                case _:  # the letter itself waits for the person's return all the same
                    reason = "NoTemplate" if outcome is None else type(outcome).__name__
                    log.error("template_refused", letter=pending.letter_id, reason=reason)
                    await uow.template_messages.give_up(pending.letter_id, f"template: {reason}: {outcome or ''}")
            await uow.commit()


def _keyword(language: str, kind: TemplateKind, reference: str) -> str:
    params: dict[str, Param] = {"reference": reference}
    return words(language, f"template.keyword_{kind.value}", params)
