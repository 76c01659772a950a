"""The words of a public notice, put together from the meeting and the plan; the secretary may then change them.

A notice is one text for everybody, read out over loudspeakers too, so it is put into Vietnamese when it is composed.
"""

from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Param
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_terms import NoticeField
from wording.plans import named_with_number
from wording.texts import words

_LANGUAGE = "vi"


def compose(meeting: Meeting, profile: PlanProfile, scope: str) -> str:
    """Title, time, place, for whom, theme and content, purpose, programme, how to register and ask (R094, R098)."""
    topics = tuple(topic.name for topic in profile.topics if topic.parent is None)
    titles = tuple(f"{place}. {line.title}" for place, line in enumerate(profile.programme, 1))
    parts = [
        _line("notice.head", title=meeting.title.upper()),
        _line("notice.plan", plan=named_with_number(profile)),
        _line("notice.time", at=meeting.starts_at or ""),
        _line("notice.place", venue=meeting.venue),
        _line("notice.scope", scope=scope),
        _line("notice.theme", theme=meeting.theme) if meeting.theme else "",
        _line("notice.content", content="; ".join(topics)),
        _line("notice.purpose") if NoticeField.PURPOSE in profile.clocks.notice.fields else "",
        _line("notice.programme", programme=titles) if titles else "",
        _line("notice.how"),
    ]
    return "\n".join(part for part in parts if part)


def _line(key: str, **params: Param) -> str:
    return words(_LANGUAGE, key, params)
