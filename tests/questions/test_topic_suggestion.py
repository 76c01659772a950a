"""The topic a question may belong to, from the words of the plan's topics."""

import tomllib
from pathlib import Path

import pytest

from intake.actions.questions.suggest_topic import suggested_for_each
from intake.rules.plan.profile import ProfileError
from intake.rules.plan.profile_bodies import TopicLine
from intake.rules.plan.profile_parse import parse_profile
from intake.rules.questions.topics import suggest_topic
from intake.rules.sealed.named import Named, NamedKind
from tests.support.office import open_office
from tests.support.world import World
from wording.flaws import flaw_lines

PLANS = Path(__file__).parents[2] / "plans"


def topics_of(code: str) -> tuple[TopicLine, ...]:
    return parse_profile(tomllib.loads((PLANS / f"{code}.toml").read_text("utf-8")), name=code).topics


def suggested(text: str, plan: str) -> str | None:
    topic = suggest_topic(text, topics_of(plan))
    return None if topic is None else topic.code


@pytest.mark.parametrize(
    ("plan", "text", "topic"),
    [
        ("di-lang-2024", "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?", "xay-dung-co-ban"),
        ("di-lang-2024", "duong vao xom 3 nhieu o ga", "xay-dung-co-ban"),
        ("di-lang-2024", "Cán bộ tiếp nhận hồ sơ hách dịch, gây khó dễ", "pham-chat-can-bo"),
        ("an-duong-2024", "Mức hỗ trợ theo chủ trương mới còn bất cập", "chu-truong-chinh-sach"),
        ("thach-that-2023", "Giải pháp 3 tháng cuối năm về thu ngân sách?", "phuong-huong"),
        ("tuyet-diem-2025", "Bao giờ cấp GCN QSDĐ cho xóm tôi?", "giay-chung-nhan"),
        ("vinh-bao-2026", "Hàng xóm hát karaoke đến khuya", "quoc-phong-an-ninh"),
        ("vinh-bao-2026", "HOÀ giải tranh chấp đất không xong, sổ đỏ chưa có", "quan-ly-nha-nuoc"),
    ],
)
def test_the_topic_is_read_from_the_words_people_use(plan: str, text: str, topic: str) -> None:
    assert suggested(text, plan) == topic


@pytest.mark.parametrize("text", ["Trưởng thôn đi vắng", "ubnd xa co cau hoi", "🙏", "", "Xin cảm ơn cán bộ"])
def test_nothing_is_suggested_on_a_mere_likeness(text: str) -> None:
    """`trưởng` is not `trường`; `cau` without diacritics is a bridge or half a question."""
    assert suggested(text, "di-lang-2024") is None


def topic(code: str, desk: str | None, *keywords: str, name: str = "Việc") -> TopicLine:
    return TopicLine(code, name, "…", desk=desk, keywords=keywords)


def test_where_two_desks_are_named_alike_nobody_guesses() -> None:
    text = "Đèn đường ở bãi rác"

    assert suggest_topic(text, (topic("a", "x", "đèn đường"), topic("b", "y", "bãi rác"))) is None
    same_desk = suggest_topic(text, (topic("a", "x", "đèn đường"), topic("b", "x", "bãi rác")))
    assert same_desk is not None
    assert same_desk.code == "a"


def test_a_branch_is_no_suggestion_and_the_name_decides_between_equals() -> None:
    branch = topic("a", None, "đèn đường")
    named = topic("b", "y", "đèn đường", name="Đèn đường, vỉa hè")

    assert suggest_topic("đèn đường tắt", (branch,)) is None
    assert suggest_topic("đèn đường tắt", (topic("c", "x", "đèn đường"), named)) is named


@pytest.mark.parametrize(
    ("keywords", "complaint"),
    [
        (["…"], 'topics[1].keywords[1]: "…" has neither letter nor digit'),
        (["rác", "Rác"], 'topics[1].keywords[2]: "Rác" is named twice'),
        ("rác", "topics[1].keywords must be a list, not a text"),
        ([7], "topics[1].keywords[1] must be a text, not a whole number"),
    ],
)
def test_keywords_are_read_strictly(keywords: object, complaint: str) -> None:
    document = tomllib.loads((PLANS / "di-lang-2024.toml").read_text("utf-8"))
    document["topics"][0]["keywords"] = keywords

    with pytest.raises(ProfileError) as refused:
        parse_profile(document, name="di-lang-2024")

    assert complaint in flaw_lines(refused.value, "en")


async def test_no_desk_is_suggested_that_the_question_names(plain_world: World) -> None:
    office = await open_office(plain_world)
    reference = await office.asked()
    async with plain_world.store.unit() as uow:
        question = await uow.questions.by_reference(reference)
        assert question is not None
        first = (await suggested_for_each(uow, [question])).get(question.id)
        assert first is not None
        question.named = (Named(NamedKind.DESK, first.desk.id),)
        assert await suggested_for_each(uow, [question]) == {}
