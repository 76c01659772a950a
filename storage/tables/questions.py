"""Questions, what was attached to and proposed for them, and what belongs together among them."""

import sqlalchemy as sa

from intake.rules.plan.profile_terms import QuestionKind
from intake.rules.questions import answer_draft, case, group, marks, news, question, reply_template, saved_view
from intake.rules.sealed import protection
from intake.rules.text import fold
from storage.tables.schema import NEVER_AGAIN, lay, make_column, metadata, own_id, refer_to
from storage.types import EnumValue, Moment, NamedList

questions = sa.Table(
    "questions",
    metadata,
    own_id(),
    refer_to("units", "unit_id"),
    sa.Column("reference", sa.String(40), nullable=False, unique=True),
    sa.Column("kind", EnumValue(QuestionKind), nullable=False),
    sa.Column("original_text", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("public_text", sa.Text),
    sa.Column("folded", sa.Text, nullable=False, server_default=""),
    refer_to("persons", "asker_id", index=True),
    sa.Column("received_at", Moment, nullable=False),
    refer_to("meetings", "meeting_id", null=True, index=True),
    refer_to("units", "hamlet_id", null=True),
    refer_to("persons", "entered_by", null=True, index=True),
    refer_to("topics", "topic_id", null=True),
    refer_to("desks", "desk_id", null=True),
    sa.Column("state", EnumValue(question.QuestionState), nullable=False),
    sa.Column("sensitive", sa.Boolean, nullable=False),
    sa.Column("sealed_by_asker", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("named", NamedList, nullable=False, server_default="[]"),
    sa.Column("urgent", sa.Boolean, nullable=False),
    sa.Column("state_before", EnumValue(question.QuestionState)),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("given_back", sa.Text, nullable=False, server_default=""),
    sa.Column("answered_at", Moment),
    sa.Column("closed_at", Moment),
    sa.Column("reopened_at", Moment),
    sa.Column("rating", sa.String(20)),
    sa.Column("room_outcome", EnumValue(question.RoomOutcome)),
    sa.Column("room_reason", sa.Text, nullable=False, server_default=""),
    sa.Column("came_by", EnumValue(question.CameBy), nullable=False, server_default="chat"),
    sa.Column("restricted", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("answer_class", EnumValue(question.AnswerClass)),
    # the office's lists: the newest of a unit, and of a state in it
    sa.Index("ix_questions_unit_id_state", "unit_id", "state", "id"),
    sa.Index("ix_questions_unit_id_id", "unit_id", "id"),
    # the few that name somebody of the office, which lists and counts of whoever is named leave out
    sa.Index(
        "ix_questions_naming",
        "unit_id",
        "id",
        sqlite_where=sa.text("CAST(named AS TEXT) != '[]'"),
        postgresql_where=sa.text("CAST(named AS TEXT) != '[]'"),
    ),
    sa.Index("ix_questions_desk_id_state", "desk_id", "state"),
    # what the sweep closes once the asker has been silent for long enough
    sa.Index(
        "ix_questions_answered_at",
        "answered_at",
        "id",
        sqlite_where=sa.text("state = 'answered'"),
        postgresql_where=sa.text("state = 'answered'"),
    ),
)
attachments = sa.Table(
    "attachments",
    metadata,
    own_id(),
    refer_to("questions", "question_id", index=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("media_type", sa.String(80), nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
)
proposals = sa.Table(
    "proposals",
    metadata,
    own_id(),
    refer_to("questions", "question_id", index=True),
    sa.Column("kind", EnumValue(question.ProposalKind), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    refer_to("persons", "proposed_by"),
    sa.Column("proposed_at", Moment, nullable=False),
    sa.Column("agency", sa.String(200), nullable=False),
    sa.Column("promised_on", sa.Date),
    sa.Column("state", EnumValue(question.ProposalState), nullable=False, index=True),
    refer_to("persons", "decided_by", null=True),
    sa.Column("decided_at", Moment),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("answer_class", EnumValue(question.AnswerClass)),
)
urgent_flags = sa.Table(
    "urgent_flags",
    metadata,
    own_id(),
    refer_to("questions", "question_id", index=True),
    sa.Column("reason", sa.Text, nullable=False),
    refer_to("persons", "set_by"),
    sa.Column("set_at", Moment, nullable=False),
    refer_to("persons", "taken_back_by", null=True),
    sa.Column("taken_back_at", Moment),
    sa.Column("taken_back_reason", sa.Text, nullable=False),
)
nudges = sa.Table(
    "nudges",
    metadata,
    own_id(),
    refer_to("questions", "question_id", index=True),
    sa.Column("agency", sa.String(200), nullable=False),
    sa.Column("promised_on", sa.Date, nullable=False),
    refer_to("persons", "nudged_by"),
    sa.Column("nudged_at", Moment, nullable=False),
)
protections = sa.Table(
    "protections",
    metadata,
    own_id(),
    refer_to("questions", "question_id", index=True),
    sa.Column("act", EnumValue(protection.ProtectionAct), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    refer_to("persons", "by", null=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("named", sa.String(40), nullable=False),
)
# what questions are found by: rebuilt from their texts at any time, so nothing refers to it
question_words = sa.Table(
    "question_words",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), primary_key=True),
    sa.Column("word", sa.String(40), primary_key=True),
    sa.Column("question_id", sa.Integer, sa.ForeignKey("questions.id"), primary_key=True),
    sqlite_with_rowid=False,
)
answer_drafts = sa.Table(
    "answer_drafts",
    metadata,
    sa.Column("question_id", sa.Integer, sa.ForeignKey("questions.id"), primary_key=True, autoincrement=False),
    sa.Column("person_id", sa.Integer, sa.ForeignKey("persons.id"), primary_key=True, autoincrement=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
    sa.Index("ix_answer_drafts_person_id", "person_id"),
)
saved_views = sa.Table(
    "saved_views",
    metadata,
    own_id(),
    refer_to("persons", "person_id", index=True),
    sa.Column("name", sa.String(60), nullable=False),
    sa.Column("query", sa.Text, nullable=False),
)
reply_templates = sa.Table(
    "reply_templates",
    metadata,
    own_id(),
    refer_to("units", "unit_id", index=True),
    sa.Column("name", sa.String(60), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sqlite_autoincrement=NEVER_AGAIN,
)
question_news = sa.Table(
    "question_news",
    metadata,
    own_id(),
    refer_to("persons", "person_id"),
    refer_to("questions", "question_id", index=True),
    sa.Column("kind", EnumValue(news.NewsKind), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("told_at", Moment),
    # what an open desk asks for every second: the newest of a person
    sa.Index("ix_question_news_person_id_id", "person_id", "id"),
    sa.Index("ix_question_news_told_at", "told_at"),
    sqlite_autoincrement=NEVER_AGAIN,
)
group_members = sa.Table(
    "group_members",
    metadata,
    sa.Column("question_id", sa.Integer, sa.ForeignKey("questions.id"), primary_key=True, autoincrement=False),
    refer_to("questions", "lead_id", index=True),
    refer_to("persons", "joined_by"),
    sa.Column("joined_at", Moment, nullable=False),
)
cases = sa.Table(
    "cases",
    metadata,
    own_id(),
    refer_to("units", "unit_id"),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    refer_to("persons", "opened_by"),
    sa.Column("opened_at", Moment, nullable=False),
    sa.Column("direction", sa.Text, nullable=False),
    refer_to("persons", "direction_by", null=True),
    sa.Column("direction_at", Moment),
    sa.Column("settled_at", Moment),
    sa.UniqueConstraint("unit_id", "year", "number"),
    sqlite_autoincrement=NEVER_AGAIN,
)
case_questions = sa.Table(
    "case_questions",
    metadata,
    sa.Column("question_id", sa.Integer, sa.ForeignKey("questions.id"), primary_key=True, autoincrement=False),
    refer_to("cases", "case_id", index=True),
    refer_to("persons", "linked_by"),
    sa.Column("linked_at", Moment, nullable=False),
)

lay(
    {
        question.Question: questions,
        question.Attachment: attachments,
        question.Proposal: proposals,
        answer_draft.AnswerDraft: answer_drafts,
        saved_view.SavedView: saved_views,
        news.QuestionNews: question_news,
        reply_template.ReplyTemplate: reply_templates,
        marks.UrgentFlag: urgent_flags,
        marks.Nudge: nudges,
        protection.Protection: protections,
        group.GroupMember: group_members,
        case.Case: cases,
        case.CaseQuestion: case_questions,
    }
)


def folded(text: str) -> str:
    """A text as a search looks through it: each word has a blank before it, so that what is typed begins a word."""
    return f" {fold(text)}"


def _keep_folded(written: question.Question) -> None:
    if sa.inspect(written).attrs.text.history.has_changes():
        written.folded = folded(written.text)  # type: ignore[attr-defined] # a column that rules know nothing of


make_column(question.Question, "folded", _keep_folded)
