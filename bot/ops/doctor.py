"""`doithoai doctor`: look at everything an installation needs and say what is wrong, in words a clerk can pass on."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
from sqlalchemy.exc import DBAPIError

from bot.channel_policy import read_templates
from bot.console import counted, spoken
from bot.data_folder import key_missing, keys_of, open_to_others
from bot.demo.clock import clock_of
from bot.keys import wrong_key
from bot.media.places import ATTACHMENTS, SEALED, left_behind, place_of, try_place
from bot.ops.findings import Finding
from bot.ops.health import SEALED_BY, is_unsealed
from bot.ops.machine import in_one_line, unwritten
from bot.ops.pooler import look_at_hearing, look_for_pooler, lost_statement
from bot.setting_values import SHORTEST_SECRET
from bot.settings import Settings, SettingsError
from bot.system_clock import system_now
from bot.telegram.deafness import Deaf, WebhookInfo, deaf_by, read_info, sentence_of
from bot.vault import KeyVault
from intake.actions.deadlines.sweep import is_silent
from intake.actions.sealed.keys import SealedStanding, standing_in
from intake.actions.sealed.sorting import nobodys
from intake.ports.audit import Waiting
from intake.rules.deadlines.calendar import DayStatus, WorkCalendar
from intake.rules.deadlines.reminders import CLOCK_LEEWAY, beats_ahead
from intake.rules.outbox.letter import LetterFilter, LetterId, LetterLine, LetterState
from intake.rules.people.contact import NEEDED
from intake.rules.people.person import Network
from intake.rules.questions.question import Question
from papers.pdf import office
from scheduler.jobs import JOBS, Job
from storage.calendar_source import load_calendar
from storage.engine import open_engine
from storage.migrate import schema_state
from storage.unit_of_work import Store

FREE_SPACE = 200 * 1024 * 1024
MOST_REFUSED = 1000
_REFUSED = LetterFilter(states=(LetterState.QUARANTINED,))


async def examine(settings: Settings) -> list[Finding]:
    """Look at data folder, database, jobs, networks and clock. Nothing is changed.

    Where files lie elsewhere, one is kept there and taken away again.
    """
    findings = [_data_folder(settings), *_attachments(settings), papers_finding()]
    findings += [finding async for finding in _database(settings)]
    findings += await _pooler(settings)
    findings += [finding async for finding in _telegram(settings)]
    findings += [finding async for finding in _zalo(settings)]
    if settings.zalo_templates is not None:
        findings.append(_templates(settings.zalo_templates))
    return findings


def papers_finding() -> Finding:
    """Fine either way: without LibreOffice a document is printed from Word, and its PDF is a copy for reading."""
    program = office()
    if program is None:
        return Finding("papers", fine=True, sentence="no LibreOffice here: a PDF of a document is a copy for reading")
    return Finding("papers", fine=True, sentence=f"documents become PDF by {program}")


def _attachments(settings: Settings) -> Iterator[Finding]:
    """Whether files can be kept where the settings say, and none was left behind."""
    address = settings.attachments_url
    if not address:
        return
    for what in (ATTACHMENTS, SEALED):
        try:
            wrong = try_place(place_of(address, settings.data_dir, what))
        except Exception as trouble:  # noqa: BLE001 - an address or credentials that its library cannot read
            wrong = f"it cannot be used ({type(trouble).__name__})"
        if wrong:
            yield Finding("attachments", fine=False, sentence=f"{address}/{what}: {wrong}")
            return
    if address.startswith("memory:"):
        yield Finding("attachments", fine=False, sentence="they lie in memory and are gone with the process")
        return
    left = sum(len(names) for names in left_behind(settings.data_dir).values())
    if left:
        sentence = f"{counted(left, 'file')} lie in {settings.data_dir} still, where nobody looks for them now"
        yield Finding("attachments", fine=False, sentence=f"{sentence}; see `doithoai attachments move`")
        return
    yield Finding("attachments", fine=True, sentence=f"{address} keeps, gives back and forgets them")


def _data_folder(settings: Settings) -> Finding:
    folder: Path = settings.data_dir
    place = folder if folder.exists() else folder.absolute().parent
    if not os.access(place, os.W_OK):
        return Finding("data folder", fine=False, sentence=f"{folder} cannot be written to")
    database = settings.database_file
    if database is not None and database.exists() and not os.access(database, os.W_OK):
        sentence = f"{database} cannot be written to by this login; it belongs to {_owner(database)}"
        return Finding("data folder", fine=False, sentence=sentence)
    free = shutil.disk_usage(place).free
    if free < FREE_SPACE:
        return Finding("data folder", fine=False, sentence=f"only {free // 1024 // 1024} MB are free at {folder}")
    readable = open_to_others(settings)
    if readable is not None:
        closes = f"`chmod go= {readable}` closes it"
        sentence = f"others on this machine can get at people's data in {readable}; {closes}"
        return Finding("data folder", fine=False, sentence=sentence)
    return Finding("data folder", fine=True, sentence=f"{folder}, {free // 1024 // 1024} MB free")


def _owner(file: Path) -> str:
    """Whose a file is; the number of a login this machine, or this container, has no name for."""
    try:
        return file.owner()
    except KeyError:
        return f"login {file.stat().st_uid}"


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    kind = "SQLite" if settings.on_sqlite else "PostgreSQL"
    if settings.database_missing:
        yield Finding("database", fine=False, sentence="there is no database yet; `doithoai migrate` creates it")
        return
    engine = open_engine(settings.engine_url)
    try:
        state = await schema_state(engine)
        if state == "newer":
            sentence = f"{kind} was made by a newer version of doithoai; install that version"
            yield Finding("database", fine=False, sentence=sentence)
            return
        if state != "current":
            yield Finding("database", fine=False, sentence=f"{kind} needs `doithoai migrate`")
            return
        yield Finding("database", fine=True, sentence=f"{kind}, up to date")
        mistake = await wrong_key(settings, engine)
        yield Finding("secret key", fine=not mistake, sentence=mistake or "the one the database was written with")
        if mistake:
            return
        base = load_calendar(culture_day=settings.culture_day)
        now = clock_of(settings)
        store = Store(engine, now=now, calendar=lambda: base, vault=KeyVault(*keys_of(settings)))
        async with store.reading() as uow:
            beats = [(job, await uow.ledger.last_beat(job.heartbeat)) for job in JOBS if job.heartbeat]
            counted = await uow.overrides.counts_culture_day()
            written = await uow.ledger.last_written()
            told = await uow.ledger.database_moment()
            waiting = await uow.meetings.awaiting_word()
            refused = await uow.keeping.find(_REFUSED, MOST_REFUSED, LetterId(0))
            unsealed = await uow.audit.waiting(await uow.audit.last_seal())
            stuck = await nobodys(uow)
            stores = [(unit.code, await standing_in(uow, unit)) for unit in await uow.places.roots()]
            silent = [
                unit.code for unit in await uow.places.roots() if not (await uow.places.contacts(unit)).keys() >= NEEDED
            ]
        if waiting:
            titles = "; ".join(one.title for one in waiting)
            sentence = f"past their day, and nobody has said whether they took place: {titles}"
            yield Finding("meetings", fine=False, sentence=sentence)
        if refused:
            yield _refused(refused)
        for finding in _of_questions(silent, stuck):
            yield finding
        yield look_at_stores(stores)
        for job, beat in beats:
            yield _heartbeat(job, beat, now())
        yield look_at_sealing(unsealed, now())
        yield _calendar(uow.calendar, uow.today, as_set=counted == settings.culture_day)
        yield compare_clocks(written, told, now())
    except (DBAPIError, OSError) as trouble:
        sentence = unwritten(trouble) or lost_statement(trouble) or f"{kind} cannot be used: {in_one_line(trouble)}"
        yield Finding("database", fine=False, sentence=sentence)
    finally:
        await engine.dispose()


async def _pooler(settings: Settings) -> list[Finding]:
    if settings.on_sqlite:
        return []
    engine = open_engine(settings.engine_url)
    try:
        found = [await look_for_pooler(engine), await look_at_hearing(engine)]
    except (DBAPIError, OSError):
        return []  # told already: the database does not answer
    finally:
        await engine.dispose()
    return [one for one in found if one is not None]


def _of_questions(silent: Sequence[str], stuck: Sequence[Question]) -> Iterator[Finding]:
    """Units that have not said where people go instead of the chat, and questions that nobody may handle."""
    if silent:
        sentence = f"no reception or hotline said for {', '.join(silent)}; see `doithoai contacts set` or /lienhe"
        yield Finding("contacts", fine=True, sentence=sentence)
    if stuck:
        references = ", ".join(one.reference for one in stuck)
        way = "give somebody else the role of supervisor, or see `doithoai named list`"
        sentence = f"they name everybody who could sort or approve them: {references}; {way}"
        yield Finding("questions", fine=False, sentence=sentence)


def _refused(letters: Sequence[LetterLine]) -> Finding:
    networks = ", ".join(sorted({one.network.value for one in letters if one.network is not None}))
    count = f"{len(letters)} or more" if len(letters) == MOST_REFUSED else str(len(letters))
    sentence = f"refused by the network and put aside: {count} ({networks}), the first is {letters[0].id}"
    ways = "`doithoai outbox list --state quarantined` says why, `doithoai outbox retry` tries again"
    return Finding("letters", fine=False, sentence=f"{sentence}; {ways}")


_SURE = {
    DayStatus.CONFIRMED: "confirmed",
    DayStatus.LIBRARY: "taken from a maintained table, not checked by hand",
    DayStatus.UNCONFIRMED: "announced, but not all confirmed",
    DayStatus.ESTIMATED: "estimated",
    DayStatus.MISSING: "missing",
}


def _calendar(calendar: WorkCalendar, today: date, *, as_set: bool) -> Finding:
    """Fine until a year begins that nobody has confirmed; next year's is asked for from November on."""
    status = calendar.years.get(today.year, DayStatus.MISSING)
    if not as_set:
        return Finding(
            "calendar",
            fine=False,
            sentence="due dates still treat 24 November the other way; `doithoai run` recomputes them",
        )
    fine = status not in (DayStatus.ESTIMATED, DayStatus.MISSING)
    sentence = f"the days of {today.year} are {_SURE[status]}"
    return Finding("calendar", fine=fine, sentence=sentence if fine else f"{sentence}; see `doithoai calendar list`")


def compare_clocks(written: datetime | None, told: datetime | None, now: datetime) -> Finding:
    """The machine's clock beside the database's, where that has one of its own, and beside what was written last."""
    if told is not None and abs(told - now) > CLOCK_LEEWAY:
        which = "ahead of" if now > told else "behind"
        sentence = f"this machine's clock is {spoken(abs(told - now))} {which} the database's; set it right"
        return Finding("clock", fine=False, sentence=sentence)
    if written is not None and beats_ahead(written, now):
        sentence = (
            f"what was written last is dated {spoken(written - now)} ahead "
            f"({written.astimezone(UTC):%Y-%m-%d %H:%M} UTC): the clock was ahead then, or is behind now; "
            "compare it with a telephone's"
        )
        return Finding("clock", fine=False, sentence=sentence)
    beside = "what was written last" if told is None else "the database's and what was written last"
    return Finding("clock", fine=True, sentence=f"agrees with {beside}")


def _heartbeat(job: Job, beat: datetime | None, now: datetime) -> Finding:
    if beat is None:
        return Finding(job.title, fine=False, sentence="it has never run; start `doithoai run`")
    sentence = f"last run {beat.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if beats_ahead(beat, now):
        sentence += f", which is {spoken(beat - now)} ahead of this machine's clock"
    return Finding(job.title, fine=not is_silent(beat, now), sentence=sentence)


def look_at_sealing(waiting: Waiting, now: datetime) -> Finding:
    """Whether the audit trail is being sealed; where not, whether an open transaction holds it back."""
    if waiting.oldest is None or not is_unsealed(waiting, now):
        return Finding("audit", fine=True, sentence="sealed")
    sentence = f"{counted(waiting.entries, 'line')} of it not sealed, the oldest for {spoken(now - waiting.oldest)}"
    if waiting.held_since is not None and now - waiting.held_since > SEALED_BY:
        sentence += f"; a transaction on this server, open for {spoken(now - waiting.held_since)}, holds it back"
    else:
        sentence += "; start `doithoai run`"
    return Finding("audit", fine=False, sentence=sentence)


def look_at_stores(stores: Sequence[tuple[str, SealedStanding]]) -> Finding:
    """Whether somebody reads what is sealed, by the codes of the units; a unit without a store only guides people."""
    gone = [code for code, one in stores if one.set_up and one.officer is None]
    if gone:
        sentence = f"the officer's role has ended in {', '.join(gone)}: what comes opens with the paper alone"
        return Finding("sealed", fine=False, sentence=f"{sentence}; `doithoai sealed officer` names another")
    waits = [code for code, one in stores if one.set_up and not one.ready]
    if waits:
        sentence = f"no passphrase was chosen in {', '.join(waits)}: what comes opens with the paper alone"
        return Finding("sealed", fine=False, sentence=f"{sentence}; the officer chooses one at the desk")
    missing = [code for code, one in stores if not one.set_up]
    if missing:
        sentence = f"no store in {', '.join(missing)}: denunciations are told the way, and none is kept"
        return Finding("sealed", fine=True, sentence=f"{sentence}; the desk makes one, or `doithoai sealed setup`")
    some = "each unit has an officer who reads what comes" if stores else "no plan is loaded yet"
    return Finding("sealed", fine=True, sentence=some)


def _templates(path: Path) -> Finding:
    try:
        templates = read_templates(path)
    except SettingsError as mistake:
        return Finding("template messages", fine=False, sentence=str(mistake))
    kinds = ", ".join(kind.value for kind in templates.by_kind)
    return Finding("template messages", fine=True, sentence=f"for {kinds}")


async def _zalo(settings: Settings) -> AsyncIterator[Finding]:
    from bot.zalo.account.checkup import look_at_account, look_at_bot

    if settings.on_zalo and settings.database_missing:
        return  # told already: there is no database
    async for finding in look_at_account(settings):
        yield finding
    async for finding in look_at_bot(settings):
        yield finding


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    if settings.telegram_token is None:
        yield Finding("Telegram", fine=True, sentence="not set up; the web chat is served")
        return
    secret = settings.telegram_webhook_secret
    if secret is not None and len(secret.get_secret_value()) < SHORTEST_SECRET:
        sentence = f"whoever guesses it speaks to the bot as anybody; take {SHORTEST_SECRET} characters or more"
        yield Finding("webhook secret", fine=False, sentence=sentence)
    api = f"{settings.telegram_api}/bot{settings.telegram_token.get_secret_value()}"
    try:
        async with httpx.AsyncClient(timeout=10) as client:
            answer = await client.get(f"{api}/getMe")
            me = answer.json()
            webhook = (await client.get(f"{api}/getWebhookInfo")).json() if answer.status_code == httpx.codes.OK else {}
        if not isinstance(me, dict) or not isinstance(webhook, dict) or "ok" not in me:
            yield Finding("Telegram", fine=False, sentence="something that is not the Bot API answers for it")
            return
    except (httpx.HTTPError, ValueError):
        yield Finding("Telegram", fine=False, sentence="the Bot API server does not answer")
        return
    yield _token(answer.status_code, works=bool(me.get("ok")))
    said = answer.headers.get("date")
    if said:
        off = abs(system_now() - parsedate_to_datetime(said))
        yield Finding("clock", fine=off < CLOCK_LEEWAY, sentence=f"{spoken(off)} away from Telegram's")
    if isinstance(webhook.get("result"), dict):
        yield await _hearing(settings, read_info(webhook["result"]))


def _token(status: int, *, works: bool) -> Finding:
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        sentence = f"the Bot API server is in trouble itself ({status}); look again later"
        return Finding("Telegram", fine=False, sentence=sentence)
    fine = status == httpx.codes.OK and works
    return Finding("Telegram", fine=fine, sentence="the token works" if fine else sentence_of(Deaf.TOKEN_REFUSED))


async def _hearing(settings: Settings, info: WebhookInfo) -> Finding:
    """Whether what people write reaches us, and when something last did."""
    heard_at = await _last_heard(settings)
    deaf = deaf_by(info, settings.telegram_webhook_url, heard_at, system_now())
    if deaf is not None:
        return Finding("Telegram hears", fine=False, sentence=sentence_of(deaf, info))
    last = "nothing yet" if heard_at is None else f"{heard_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return Finding("Telegram hears", fine=True, sentence=f"{info.pending} updates wait; last received: {last}")


async def _last_heard(settings: Settings) -> datetime | None:
    if settings.database_missing or key_missing(settings) or settings.telegram_token is None:
        return None
    engine = open_engine(settings.engine_url)
    store = Store(engine, now=system_now, calendar=load_calendar, vault=KeyVault(*keys_of(settings)))
    try:
        async with store.reading() as uow:
            return await uow.inbox.last_heard(
                Network.TELEGRAM, settings.telegram_token.get_secret_value().partition(":")[0]
            )
    except (DBAPIError, OSError):
        return None  # told already: the database does not answer
    finally:
        await engine.dispose()
