"""One message heard, one turn of the bot; the messages that come together in one transaction.

Network-free, and without any role's texts: it reads where a chat stands, finds who has to deal with what was heard (a
command, a button that always works, or the step the chat is in), and writes down the result: the next step, and
letters in the outbox. Nothing is sent here.
"""

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from handlers.language.courtesy import without_politeness
from intake.actions.people.note_activity import note_activity
from intake.ports import Chat, Met, UnitOfWork
from intake.rules.errors import NotFound, RuleBroken, TooLong, Unsure
from intake.rules.message import Button, Message, Term, button, literal, pack_message, rows_of
from intake.rules.outbox.letter import NewLetter, Priority
from intake.rules.people.person import Conversation, PersonId
from intake.rules.text import beginning, fold
from wording.texts import render, words

from .inbound_event import InboundEvent, InboundKind
from .listening import Hearing, Listened, listen
from .said import HELD, Heard, Said, hear_said, held_for, said_last, with_said, without_said
from .scene import IDLE, Command, Scene, Step, Turn
from .table import COMMAND, Table

CANCEL = "cancel"
SEND = "send"
"""What sends what somebody looks at, in every preview."""
OF_QUESTION = "~"
"""Between what a button means and the number of the question it was offered for."""
MEANT = "said."
"""What the code of a button begins with that says what was meant by something typed unclearly."""
FIRST_PART = "first-part"
"""The button under a text that is too long: take what there is room for."""
_CANCELLING, _TO_THE_MENU = "huy", "menu"
"""The commands that end whatever somebody is doing."""
_CODE = re.compile(r"#\s*(?=\S*[-0-9])[!-~]+")
"""A code of a poster or link, as typed: one word without marks, with a hyphen or digit. `#mấtnước …` is none."""
EDITED = "edited"
"""What the inbox notes once somebody was told that an edit came too late: told once for each message."""
STALE = Message("talk.stale_button")
TAP_ONE = Message("talk.tap_one")
"""What a step says that takes taps alone; a file that it did not put into the draft is told to be lost."""
LONG_GONE = f"{OF_QUESTION}0"
"""The code of a button of which nobody knows any more where it stood: the first question is number one."""


_UNHEARD = {Hearing.TOO_FAST: Message("talk.too_fast"), Hearing.TOO_MUCH: Message("talk.too_much_today")}


def answers_question(code: str) -> bool:
    """Whether a button was offered for one question only: once it is tapped, all of that question's have done."""
    return OF_QUESTION in code


async def converse_together(uow: UnitOfWork, events: Mapping[Chat, InboundEvent], table: Table) -> set[Chat]:
    """Deal with an event of each of some chats. What all of them need is read at once, and written at once.

    An event that was dealt with before changes nothing. A refusal of the rules is said, and the chat stays where it
    was; but what had written something by then, like whatever else goes wrong, is raised: of none of the events
    anything may be kept, and `converse` deals with each of them. Returns the chats that were listened to.
    """
    met = await uow.accounts.take_in({chat: inbound.event_id for chat, inbound in events.items()})
    rest = {chat: inbound for chat, inbound in events.items() if chat in met}
    heard: set[Chat] = set()
    while rest:
        rest = await _deal_as_met(uow, rest, met, table, heard)
        if rest:
            met = await uow.accounts.meet_all(rest)
    return heard


async def converse(uow: UnitOfWork, inbound: InboundEvent, table: Table) -> bool:
    """Deal with one event, which takes nobody else along. An event that was dealt with before changes nothing.

    What the rules refuse is taken back whole and said in one sentence; the chat stays where it was. Returns whether it
    was listened to.
    """
    try:
        async with uow.savepoint():
            met = await _meet(uow, inbound)
            if met is None:
                return False
            await _let_go(uow, met, inbound)
            listened = await listen(uow, met, inbound, table)
            letters = await _answer(uow, met, inbound, table, listened)
            await uow.accounts.keep([met.conversation], letters)
    except RuleBroken as refusal:
        async with uow.savepoint():
            met = await _meet(uow, inbound)
            if met is None:
                return False
            await _let_go(uow, met, inbound)
            listened = await listen(uow, met, inbound, table)
            letters = await _refuse(uow, met, inbound, table, refusal)
            await uow.accounts.keep([met.conversation], letters)
    return listened.hearing is Hearing.HEARD


async def apologise(uow: UnitOfWork, inbound: InboundEvent, reference: str) -> None:
    """After a defect of ours: remember the event, say sorry with a number that is in the log; the draft stays."""
    met = await _meet(uow, inbound)
    if met is not None:
        if inbound.shown is not None:
            await uow.history.add_own(met.account.id, inbound.event_id, inbound.shown)
        await uow.letters.add_many(_letters(_scene(uow, met), [Message("talk.sorry", {"number": reference})]))


async def _deal_as_met(
    uow: UnitOfWork, events: Mapping[Chat, InboundEvent], met: Mapping[Chat, Met], table: Table, heard: set[Chat]
) -> dict[Chat, InboundEvent]:
    """Deal with events as long as the chats stand as they were met. Returns those that are left: to be met again.

    The chats that were listened to are added to `heard`.
    """
    await note_activity(uow, [one.account for one in met.values()])
    rest = dict(events)
    conversations: list[Conversation] = []
    letters: list[NewLetter] = []
    spoken: set[PersonId] = set()
    for chat, inbound in events.items():
        person = met[chat].person
        # what was said in another chat of the same person has to be written down first
        if not uow.accounts.stand_as_met() or (person is not None and person.id in spoken):
            break
        await asyncio.sleep(0)  # nothing waits for SQLite: the letters of others go out in between
        listened = await listen(uow, met[chat], inbound, table)
        letters += await _answer_or_refuse(uow, met[chat], inbound, table, listened)
        if listened.hearing is Hearing.HEARD:
            heard.add(chat)
        conversations.append(met[chat].conversation)
        if person is not None:
            spoken.add(person.id)
        del rest[chat]
    await uow.accounts.keep(conversations, letters)
    return rest


async def _answer_or_refuse(
    uow: UnitOfWork, met: Met, inbound: InboundEvent, table: Table, listened: Listened
) -> list[NewLetter]:
    await _let_go(uow, met, inbound)
    attempt = uow.attempt()
    try:
        letters = await _answer(uow, met, inbound, table, listened)
    except RuleBroken as refusal:
        if attempt.has_written:
            raise
        return await _refuse(uow, met, inbound, table, refusal)
    return letters


async def _meet(uow: UnitOfWork, inbound: InboundEvent) -> Met | None:
    """The chat an event came from; nothing when the event was dealt with before."""
    if not await uow.inbox.record(*inbound.chat, inbound.event_id):
        return None
    met = await uow.accounts.meet(*inbound.chat)
    await note_activity(uow, [met.account])
    return met


async def _let_go(uow: UnitOfWork, met: Met, inbound: InboundEvent) -> None:
    """An answer that was held back for what might follow: the one to that replaces it, or else it goes first."""
    draft, asked = met.conversation.draft, met.conversation.asked
    held, last = held_for(draft), said_last(draft)
    if held is None:
        return
    goes_on = last is not None and last.goes_on_with(inbound, asked, uow.now)
    if goes_on or (inbound.album and inbound.album == held):
        await uow.letters.drop_held(met.account.id)
    else:
        await uow.letters.let_go(met.account.id)


async def _answer(
    uow: UnitOfWork, met: Met, inbound: InboundEvent, table: Table, listened: Listened
) -> list[NewLetter]:
    """The bot's turn: changes the conversation, returns what is said."""
    scene, conversation = _scene(uow, met, listened.heard_before), met.conversation
    if listened.hearing is not Hearing.HEARD:
        return await _unheard(scene, conversation, inbound, table, listened.hearing)
    inbound = _as_heard(scene, conversation, inbound)
    ended: tuple[Message, ...] | None = None
    tapped = _label(conversation, inbound, table.steps.get(scene.step))
    if tapped.kind is not InboundKind.CHOICE or not _is_offered(conversation, tapped.choice):
        ended = table.outlived(scene)
    if ended is not None:
        scene.step, scene.draft, conversation.offered = IDLE, {}, []
    heard = _heard(scene, inbound)
    if inbound.edits:
        edited = f"{EDITED}.{inbound.message}"
        if not await uow.inbox.record(*inbound.chat, edited):
            return []
        turn = _edited_too_late(scene, table)
    else:
        turn = await _turn(scene, conversation, inbound, table)
    return await _take(scene, conversation, replace(turn, say=(*(ended or ()), *turn.say)), table, heard)


async def _unheard(
    scene: Scene, conversation: Conversation, inbound: InboundEvent, table: Table, hearing: Hearing
) -> list[NewLetter]:
    """Nothing of it is taken, but whoever is in danger is told where to call."""
    quiet = hearing in (Hearing.TOO_FAST, Hearing.SILENT)
    danger = () if quiet else await table.danger(scene, inbound.text)
    if hearing is Hearing.CLOSED:
        return await _take(scene, conversation, Turn(to=table.closed, say=danger), table, _heard(scene, inbound))
    if hearing not in _UNHEARD:
        return _letters(scene, danger)
    # the tap that was not heard may have cost the question its buttons: it is asked again
    again = Turn(to=scene.step, say=(*danger, _UNHEARD[hearing]), draft=scene.draft)
    return await _take(scene, conversation, again, table, _heard(scene, inbound))


def _as_heard(scene: Scene, conversation: Conversation, inbound: InboundEvent) -> InboundEvent:
    """The event with the text it goes on with, or in the place of the one it edits; the scene is set back to that."""
    last = said_last(conversation.draft)
    if last is None:
        return inbound
    if last.goes_on_with(inbound, conversation.asked, scene.uow.now):
        inbound = replace(inbound, text=last.joined(inbound.text), message="")
    elif inbound.edits and last.message == inbound.message and last.stands(scene.draft, conversation.asked):
        inbound = replace(inbound, edits=False)
    else:
        return inbound
    scene.step, scene.draft = last.step, last.taken_back(scene.draft)
    return inbound


def _heard(scene: Scene, inbound: InboundEvent, over: int | None = None) -> Heard:
    return Heard(inbound, scene.step, dict(scene.draft), over)


def _edited_too_late(scene: Scene, table: Table) -> Turn:
    """What was typed has gone its way already: it is said once what to do."""
    if scene.step in table.steps:
        return Turn(to=scene.step, say=(Message("talk.edited_in_draft"),), draft=scene.draft)
    row = (button("menu.my_questions", "cmd.cauhoi"), button("menu.ask", "cmd.hoi"))
    return Turn(say=(Message("talk.edited_too_late", {}, (row,)),), draft=scene.draft)


async def _refuse(
    uow: UnitOfWork, met: Met, inbound: InboundEvent, table: Table, refusal: RuleBroken
) -> list[NewLetter]:
    scene, conversation = _scene(uow, met), met.conversation
    inbound = _as_heard(scene, conversation, inbound)
    over = refusal.over if isinstance(refusal, TooLong) else 0
    wordless = bool(inbound.media) and not inbound.text and not any(one.problem for one in inbound.media)
    said, offered = [refusal.message], list[Button]()
    if wordless:
        said = [Message("talk.words_needed")] if met.grants else [Message("talk.words_needed_resident")]
    if isinstance(refusal, Unsure):
        offered = [literal(one, f"{MEANT}{one}") for one in refusal.readings]
    elif 0 < over < len(inbound.text.strip()):
        said.append(Message("talk.first_part_hint"))
        offered = [button("talk.first_part", FIRST_PART)]
    turn = Turn(to=scene.step, say=tuple(said), draft=scene.draft)
    return await _take(scene, conversation, turn, table, _heard(scene, inbound, over), offered)


def _scene(uow: UnitOfWork, met: Met, heard_before: datetime | None = None) -> Scene:
    account, conversation, person, grants = met
    offered = [code.partition(OF_QUESTION)[0] for code, _ in conversation.offered]
    return Scene(
        uow=uow,
        account=account,
        person=person,
        grants=tuple(grants),
        language=str(conversation.draft.get("language", "vi")) if person is None else person.language,
        step=conversation.step,
        draft=without_said(conversation.draft),
        heard_before=heard_before,
        begun=conversation.step != IDLE or CANCEL in offered,
    )


async def _turn(scene: Scene, conversation: Conversation, inbound: InboundEvent, table: Table) -> Turn:
    step = table.steps.get(scene.step)
    inbound = _label(conversation, inbound, step)
    command, rest = _command(scene, inbound, table)
    unsent = _unsent(scene, conversation)
    scene.kept = step is not None and step.keeps
    if command is not None:
        turn = await _command_turn(scene, command, rest, table)
        return turn if command.name == _CANCELLING else _beside(turn, unsent, ends=command.name == _TO_THE_MENU)
    if inbound.kind is InboundKind.TEXT:
        turned = await table.anywhere(scene, inbound.text)
        if turned is not None:
            return _beside(turned, unsent, ends=False)
    if inbound.kind is InboundKind.CHOICE:
        return await _tap_turn(scene, conversation, inbound, table, unsent)
    return await _step_turn(scene, inbound, table)


async def _tap_turn(
    scene: Scene, conversation: Conversation, inbound: InboundEvent, table: Table, unsent: Turn | None
) -> Turn:
    """The turn of a tap: on a button of the question that waits, on one that works always, or on one that is past."""
    meant, of_question, _ = inbound.choice.partition(OF_QUESTION)
    stands = _is_offered(conversation, inbound.choice)
    if of_question and not stands:
        return Turn(to=scene.step, say=(STALE,), draft=scene.draft)
    if meant == CANCEL:
        return await _command_turn(scene, table.commands[_CANCELLING], "", table)
    if not stands:
        to_menu = meant == f"{COMMAND}.{_TO_THE_MENU}"
        return _beside(await _choice_turn(scene, meant, table), unsent, ends=to_menu)
    last = said_last(conversation.draft)
    if meant == FIRST_PART and last is not None:
        return await _first_part_turn(scene, inbound, last, table)
    if meant.startswith(MEANT):
        inbound = replace(inbound, kind=InboundKind.TEXT, choice="", text=meant.removeprefix(MEANT))
    else:
        inbound = replace(inbound, choice=meant)
    return await _step_turn(scene, inbound, table)


def _is_offered(conversation: Conversation, code: str) -> bool:
    """Whether a button stands under what was asked last."""
    return code in [offered for offered, _ in conversation.offered]


def _unsent(scene: Scene, conversation: Conversation) -> Turn | None:
    """The step somebody is in, while something of theirs lies there to be sent: `Gửi` is offered, or files wait."""
    offered = [code.partition(OF_QUESTION)[0] for code, _ in conversation.offered]
    if SEND not in offered and not scene.draft.get("files"):
        return None
    return Turn(to=scene.step, draft=dict(scene.draft))


def _beside(turn: Turn, unsent: Turn | None, *, ends: bool) -> Turn:
    """The turn of something else that was asked for while something waited to be sent.

    After a mere look at something that is shown once more; where the chat goes elsewhere, people are told that it was
    not sent: many take what they have typed for sent.
    """
    if unsent is None or turn.to == unsent.to:
        return turn
    if turn.to == IDLE and not ends:
        return replace(unsent, say=turn.say)
    return replace(turn, say=(Message("talk.not_sent"), *turn.say))


async def _first_part_turn(scene: Scene, inbound: InboundEvent, last: Said, table: Table) -> Turn:
    """The turn of as much of a text as there is room for; the rest is told back, and nothing of it is lost."""
    over = last.over
    while True:
        first = beginning(last.text, len(last.text) - over)
        try:
            turn = await _step_turn(scene, replace(inbound, kind=InboundKind.TEXT, choice="", text=first), table)
        except TooLong as still:  # blanks that were not counted in the whole
            over += still.over
        else:
            return replace(turn, say=(Message("talk.rest", {"rest": last.text[len(first) :].strip()}), *turn.say))


async def _step_turn(scene: Scene, inbound: InboundEvent, table: Table) -> Turn:
    """The turn of the step the chat is in; where nothing was asked, of what was typed out of the blue."""
    step = table.steps.get(scene.step)
    if step is not None:
        if step.role is not None and not scene.grants_as(step.role):
            raise NotFound
        before = dict(scene.draft)
        turn = await step.hear(scene, inbound)
        if inbound.media and TAP_ONE in turn.say and turn.draft == before:
            turn = replace(turn, say=(Message("talk.file_not_taken"), *turn.say))
        if turn.to not in (IDLE, step.name, *step.leads_to):
            raise RuntimeError(f"step {step.name} may not lead to {turn.to}")
        return turn
    if inbound.kind is InboundKind.TEXT:
        code = await _pushed(scene, inbound.text)
        if code is not None:
            return await _choice_turn(scene, code, table)
    return await table.unprompted(scene, inbound)


def _command(scene: Scene, inbound: InboundEvent, table: Table) -> tuple[Command | None, str]:
    """The command somebody typed, with or without the stroke, with or without diacritics, and what stood behind it."""
    if inbound.kind is not InboundKind.TEXT:
        return None, ""
    text = inbound.text.strip()
    if text.startswith("/"):
        name, _, rest = text[1:].partition(" ")
        command = table.commands.get(fold(name.partition("@")[0]).replace(" ", ""))
        return command or table.commands["trogiup"], rest.strip()
    if _CODE.fullmatch(text):
        return table.commands["start"], text[1:].strip()
    folded = fold(text)
    step = table.steps.get(scene.step)
    command = table.typed.get(folded) or table.typed.get(_politely(step, text))
    if command is not None:
        busy = step is not None and step.free_text and command.name not in (_CANCELLING, _TO_THE_MENU)
        busy = busy or (command.name == _CANCELLING and _is_name(step, text))
        return (None, "") if busy else (command, "")
    if scene.step == IDLE:
        for alias, (command, is_meant) in table.typed_with_rest.items():
            rest = text.split(maxsplit=len(alias.split()))[-1]
            if folded.startswith(alias + " ") and is_meant(rest):
                return command, rest
    return None, ""


async def _command_turn(scene: Scene, command: Command, rest: str, table: Table) -> Turn:
    if command.knows_me and scene.person is None:
        return await table.stranger(scene, f"/{command.name} {rest}".strip())
    if command.roles and not any(scene.grants_as(role) for role in (*command.roles, *command.also)):
        return _not_your_role(scene, command)
    try:
        turn = await command.act(scene, rest)
    except NotFound:
        if rest or not command.roles or any(scene.grants_as(role) for role in command.roles):
            raise
        return _not_your_role(scene, command)  # some with their role may, by a decision of their unit; they may not
    if turn.to not in (IDLE, scene.step, *command.leads_to):
        raise RuntimeError(f"command {command.name} may not lead to {turn.to}")
    return turn


def _not_your_role(scene: Scene, command: Command) -> Turn:
    # which roles have which command is no secret: it stands in the help
    roles = tuple(Term("talk.role_line", {"role": Term(f"role.{role.value}")}) for role in command.roles)
    said = Message("talk.not_your_role", {"roles": roles}, ((button("button.menu", "cmd.menu"),),))
    return Turn(to=scene.step, say=(said,), draft=scene.draft)


async def _choice_turn(scene: Scene, code: str, table: Table) -> Turn:
    verb, _, rest = code.partition(".")
    if verb == COMMAND and rest in table.commands:
        return await _command_turn(scene, table.commands[rest], "", table)
    choice = table.choices.get(verb)
    if choice is None:
        return Turn(to=scene.step, say=(STALE,), draft=scene.draft)
    if scene.person is None:
        raise NotFound
    step, draft = scene.step, dict(scene.draft)
    turn = await choice.act(scene, rest)
    if turn.to not in (IDLE, scene.step, *choice.leads_to):
        raise RuntimeError(f"choice {verb} may not lead to {turn.to}")
    # a tap under an earlier letter (rating an answer, say) does not cost what is being typed just now
    return Turn(to=step, say=turn.say, draft=draft) if turn.to == IDLE and step else turn


def _label(conversation: Conversation, inbound: InboundEvent, step: Step | None) -> InboundEvent:
    """A typed label of what was offered last counts as a tap on it; the exact label, the folded one, one said politely.

    Of two that read alike none is taken: whoever typed it is asked again. With the stroke it is a command: `/sua`
    corrects one's own data, and is no tap on `Sửa`.
    """
    if inbound.kind is not InboundKind.TEXT:
        return inbound
    text = inbound.text.strip()
    exact = [code for code, label in conversation.offered if label == text]
    reads = "" if text.startswith("/") or _is_name(step, text) else fold(text)
    loose = [code for code, label in conversation.offered if fold(label) == reads != ""]
    if not loose and reads:
        meant_politely = _politely(step, text)
        loose = [
            code
            for code, label in conversation.offered
            if fold(label) == meant_politely != "" and code.partition(OF_QUESTION)[0] != SEND  # that is said outright
        ]
    meant = set(exact or loose)
    return replace(inbound, kind=InboundKind.CHOICE, choice=meant.pop()) if len(meant) == 1 else inbound


def _is_name(step: Step | None, text: str) -> bool:
    """Whether the word for `huỷ` came without its mark where a name is asked for: many men are called Huy."""
    return step is not None and step.names and text.strip().casefold() == "huy"


def _politely(step: Step | None, text: str) -> str:
    """What a text says without the politeness around it; nothing where names are asked for: "Huy ạ" is one."""
    return "" if step is not None and step.names else without_politeness(text)


async def _pushed(scene: Scene, text: str) -> str | None:
    """The code of a button in one of the last letters, when its label was typed instead of tapped.

    Of two in one letter that read alike none is taken.
    """
    typed = {fold(text), without_politeness(text)} - {""}
    for message in await scene.uow.letters.recent_with_buttons(scene.account.id):
        meant = set()
        for row in message.buttons:
            for offered in row:
                label = offered.label if offered.literal else words(scene.language, offered.label, offered.params)
                if offered.code and OF_QUESTION not in offered.code and fold(label) in typed:
                    meant.add(offered.code)
        if meant:
            return meant.pop() if len(meant) == 1 else None
    return None


async def _take(
    scene: Scene,
    conversation: Conversation,
    turn: Turn,
    table: Table,
    heard: Heard,
    offered: Sequence[Button] = (),
) -> list[NewLetter]:
    """Note the turn: the next step and what it offers. Returns what is said.

    `offered` stands before the step's own buttons: what may have been meant by something typed unclearly or too long.
    """
    scene.step, scene.draft = turn.to, turn.draft
    said = list(turn.say)
    step = table.steps.get(turn.to)
    last = None
    if step is not None:
        conversation.asked += 1
        question = await step.ask(scene)
        question = replace(question, buttons=(*rows_of(list(offered), 2), *question.buttons))
        said.append(_of_question(question, conversation.asked, table))
        last = hear_said(heard, turn.draft, conversation.asked, scene.uow.now) or said_last(conversation.draft)
    held = heard.held
    conversation.step = turn.to
    conversation.draft = with_said(turn.draft, last, held)
    conversation.offered = [] if step is None else _offers(said[-1], scene.language)
    letters = _letters(scene, said)
    if held is not None:
        # of an album only the question is asked once; what there is to say of each picture is said at once
        first = -1 if held and step is not None else 0
        letters[first:] = [letter._replace(not_before=scene.uow.now + HELD) for letter in letters[first:]]
    return letters


def _of_question(message: Message, number: int, table: Table) -> Message:
    """The message, its buttons bearing the number of the question; those that name what they act on work always."""

    def numbered(tap: Button) -> Button:
        if not tap.code or _works_always(tap.code, table):
            return tap
        return replace(tap, code=f"{tap.code}{OF_QUESTION}{number}")

    return replace(message, buttons=tuple(tuple(numbered(tap) for tap in row) for row in message.buttons))


def _works_always(code: str, table: Table) -> bool:
    """Whether the code names what it acts on; a bare word is the step's own, whatever else is called the same."""
    verb, dot, _ = code.partition(".")
    return verb == COMMAND or (bool(dot) and verb in table.choices)


def _offers(message: Message, language: str) -> list[list[str]]:
    return [[tap.code, tap.label] for row in render(message, language).rows for tap in row if tap.code]


def _letters(scene: Scene, said: Iterable[Message]) -> list[NewLetter]:
    return [_letter(scene, message) for message in said]


def _letter(scene: Scene, message: Message) -> NewLetter:
    content = pack_message(message)
    if scene.person is None:  # nobody's language is on record yet: the letter carries the one we talk in
        content["language"] = scene.language
    return NewLetter(
        account_id=scene.account.id,
        person_id=None if scene.person is None else scene.person.id,
        priority=Priority.REPLY,
        content=content,
        created_at=scene.uow.now,
        not_before=scene.uow.now,
    )
