"""What people decided about a plan's open points, as far as it sets a clock (A7)."""

from collections.abc import Mapping
from dataclasses import replace

from intake.rules.deadlines.clock import Days, DayUnit, RuleSource
from intake.rules.deadlines.clock_settings import NOTICE_BY_LAW, ClockSettings

from .profile import PlanProfile

NOTICE_DAYS = "notice-days"
NOTICE_BELOW_LAW = "notice-below-law"
BY_LAW, OWN_NUMBER = "law", "plan"
"""A plan gives fewer days of notice than the law (LAW C9): the question it raises, and its options."""
REPLY_DAYS = "reply-days"
REPLY_COUNT = "reply-count"
FIRST_WEEK = "first-week"
PREPARATION_ANCHOR = "preparation-anchor"
ISSUED_ON = "issued-on"
_WEEK = Days(7, source=RuleSource.DECIDED)


def with_decisions(settings: ClockSettings, profile: PlanProfile, answers: Mapping[str, str]) -> ClockSettings:
    """Give the settings as decided, each length marked so. `profile` is the one with the answers in it.

    Only what the plan leaves open counts: a plan loaded again that says it itself has the last word.
    """
    left_open = {question.key for question in profile.open}
    decided = {key: value for key, value in answers.items() if key in left_open}
    if NOTICE_BELOW_LAW in left_open:  # until a person has said otherwise, the stricter of the two holds
        own = decided.get(NOTICE_BELOW_LAW) == OWN_NUMBER
        settings = replace(settings, notice=_days(str(settings.notice.number), NOTICE_BY_LAW) if own else NOTICE_BY_LAW)
    if NOTICE_DAYS in decided:
        settings = replace(settings, notice=_days(decided[NOTICE_DAYS], settings.notice))
    if REPLY_DAYS in decided:
        settings = replace(settings, reply=_days(decided[REPLY_DAYS], settings.reply))
    if decided.get(REPLY_COUNT) in set(DayUnit):
        settings = replace(settings, reply=replace(settings.reply, unit=DayUnit(decided[REPLY_COUNT])))
    if decided.get(FIRST_WEEK) == "calendar-week":
        settings = replace(settings, quarterly_report=_WEEK)
    if decided.get(PREPARATION_ANCHOR) == "after-plan":
        settings = replace(settings, preparation_from=profile.plan.issued_on)
    return settings


def _days(typed: str, until_now: Days) -> Days:
    return Days(int(typed), until_now.unit, RuleSource.DECIDED)
