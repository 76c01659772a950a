"""What several documents say of a meeting in the same words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from intake.rules.meetings.admission import by_quota
from intake.rules.meetings.meeting import MeetingState
from intake.rules.meetings.results import Fate
from intake.rules.papers.facts import MeetingFacts, PaperFacts, QuestionFacts
from intake.rules.papers.paper import Block, Grid, GridColumn, Heading, Passage
from intake.rules.plan.profile_terms import AudienceKind
from intake.rules.questions.question import QuestionState
from intake.rules.text import by_name, with_capital
from wording.plans import named_with_number
from wording.texts import shown, words

from .saying import (
    LANGUAGE,
    ended,
    gap,
    issuer_of,
    or_gap,
    say,
    short_day,
    when_written,
)

_NO_TOPIC = ""


def opening(facts: PaperFacts, key: str) -> Passage:
    """The first sentence: by which plan, or since voters demanded it, who says this, about which meeting."""
    meeting = facts.meeting.meeting
    plan = say("demanded") if meeting.is_demanded else shown(LANGUAGE, named_with_number(facts.plan.profile))
    return Passage(say(key, plan=plan, issuer=issuer_of(facts), title=meeting.title))


def time_and_place(facts: PaperFacts, *, numbered: bool = True) -> list[Passage]:
    """When, where, for whom, chaired by whom, about what; with dashes where the numbers are taken."""
    meeting = facts.meeting.meeting
    hosts = "; ".join(host.title for host in facts.plan.profile.hosts)
    said = [
        Passage(f"{when_written(meeting)}.", lead=say("lead.time")),
        Passage(f"{or_gap(meeting.venue, 'venue')}.", lead=say("lead.place")),
        Passage(f"{who_comes(facts)}.", lead=say("lead.scope")),
        Passage(f"{hosts}.", lead=say("lead.hosts")),
        Passage(f"{content_of(facts)}.", lead=say("lead.content")),
    ]
    marks = [f"{place}." if numbered else "-" for place in range(1, len(said) + 1)]
    return [Passage(one.text, lead=f"{mark} {one.lead}") for mark, one in zip(marks, said, strict=True)]


def who_comes(facts: PaperFacts) -> str:
    """For whom it is: the people of its places, of the kinds it is for, as delegates where the plan has quotas."""
    meeting, places = facts.meeting.meeting, or_gap(facts.meeting.scope, "scope")
    kinds = [words(LANGUAGE, f"audience.{kind.value}") for kind in meeting.audience or (AudienceKind.RESIDENTS,)]
    people = ", ".join(kinds)
    key = "who.delegates" if by_quota(facts.plan.profile, meeting) else "who.people"
    return with_capital(say(key, people=people, places=places))


def answers(question: QuestionFacts) -> str:
    """Who owes the answer: the agency it went to, else the desk, else a gap."""
    return question.agency or question.desk or gap("desk")


def content_of(facts: PaperFacts) -> str:
    """The theme, else the main topics of the plan: its own words, which accuse nobody."""
    topics = [one.name for one in facts.plan.profile.topics if one.parent is None]
    return facts.meeting.meeting.theme or "; ".join(topics)


def programme_grid(facts: PaperFacts) -> Grid:
    """The steps of the plan, with who does them."""
    offices = {office.key: office.name for office in facts.plan.profile.offices}
    offices |= {host.key: host.title for host in facts.plan.profile.hosts}
    rows = tuple(
        (str(number), line.title, offices.get(line.by or "", "") or gap("who"))
        for number, line in enumerate(facts.plan.profile.programme, 1)
    )
    titles = (
        GridColumn(say("col.number"), 8, centred=True),
        GridColumn(say("col.step"), 60),
        GridColumn(say("col.by"), 32),
    )
    return Grid(titles, rows, say("none"))


def by_topic(questions: Iterable[QuestionFacts]) -> dict[str, list[QuestionFacts]]:
    """The questions topic by topic, the biggest topic first, those of none last."""
    found: dict[str, list[QuestionFacts]] = {}
    for question in questions:
        found.setdefault(question.topic or _NO_TOPIC, []).append(question)
    return dict(sorted(found.items(), key=lambda item: (item[0] == _NO_TOPIC, -len(item[1]), by_name(item[0]))))


def topic_name(topic: str) -> str:
    """The name of a topic in a heading; what has none stands under "other"."""
    return topic or say("no_topic")


def outcome_of(question: QuestionFacts) -> str:
    """What became of a question, in one or two sentences, by now."""
    parts: list[str] = []
    if question.outcome is not None:
        reason = f": {question.outcome_reason}" if question.outcome_reason else ""
        parts.append(ended(f"{say(f'outcome.{question.outcome.value}')}{reason}"))
    if question.answer:
        parts.append(say("outcome_answer", text=ended(question.answer)))
    elif question.agency:
        key = "outcome_extended" if question.extended else "outcome_referred"
        parts.append(say(key, agency=question.agency, day=short_day(question.promised_on) or gap("day")))
    elif question.state is QuestionState.OUT_OF_SCOPE:
        reason, instead = (one_paragraph(one) or gap("reason") for one in question.declined_because)
        parts.append(say("outcome_declined", reason=ended(reason), instead=ended(instead)))
    elif question.due_on is not None:
        parts.append(say("outcome_waits", desk=answers(question), day=short_day(question.due_on)))
    if not parts:
        parts.append(say("outcome_open", state=words(LANGUAGE, f"office.state_{question.state.value}")))
    return " ".join(parts)


def question_line(number: int, question: QuestionFacts) -> Passage:
    """A question as a paragraph: number, reference, from which hamlet, in its own words."""
    where = f", {question.hamlet}" if question.hamlet else ""
    return Passage(one_paragraph(question.text), lead=f"{number}) {question.reference}{where}:")


def one_paragraph(text: str) -> str:
    """Somebody's words in one paragraph: where they ended a line, a sentence may have ended."""
    return " ".join(text.split())


def withheld(count: int) -> list[Passage]:
    """How many matters are kept back, without a word of them (R126, LAW C4); nothing where there is none."""
    return [Passage(say("withheld", count=count), italic=True)] if count else []


def figures_lines(facts: MeetingFacts) -> Iterator[str]:
    """The figures of a meeting, one line each, as the public page has them: what is kept back is counted, not told."""
    fates = Counter([*(one.fate for one in facts.questions), *facts.withheld_fates])
    yield say("figure.received", count=len(facts.questions) + facts.withheld)
    for fate in Fate:
        yield say(f"figure.{fate.value}", count=fates[fate])


def items_blocks(facts: MeetingFacts) -> list[Block]:
    """The items of the conclusion, numbered, each with its owner and its day."""
    if not facts.items:
        return [Passage(gap("conclusion"))]
    blocks: list[Block] = []
    for item in facts.items:
        due = say("item_due", day=short_day(item.due_on)) if item.due_on else say("item_no_due", gap=gap("day"))
        about = say("item_about", references=", ".join(item.references)) if item.references else ""
        blocks.append(
            Passage(
                f"{item.text.rstrip('.')}. {say('item_owner', owner=item.owner)} {due} {about}".strip(),
                lead=f"{item.number}.",
            )
        )
    return blocks


def was_held(facts: MeetingFacts) -> bool:
    """Whether the meeting took place."""
    return facts.meeting.state is MeetingState.HELD


def headed(title: str, blocks: Sequence[Block]) -> list[Block]:
    """Blocks under a heading."""
    return [Heading(title), *blocks]
