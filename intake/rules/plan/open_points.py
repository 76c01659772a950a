"""The open points of a plan as they are asked, one at a time, and what may stand as an answer (A7)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from intake.rules.deadlines.clock_settings import NOTICE_BY_LAW
from intake.rules.errors import RuleBroken
from intake.rules.people.unit import Level
from intake.rules.text import fitting

from .decided_clocks import (
    BY_LAW,
    ISSUED_ON,
    NOTICE_BELOW_LAW,
    NOTICE_DAYS,
    OWN_NUMBER,
    PREPARATION_ANCHOR,
    REPLY_DAYS,
)
from .profile import PlanProfile
from .profile_paper import Needs, OpenQuestion, Option
from .profile_terms import AnswerForm
from .session_choice import choice_key

APPROVER = "answer-approver"
BY_CHAIR, BY_DELEGATE, BY_DESK_HEAD = "chair", "delegate", "desk-head"
"""Who approves an answer: the options of the open question `APPROVER`."""
DELEGATE = "answer-delegate"
DESK_HEAD = "desk-head-"
"""How the key of the question begins that asks for the head of a desk; the desk's code follows."""
QUOTAS = "quotas"
PUBLIC_SCOPE, ONLY_FIGURES = "public-scope", "figures"
"""What everybody may read, and the option with which no answer is public (R020)."""
MEETING_SECRETARY = "meeting-secretary"
"""Who writes the minutes of the meetings (R034, R035)."""
CONCLUSION_DOCUMENT = "conclusion-document"
"""Whether a conclusion is issued after the meeting (R180), `no` where only the results are made known."""
ANSWERING_DESK = "answering-desk"
"""Who answers, where the plan names no body that does (R039)."""
REGISTRATION = "registration"
"""How people register, where the plan does not say (R110)."""
MOST_DAYS = 365
MOST_SEATS = 999
_FORMS = {
    **dict.fromkeys((NOTICE_DAYS, REPLY_DAYS, QUOTAS), AnswerForm.NUMBER),
    **dict.fromkeys((ISSUED_ON, "hamlet-lists-due", "same-due-date", "opinions-due"), AnswerForm.DATE),
    **dict.fromkeys(("hamlets", "communes"), AnswerForm.NAMES),
}
"""Points that are computed with: however a profile puts them, a sentence is no answer to them."""
LONGEST_ANSWER = 500


def form_of(question: OpenQuestion) -> AnswerForm:
    """How a question without options is answered."""
    return _FORMS.get(question.key, question.form)


def with_places_asked(profile: PlanProfile) -> PlanProfile:
    """The profile, asking for the places below its unit where it neither lists nor asks for any.

    Who lives where is what registering, notices and lists rest on; a plan that says nothing of it leaves that open.
    """
    home = [line for line in profile.units if line.code == profile.unit]
    if not home:
        return profile
    wide = home[0].level in (Level.PROVINCE, Level.DISTRICT)
    key = "communes" if wide else "hamlets"
    below = any(line.parent == profile.unit for line in profile.units)
    if below or any(question.key == key for question in profile.open):
        return profile
    asks, who = ("xã, thị trấn", "thư ký của từng xã") if wide else ("thôn, tổ dân phố", "trưởng thôn")
    question = f"Có những {asks} nào?"
    why = f"Kế hoạch không kể tên; chưa có tên thì chưa mời được {who} và chưa gửi thông báo đến từng nơi."
    return replace(profile, open=(*profile.open, OpenQuestion(key, question, why, form=AnswerForm.NAMES)))


def with_law_asked(profile: PlanProfile) -> PlanProfile:
    """The profile, asking which number holds where it gives fewer days of notice than the law (R210, LAW C9)."""
    notice = profile.clocks.notice
    days = None if notice is None else notice.days
    if notice is None or days is None or not profile.under_law or days >= NOTICE_BY_LAW.number:
        return profile
    least = NOTICE_BY_LAW.number
    asked = OpenQuestion(
        NOTICE_BELOW_LAW,
        f"Kế hoạch ghi thông báo trước {days} ngày, luật quy định ít nhất {least} ngày. Theo số nào?",
        f"Chưa có người quyết định thì theo luật: {least} ngày. Chọn số của kế hoạch thì phải ghi lý do.",
        options=(Option(BY_LAW, f"{least} ngày, theo luật"), Option(OWN_NUMBER, f"{days} ngày, theo kế hoạch")),
        phrase=notice.phrase,
    )
    return replace(profile, open=(asked, *profile.open))


def open_points(profile: PlanProfile, choices: Mapping[str, str]) -> tuple[OpenQuestion, ...]:
    """Every open question that is to be asked, in the plan's order, with those that follow from an answer.

    `profile` is the one as decided, so that desks an answer has added have heads too.
    """
    asked: list[OpenQuestion] = []
    for question in profile.open:
        if question.needs is None or choices.get(question.needs.key) == question.needs.answer:
            asked.append(replace(question, form=form_of(question)))
        if question.key == APPROVER:
            asked += _approvers(profile, choices.get(APPROVER, ""))
    return tuple(asked)


def _approvers(profile: PlanProfile, approver: str) -> list[OpenQuestion]:
    """Who it is, once it was said that somebody else than the chair approves; in the language of the plans."""
    needs = Needs(APPROVER, approver)
    if approver == BY_DELEGATE:
        return [
            OpenQuestion(
                DELEGATE,
                "Ai được chủ trì ủy quyền duyệt câu trả lời?",
                "Khi chưa chọn ai thì chủ trì duyệt.",
                form=AnswerForm.PERSON,
                needs=needs,
            )
        ]
    if approver != BY_DESK_HEAD:
        return []
    return [
        OpenQuestion(
            f"{DESK_HEAD}{office.key}",
            f"Ai đứng đầu bộ phận “{office.name}”?",
            "Người này duyệt câu trả lời của bộ phận; khi chưa chọn ai thì chủ trì duyệt.",
            form=AnswerForm.PERSON,
            needs=needs,
            desk=office.key,
        )
        for office in profile.desks
    ]


def undecided(profile: PlanProfile, choices: Mapping[str, str]) -> tuple[OpenQuestion, ...]:
    """The open points nobody has answered yet."""
    return tuple(question for question in open_points(profile, choices) if question.key not in choices)


def needs_reason(profile: PlanProfile, key: str, answer: str = "") -> bool:
    """Whether the answer needs a reason: how a plan that contradicts itself, or the law, is read (R064, R210)."""
    if key == NOTICE_BELOW_LAW:
        return True
    if key == NOTICE_DAYS and profile.under_law and answer.isdecimal() and int(answer) < NOTICE_BY_LAW.number:
        return True
    return any(session.readings and choice_key(profile, session) == key for session in profile.sessions)


def check_answer(profile: PlanProfile, question: OpenQuestion, value: str, today: date) -> str:
    """Give an answer as it is kept, or raise `RuleBroken`; names and persons are checked by whoever knows them.

    A number is whole, at least 1 (seats: 0); a day is ISO, and lies where the plan can still keep it.
    """
    value = value.strip()
    if question.options:
        if value not in [option.key for option in question.options]:
            raise RuleBroken("refusal.not_an_option")
        if question.key == PREPARATION_ANCHOR and value == "after-plan" and profile.plan.issued_on is None:
            raise RuleBroken("refusal.plan_date_first")
        return value
    match form_of(question):
        case AnswerForm.NUMBER:
            return _number(question, value)
        case AnswerForm.DATE:
            return _day(profile, question, date.fromisoformat(value), today)
        case _:
            if not any(sign.isalnum() for sign in value):
                raise RuleBroken("refusal.answer_text", {"most": LONGEST_ANSWER})
            return fitting(value, LONGEST_ANSWER)


def _number(question: OpenQuestion, value: str) -> str:
    least, most = (0, MOST_SEATS) if question.key == QUOTAS else (1, MOST_DAYS)
    if not (value.isascii() and value.isdecimal() and least <= int(value[:9]) <= most):
        raise RuleBroken("refusal.answer_number", {"least": least, "most": most})
    return str(int(value))


def _day(profile: PlanProfile, question: OpenQuestion, on: date, today: date) -> str:
    if question.key == ISSUED_ON:
        if on > today or on.year not in (profile.plan.year - 1, profile.plan.year):
            raise RuleBroken("refusal.issued_on", {"year": profile.plan.year, "day": today})
        return on.isoformat()
    windows = [session.window for session in profile.sessions]
    windows += [reading.window for session in profile.sessions for reading in session.readings]
    last = max(window.latest for window in windows)
    if on > last or on <= today < last:  # of a plan that is history any day of it will do
        key = "refusal.answer_day" if today < last else "refusal.answer_day_past"
        raise RuleBroken(key, {"first": today, "last": last})
    return on.isoformat()
