"""The notice of a meeting as it is composed from the plan, and what it costs to send, in words."""

from intake.actions.outbox.paid_messages import Cost
from intake.rules.meetings.admission import by_quota
from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Param, Term
from intake.rules.outbox.channel_policy import Way
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_terms import NoticeField

from .meetings import when
from .plans import as_planned, named_with_number
from .texts import words

_LANGUAGE = "vi"


def compose(meeting: Meeting, profile: PlanProfile, scope: str) -> str:
    """Title, time, place, for whom, theme and content, purpose, programme, how to register and ask (R094, R098).

    A meeting that voters demanded is held because of that, about what they asked for: the plan foresees neither.
    """
    topics = tuple(topic.name for topic in profile.topics if topic.parent is None)
    titles = tuple(f"{place}. {line.title}" for place, line in enumerate(profile.programme, 1))
    parts = [
        _line("notice.head", title=meeting.title.upper()),
        _line("notice.plan", plan=Term("notice.demanded") if meeting.is_demanded else named_with_number(profile)),
        _line("notice.time", at=meeting.starts_at or when(meeting)),
        _line("notice.place", venue=meeting.venue),
        _line("notice.scope", scope=scope),
        *(_line(line.key, **line.params) for line in as_planned(meeting, profile)),
        _line("notice.by_quota") if by_quota(profile, meeting) else "",
        _line("notice.theme", theme=meeting.theme) if meeting.theme else "",
        _line("notice.demanded_content")
        if meeting.is_demanded
        else _line("notice.content", content="; ".join(topics) or Term("notice.any_content")),
        _line("notice.purpose") if NoticeField.PURPOSE in profile.notice_fields else "",
        _line("notice.programme", programme=titles) if titles else "",
        _line("notice.how"),
    ]
    return "\n".join(part for part in parts if part)


def _line(key: str, **params: Param) -> str:
    return words(_LANGUAGE, key, params)


def cost_words(cost: Cost) -> tuple[Param, ...]:
    """One line for each way somebody is reached, one for those no chat reaches, one for the budget."""
    lines: list[Param] = [
        Term(f"cost.{way.value}", {"count": cost.ways[way]}) for way in Way if way is Way.FREE or cost.ways[way]
    ]
    if cost.in_person:
        lines.append(Term("cost.in_person", {"count": cost.in_person}))
    if cost.budget:
        after = cost.spent + cost.paid
        key = "cost.over_budget" if after > cost.budget else "cost.budget"
        lines.append(Term(key, {"spent": cost.spent, "after": after, "budget": cost.budget}))
    return tuple(lines)
