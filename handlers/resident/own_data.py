"""A person's own data: a copy of everything (`/dulieu`), and erasing it (`/xoa`). LAW C5."""

from collections.abc import Sequence

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Command, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from intake.actions.people.link_accounts import network_words
from intake.actions.people.make_copy import make_copy
from intake.actions.people.own_data import erase
from intake.actions.people.roles import dependants_of
from intake.rules.meetings.meeting import Registration
from intake.rules.message import CarriedFile, Message, Param, Term, button, numbered_files
from intake.rules.people.consent import DataRight
from intake.rules.people.data_copy import CopyRecord, CopySections
from intake.rules.people.person import Network
from intake.rules.people.retention import COPIES_KEPT
from intake.rules.questions.question import Question
from wording.guests import reply_words
from wording.own_copy import own_copy
from wording.texts import words

CONFIRM = "erase.confirm"
LEFT_WITH_PEOPLE = {Network.TELEGRAM, Network.ZALO, Network.ZALO_BOT}
"""Where what was said lies on the person's telephone too, and we reach little of it or nothing."""
PER_MESSAGE = 3000
"""How many letters go into one message of the copy; a network that takes fewer splits it once more."""
MOST_FILES = 10
"""How many of the files somebody sent come along with the copy, the newest first; all of them are named in it."""
_IN_CHAT = ("blocks", "readings", "demands", "hands", "surveys", "typing", "drafts", "views", "deputies")
"""The kinds of the copy that have no sentence of their own in the chat."""
_AROUND = 120
"""Letters of reference, dates and names around somebody's own words."""


async def show_own_data(scene: Scene, _rest: str) -> Turn:
    """`/dulieu`: everything kept about the person, in as many messages as it takes."""
    sections = await own_copy(scene.uow, scene.me)
    lines = await _person(scene)
    if deeds := sections.get("deeds", ()):  # of which the chat tells the number alone
        lines.append(Term("data.deeds", {"count": len(deeds)}))
    said = [Message("data.person", {"lines": tuple(lines)})]
    said += _split("data.registrations", await _registrations(scene))
    said += _split("data.invitations", await _invitations(scene))
    said += _split("data.questions", await _questions(scene))
    said += _split("data.requests", await _requests(scene))
    said += _split("data.more", [one for kind in _IN_CHAT for one in _told(kind, sections.get(kind, ()))])
    last = said.pop()
    buttons = (
        (button("link.button", "cmd.lienket"), button("datarequest.button", "cmd.yeucau")),
        (button("correct.button", "cmd.sua"), button("settings.erase_button", "cmd.xoa")),
        (button("rights.withdraw_button", "cmd.rutdongy"), button("rights.restrict_button", "cmd.hanche")),
        (button("button.menu", "cmd.menu"),),
    )
    return Turn(say=(*said, Message(last.key, last.params, buttons), *await _files(scene, sections)))


def _told(kind: str, records: Sequence[CopyRecord]) -> list[tuple[int, Term]]:
    """A kind of which the chat says no more than the files: each thing with its parts."""
    told = []
    for record in records:
        parts: list[Param] = [
            Term("data.part", {"name": Term(f"copyfield.{name}"), "value": value}) for name, value in record.items()
        ]
        length = sum(len(value) for value in record.values() if isinstance(value, str))
        told.append((length, Term("data.thing", {"kind": Term(f"copy.{kind}"), "parts": tuple(parts)})))
    return told


async def _files(scene: Scene, sections: CopySections) -> tuple[Message, ...]:
    """Everything once more as a document and as JSON, with the last files the person sent."""
    uow, me = scene.uow, scene.me
    title = words(scene.language, "copy.title", {"at": uow.now})
    made = await make_copy(uow, person=me, title=title, sections=sections, language=scene.language)
    if made is None:
        return ()
    sent = []
    for question in await uow.questions.of_person(me.id):
        if question.asker_id == me.id:
            sent += [file.sha256 for file in await uow.questions.attachments(question.id)]
    made_files = [CarriedFile(one, (Term("copy.file_name"),)) for one in (made.document_sha256, made.json_sha256)]
    carried = (*made_files, *numbered_files(sent[:MOST_FILES]))
    elsewhere: Param = "" if scene.account.network is Network.WEBCHAT else Term("copy.elsewhere")
    return (Message("copy.files", {"days": COPIES_KEPT.days, "elsewhere": elsewhere}, attachments=carried),)


async def _person(scene: Scene) -> list[Param]:
    person, uow = scene.me, scene.uow
    hamlet: Param = Term("data.not_given")
    if person.hamlet_id is not None:
        hamlet = (await uow.places.unit(person.hamlet_id)).name
    phone: Param = Term("data.not_given") if person.phone_sealed is None else uow.vault.open(person.phone_sealed)
    lines: list[Param] = [
        Term("data.name", {"name": person.name}),
        Term("data.hamlet", {"hamlet": hamlet}),
        *([Term("data.known_as", {"known_as": person.known_as})] if person.known_as else []),
        *([Term("data.place", {"place": person.place})] if person.place else []),
        Term("data.phone_typed" if person.phone_sealed and not person.phone_proven else "data.phone", {"phone": phone}),
        Term("data.language", {"language": Term(f"data.language_{person.language}")}),
    ]
    for consent in await uow.people.consents_of(person.id):
        lines.append(Term("data.consent", {"version": consent.version, "at": consent.given_at}))
        if consent.guardian:
            lines.append(Term("data.guardian", {"guardian": consent.guardian}))
        if consent.withdrawn_at is not None:
            lines.append(Term("data.consent_over", {"at": consent.withdrawn_at}))
    if person.restricted_at is not None:
        lines.append(Term("data.restricted", {"at": person.restricted_at}))
    for correction in await uow.people.corrections_of(person.id):
        was: Param = uow.vault.open(correction.was_sealed) or Term("data.not_given")
        what = Term(f"correct.{correction.what.value}_button")
        lines.append(Term("data.correction", {"what": what, "was": was, "at": correction.at}))
    for grant in scene.grants:
        unit = await uow.places.unit(grant.unit_id)
        lines.append(Term("data.role", {"role": Term(f"role.{grant.role.value}"), "unit": unit.name}))
    accounts = await uow.accounts.all_of(person.id)
    lines += [
        Term("data.account", {"network": network_words(one.network), "at": one.last_heard_at or uow.now})
        for one in accounts
    ]
    return lines


async def _invitations(scene: Scene) -> list[tuple[int, Term]]:
    """Places on lists of guests, with what the person answered."""
    told = []
    for guest in await scene.uow.guests.of_person(scene.me.id):
        meeting = await scene.uow.meetings.get(guest.meeting_id)
        params: dict[str, Param] = {"title": meeting.title, "office": guest.office, "reply": reply_words(guest)}
        told.append((len(guest.office), Term("data.invitation", params)))
    return told


async def _registrations(scene: Scene) -> list[tuple[int, Term]]:
    told = []
    for registration in await scene.uow.meetings.registrations_of(scene.me.id):
        meeting = await scene.uow.meetings.get(registration.meeting_id)
        params: dict[str, Param] = {
            "reference": registration.reference,
            "title": meeting.title,
            "kind": Term(f"register.kind.{registration.kind.value}"),
            "at": registration.registered_at,
            "state": Term(f"data.registration_{registration.state.value}"),
            "content": registration.content,
            "more": tuple(_about_registration(registration)),
        }
        told.append((len(registration.content), Term("data.registration", params)))
    return told


def _about_registration(registration: Registration) -> list[Param]:
    """What the office has noted beside it."""
    noted: list[Param] = []
    if registration.reason:
        noted.append(Term("data.registration_reason", {"reason": registration.reason}))
    if registration.moved_to is not None:
        noted.append(Term("data.registration_moved", {"number": registration.moved_to, "why": registration.moved_why}))
    if registration.present_at is not None:
        noted.append(Term("data.registration_present", {"at": registration.present_at}))
    return noted


async def _questions(scene: Scene) -> list[tuple[int, Term]]:
    questions = await scene.uow.questions.of_person(scene.me.id)
    # what was typed for a neighbour is the neighbour's: only that it was typed is about this person
    return [
        await _question(scene, question) if question.asker_id == scene.me.id else _typed_for_another(question)
        for question in questions
    ]


async def _question(scene: Scene, question: Question) -> tuple[int, Term]:
    files = await scene.uow.questions.attachments(question.id)
    params: dict[str, Param] = {
        "reference": question.reference,
        "kind": Term(f"kind.{question.kind.value}"),
        "at": question.received_at,
        "files": len(files),
        "text": question.text,
    }
    return len(question.text), Term("data.question", params)


async def _requests(scene: Scene) -> list[tuple[int, Term]]:
    told = []
    for task in await scene.uow.tasks.of_person(scene.me.id):
        wish: Param = task.text if task.right in (None, DataRight.OTHER) else Term(f"data.right_{task.right}")
        params: dict[str, Param] = {"reference": task.title, "at": task.opened_at, "text": wish}
        if task.done_at is None:
            told.append((len(task.text), Term("data.request", params)))
        else:
            done = params | {"outcome": task.outcome, "done": task.done_at}
            told.append((len(task.text) + len(task.outcome), Term("data.request_done", done)))
    return told


def _typed_for_another(question: Question) -> tuple[int, Term]:
    return 0, Term("data.question_for_another", {"reference": question.reference, "at": question.received_at})


def _split(key: str, told: list[tuple[int, Term]]) -> list[Message]:
    """Messages of at most `PER_MESSAGE` letters of own words each, one thing at least; none when there is nothing."""
    parts: list[list[Param]] = []
    room = 0
    for length, line in told:
        needed = length + _AROUND
        if not parts or needed > room:
            parts.append([])
            room = PER_MESSAGE
        parts[-1] += ["", line]
        room -= needed
    return [Message(key, {"lines": tuple(part)}) for part in parts]


async def start_erasing(scene: Scene, _rest: str) -> Turn:
    """`/xoa`."""
    del scene
    return Turn(to=CONFIRM)


async def _ask_confirm(scene: Scene) -> Message:
    """What hangs on somebody with a role is said before it is too late."""
    hanging = await dependants_of(scene.uow, scene.me, scene.grants)
    row = (button("erase.button", "erase"), button("button.cancel", "cancel"))
    if not hanging and not scene.me.members:
        return Message("erase.confirm", {}, (row,))
    lines: list[Param] = []
    if scene.me.members:
        lines.append(Term("erase.household", {"count": scene.me.members}))
    if hanging.neighbours:
        lines.append(Term("erase.neighbours", {"count": len(hanging.neighbours)}))
    lines += [Term("erase.desk", {"desk": desk.name}) for desk in hanging.empty_desks]
    lines += [Term("erase.chair", {"place": unit.name}) for unit in hanging.chairless]
    lines += [Term("erase.secretary", {"place": unit.name}) for unit in hanging.unsorted]
    lines += [Term("erase.notice", {"title": title, "place": place}) for title, place in hanging.uncarried]
    said = (Term("erase.hanging", {"lines": tuple(lines)}), Term("erase.confirm"))
    return Message("erase.confirm_hanging", {"lines": said}, (row,))


async def _hear_confirm(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice != "erase":
        return Turn(to=CONFIRM, say=(Message("talk.tap_one"),), draft=scene.draft)
    networks = {account.network for account in await scene.uow.accounts.all_of(scene.me.id)}
    left = [Term(f"erase.left_{network.value}") for network in sorted(networks & LEFT_WITH_PEOPLE)]
    await erase(scene.uow, person=scene.me)
    # from here on the chat is a stranger's again; only the language we talk in is kept
    scene.person, scene.grants = None, ()
    said = Message("erase.done_but", {"lines": (Term("erase.done"), *left)}) if left else Message("erase.done")
    return Turn(say=(said,), draft={"language": scene.language})


MODULE = ConversationModule(
    commands=(
        Command("dulieu", show_own_data, aliases=("dữ liệu của tôi", "my data"), though_blocked=True),
        Command(
            "xoa",
            start_erasing,
            aliases=("xoá dữ liệu", "xoá dữ liệu của tôi", "xoá thông tin của tôi"),
            leads_to=(CONFIRM,),
            though_blocked=True,
        ),
    ),
    # the label of its button is the command's name too: typed here, it is the answer
    steps=(Step(CONFIRM, _ask_confirm, _hear_confirm, free_text=True),),
)
