"""What a draft leaves to people: open points in the order of A7 with default and reason, and what to beware of."""

from collections.abc import Callable, Iterator

from intake.rules.deadlines.clock_settings import DEFAULTS, NOTICE_BY_LAW
from intake.rules.message import Term
from intake.rules.people.unit import Level
from intake.rules.plan.drafting.draft_keys import free_key
from intake.rules.plan.drafting.draft_meetings import is_of_units
from intake.rules.plan.open_points import ANSWERING_DESK, QUOTAS, REGISTRATION
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_paper import OpenQuestion, Option, PlanWarning, SessionHamlets
from intake.rules.plan.profile_terms import AnswerForm, Coverage
from intake.rules.plan.reading.checks import PaperGap
from intake.rules.plan.reading.reading import PlanReading

Say = Callable[[Term], str]
"""Words a remark; a profile is written in Vietnamese."""
UNNAMED = "xã"
"""What a unit is called that no paper and nobody has named."""
_TEXTS = {
    "document-number": "Số của văn bản là bao nhiêu?",
    "meeting-secretary": "Ai làm thư ký và ghi biên bản?",
}
_SHOWN_OTHERWISE = {"window", "notice-days"}
"""Contradictions that are asked about as open points."""


def questions_of(reading: PlanReading, profile: PlanProfile, say: Say) -> tuple[OpenQuestion, ...]:
    """The open points, each once. What is asked anyway when a day is fixed (day, hour, place) is none."""
    gaps = {gap.key: gap for gap in reading.open}
    return tuple(
        question
        for found in (
            _of_paper(reading, gaps, profile, say),
            _of_hosts(gaps, profile, say),
            _of_sessions(profile),
            _of_places(profile),
            _of_seats(profile),
            _of_clocks(gaps, profile, say),
            _of_office(gaps, profile, say),
        )
        for question in found
    )


def _of_paper(
    reading: PlanReading, gaps: dict[str, PaperGap], profile: PlanProfile, say: Say
) -> Iterator[OpenQuestion]:
    kind = reading.head.kind_of_unit
    if "commune-name" in gaps and profile.home.name == (kind.value if kind else UNNAMED):
        gap = gaps["commune-name"]
        yield OpenQuestion(gap.key, "Văn bản này của đơn vị nào?", say(gap.why), phrase=gap.phrase)
    if "document-number" in gaps:
        yield OpenQuestion("document-number", _TEXTS["document-number"], say(gaps["document-number"].why))
    if "issued-on" in gaps:
        question = "Văn bản ban hành ngày nào?"
        yield OpenQuestion("issued-on", question, say(gaps["issued-on"].why), form=AnswerForm.DATE)
    for basis in profile.bases:
        if basis.correction is not None:
            right = f"{basis.correction.number} ngày {basis.correction.issued_on:%d/%m/%Y}"
            yield OpenQuestion(
                "wrong-citation",
                f"Có sửa căn cứ thành {basis.kind} số {right} không?",
                f"Văn bản dẫn “{basis.number}”; số và ngày đúng là {right}.",
                options=(Option("correct", "Sửa trong văn bản mới"), Option("keep", "Giữ như văn bản")),
                phrase=basis.phrase,
            )
            return


def _of_hosts(gaps: dict[str, PaperGap], profile: PlanProfile, say: Say) -> Iterator[OpenQuestion]:
    if "hosts" not in gaps:
        return
    gap = gaps["hosts"]
    if not profile.hosts:
        yield OpenQuestion("hosts", "Ai chủ trì buổi đối thoại?", say(gap.why), phrase=gap.phrase)
        return
    titles = " và ".join(host.title for host in profile.hosts)
    options = (Option("two", "Đồng chủ trì, mỗi chức danh một người"), Option("one", "Một người giữ các chức danh ấy"))
    yield OpenQuestion(
        "hosts", f"{titles} là một người hay đồng chủ trì?", say(gap.why), options, default="two", phrase=gap.phrase
    )


def _of_sessions(profile: PlanProfile) -> Iterator[OpenQuestion]:
    for session in profile.sessions:
        if session.readings:
            options = tuple(Option(reading.key, reading.text) for reading in session.readings)
            yield OpenQuestion(
                f"reading-{session.key}",
                f"“{session.title}”: đọc thời gian theo cách nào?",
                "Thời gian đối thoại và thời hạn kết thúc trong văn bản khác nhau.",
                options,
                phrase=session.phrase,
            )
    undecided = [session for session in profile.sessions if session.coverage is Coverage.UNDECIDED]
    hamlets = profile.hamlets
    if len(undecided) == len(hamlets) == 2:  # noqa: PLR2004 -- more would be a page of ways
        first, second = undecided
        one, other = hamlets
        both = (one.code, other.code)
        yield OpenQuestion(
            "session-hamlets",
            f"{first.title} với {one.name} hay {other.name}?",
            "Văn bản nêu hai buổi và hai nơi, không nêu nơi nào vào buổi nào.",
            (
                _who_when("first", f"{first.title}: {one.name}; buổi sau: {other.name}", first.key, second.key, both),
                _who_when("second", f"{first.title}: {other.name}; buổi sau: {one.name}", second.key, first.key, both),
                Option(
                    "both",
                    "Cả hai buổi đều cho cả hai nơi",
                    (SessionHamlets(first.key, both), SessionHamlets(second.key, both)),
                ),
            ),
            phrase=first.phrase,
        )


def _who_when(key: str, text: str, first: str, second: str, both: tuple[str, str]) -> Option:
    return Option(key, text, (SessionHamlets(first, both[:1]), SessionHamlets(second, both[1:])))


def _of_places(profile: PlanProfile) -> Iterator[OpenQuestion]:
    if len(profile.units) > 1:
        return
    wide = profile.home.level in (Level.PROVINCE, Level.DISTRICT)
    key, places = ("communes", "xã, thị trấn") if wide else ("hamlets", "thôn, tổ dân phố")
    why = f"Văn bản không kể tên {places}; có tên thì mới gửi thông báo đến từng nơi."
    yield OpenQuestion(key, f"Có những {places} nào?", why, form=AnswerForm.NAMES)


def _of_seats(profile: PlanProfile) -> Iterator[OpenQuestion]:
    if profile.registration is not None and profile.quotas and not profile.seats:
        question = "Mỗi thôn, tổ dân phố được phân bổ bao nhiêu đại biểu?"
        why = "Văn bản nêu số lượng được phân bổ, không nêu con số; cần có trước khi mở đăng ký."
        yield OpenQuestion(QUOTAS, question, why, phrase=profile.registration.phrase, form=AnswerForm.NUMBER)


def _of_clocks(gaps: dict[str, PaperGap], profile: PlanProfile, say: Say) -> Iterator[OpenQuestion]:
    if "notice-days" in gaps:
        usual = NOTICE_BY_LAW if profile.under_law else DEFAULTS.notice
        by = "luật quy định ít nhất" if profile.under_law else "mặc định là"
        gap = gaps["notice-days"]
        yield OpenQuestion(
            "notice-days",
            "Thông báo rộng rãi trước ngày đối thoại bao nhiêu ngày?",
            f"{say(gap.why)} Hiện tính {usual.number} ngày ({by} {usual.number} ngày).",
            default=str(usual.number),
            phrase=gap.phrase,
            form=AnswerForm.NUMBER,
        )
    if "reply-days" in gaps:
        gap, usual = gaps["reply-days"], DEFAULTS.reply
        yield OpenQuestion(
            "reply-days",
            "Trả lời người dân trong bao nhiêu ngày kể từ khi kết thúc buổi đối thoại?",
            f"{say(gap.why)} Mặc định là {usual.number} ngày và luôn ghi rõ là mặc định.",
            default=str(usual.number),
            phrase=gap.phrase,
            form=AnswerForm.NUMBER,
        )


def _of_office(gaps: dict[str, PaperGap], profile: PlanProfile, say: Say) -> Iterator[OpenQuestion]:
    if "registration" in gaps and profile.registration is None:
        yield OpenQuestion(
            REGISTRATION,
            "Người dân đăng ký dự và phát biểu thế nào?",
            say(gaps["registration"].why),
            (
                Option("before_meeting", "Đăng ký trước buổi đối thoại"),
                Option("in_room", "Đăng ký tại buổi đối thoại"),
                Option("open", "Không cần đăng ký"),
            ),
            default="before_meeting",
        )
    if not profile.desks:
        why = "Văn bản không nêu bộ phận trả lời; chưa có bộ phận thì chưa giao được câu hỏi."
        yield OpenQuestion(ANSWERING_DESK, "Bộ phận nào trả lời câu hỏi của người dân?", why)
    if "meeting-secretary" in gaps:
        yield OpenQuestion("meeting-secretary", _TEXTS["meeting-secretary"], say(gaps["meeting-secretary"].why))
    yield OpenQuestion(
        "answer-approver",
        "Ai duyệt câu trả lời trước khi gửi cho người dân?",
        "Văn bản không nêu người duyệt.",
        (
            Option("chair", "Chủ trì"),
            Option("delegate", "Người được chủ trì ủy quyền"),
            Option("desk-head", "Người đứng đầu bộ phận trả lời"),
        ),
        default="chair",
    )
    yield OpenQuestion(
        "public-scope",
        "Nội dung nào được đăng công khai?",
        "Văn bản không nêu đăng những gì.",
        (
            Option("questions-and-answers", "Câu hỏi và câu trả lời, không nêu tên người hỏi"),
            Option("figures", "Chỉ số liệu tổng hợp"),
        ),
        default="questions-and-answers",
    )


def remarks_of(reading: PlanReading, profile: PlanProfile) -> list[tuple[str, Term, str]]:
    """Slips and contradictions, and what the paper says that a profile has no place for: a key, what, its words."""
    found = [("luu-y", one.value, one.phrase) for one in reading.warnings]
    found += [("mau-thuan", one.why, one.phrase) for one in reading.contradictions if one.about not in _SHOWN_OTHERWISE]
    taken = {session.places for session in profile.sessions}
    quotas = [one for one in reading.quotas if not is_of_units(one) and not (one.in_all and one.number in taken)]
    found += [
        ("dai-bieu", Term("reading.states_seats", {"number": one.number, "who": one.who}), one.phrase) for one in quotas
    ]
    if reading.results is not None:
        what = Term("reading.states_results", {"days": reading.results.days})
        found.append(("cong-khai-ket-qua", what, reading.results.phrase))
    if reading.preparation is not None and profile.clocks.preparation is None:
        what = Term("reading.states_preparation", {"days": reading.preparation.days})
        found.append(("chuan-bi", what, reading.preparation.phrase))
    return found


def warnings_of(reading: PlanReading, profile: PlanProfile, say: Say) -> tuple[PlanWarning, ...]:
    """The remarks as a profile keeps them, in the words of `say`."""
    warnings: list[PlanWarning] = []
    for key, what, phrase in remarks_of(reading, profile):
        warnings.append(PlanWarning(free_key(key, [one.key for one in warnings]), say(what), phrase or None))
    return tuple(warnings)
