"""What a hamlet's own meeting before a dialogue said: when, how many came, which opinions; names nobody (R077)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId
from intake.rules.plan.profile_bodies import TopicLine
from intake.rules.questions.topics import suggest_topic
from intake.rules.sealed.risk import accuses, risk_of

MOST_OPINIONS = 40
LONGEST_OPINION = 300
LONGEST_TOPIC = 40
MOST_CAME = 5_000
LOOKS_BACK = timedelta(days=366)
"""A meeting longer ago than this says nothing about the dialogue to come."""


@dataclass(eq=False)
class HamletRecord:
    """The record of a hamlet's meeting before a dialogue; `opinions` are pairs of a topic (may be empty) and words."""

    meeting_id: MeetingId
    unit_id: UnitId
    held_on: date
    came: int
    opinions: list[list[str]]
    entered_by: PersonId
    at: datetime


def held_day(day: date, today: date) -> date:
    """The day of a hamlet's meeting. Raises `RuleBroken` for one that is still to come, or long ago."""
    if not today - LOOKS_BACK <= day <= today:
        raise RuleBroken("refusal.record_day", {"today": today})
    return day


def read_came(typed: str) -> int:
    """How many came, as somebody types it. Raises `RuleBroken` for what is no such number."""
    plain = typed.strip()
    if not (plain.isascii() and plain.isdecimal()) or not 0 < int(plain[:9]) <= MOST_CAME:
        raise RuleBroken("refusal.record_came", {"most": MOST_CAME})
    return int(plain)


def read_opinions(typed: str, topics: Iterable[TopicLine]) -> list[list[str]]:
    """The opinions somebody typed, one a line, a topic before a colon; without one, what the words suggest.

    Raises `RuleBroken` for too many, one that is too long, and one that accuses somebody or is about a sensitive topic:
    those are sent sealed, and never stand in a list (LAW C4).
    """
    cleaned = (" ".join(one.split()).lstrip("-–•* ") for one in typed.splitlines())
    lines = [line for line in cleaned if any(letter.isalnum() for letter in line)]  # a dot says nothing
    if not 1 <= len(lines) <= MOST_OPINIONS or any(len(one) > LONGEST_OPINION for one in lines):
        raise RuleBroken("refusal.record_opinions", {"most": MOST_OPINIONS, "letters": LONGEST_OPINION})
    known = tuple(topics)
    found = []
    for number, line in enumerate(lines, 1):
        suggested = suggest_topic(line, known)
        if accuses(line, risk_of(line)) or (suggested is not None and suggested.sensitive):
            raise RuleBroken("refusal.record_sensitive", {"number": number})
        topic, colon, words = line.partition(":")
        if colon and words.strip() and len(topic) <= LONGEST_TOPIC:
            found.append([topic.strip(), words.strip()])
        else:
            found.append(["" if suggested is None else suggested.name, line])
    return found
