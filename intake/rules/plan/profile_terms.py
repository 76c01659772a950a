"""The closed lists of words a plan profile is written in."""

from enum import StrEnum


class Layout(StrEnum):
    """Whose rules of layout and numbering the plan's documents follow (LAW C6), by who issued it (R219)."""

    PARTY = "party"
    STATE = "state"
    FRONT = "front"
    COUNCIL = "council"
    JOINT = "joint"


class Side(StrEnum):
    """Who holds the dialogue. What the law asks of the administration binds it, also beside the Party (LAW C9)."""

    PARTY = "party"
    STATE = "state"
    BOTH = "both"


class MeetingForm(StrEnum):
    """In which way people take part in a meeting (R213)."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    BOTH = "both"


class AudienceKind(StrEnum):
    """What kind of people a meeting is for (R216)."""

    RESIDENTS = "residents"
    YOUTH = "youth"
    WOMEN = "women"
    FARMERS = "farmers"
    VETERANS = "veterans"
    WORKERS = "workers"
    BUSINESS = "business"
    CHILDREN = "children"
    MEMBERS = "members"


class Period(StrEnum):
    """The part of the year a plan is made for (R010)."""

    YEAR = "year"
    FIRST_HALF = "first_half"
    SECOND_HALF = "second_half"


class BasisStatus(StrEnum):
    """What is known today of a cited document; `unchecked` until a person has looked it up (R001, R003)."""

    UNCHECKED = "unchecked"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    MAYBE_REPLACED = "maybe_replaced"
    REPLACED = "replaced"


class Duty(StrEnum):
    """A task of the plan that a body leads, possibly with others (R034–R045, R054)."""

    SECRETARY = "secretary"
    REGISTRAR = "registrar"
    MINUTES = "minutes"
    CONCLUSION = "conclusion"
    FOLLOW_UP = "follow_up"
    RESULTS = "results"
    PROGRAMME = "programme"
    CONTENT = "content"
    TRIAGE = "triage"
    INVITATIONS = "invitations"
    DELEGATES = "delegates"
    NOTICE = "notice"
    BROADCAST = "broadcast"
    MOBILISATION = "mobilisation"
    OPINION_DIGEST = "opinion_digest"
    OPINION_REPORT = "opinion_report"
    SURVEY = "survey"
    BACKGROUND_REPORT = "background_report"
    EARLIER_RESULTS = "earlier_results"
    LOGISTICS = "logistics"
    SECURITY = "security"
    OBSTACLES = "obstacles"


class Coverage(StrEnum):
    """Whom one meeting is for; `undecided` where the plan does not say which hamlets come when (R060)."""

    WHOLE_UNIT = "whole_unit"
    HAMLETS = "hamlets"
    UNDECIDED = "undecided"


class AudienceMode(StrEnum):
    """Who belongs to the dialogue (R046–R049)."""

    WHOLE_UNIT = "whole_unit"
    HAMLETS = "hamlets"
    DELEGATES = "delegates"
    REGISTERED = "registered"


class Seat(StrEnum):
    """What kind of delegate a unit sends (R048)."""

    FRONT_CHAIR = "front_chair"
    ASSOCIATION_HEAD = "association_head"
    RESIDENT = "resident"


class RegistrationMode(StrEnum):
    """How people get on the list: there is none, on the day, beforehand, through hamlet officers (R110–R117)."""

    OPEN = "open"
    IN_ROOM = "in_room"
    BEFORE_MEETING = "before_meeting"
    HAMLET_OFFICERS = "hamlet_officers"


class SpeakingOrder(StrEnum):
    """What decides who speaks next: when one registered (R113) or what about, topic by topic (R114)."""

    REGISTRATION_TIME = "registration_time"
    REGISTERED_CONTENT = "registered_content"


class ProgrammeStep(StrEnum):
    """A step of the meeting (R140–R149)."""

    OPENING = "opening"
    AGREEMENT = "agreement"
    CHAIRING = "chairing"
    REPORT = "report"
    EARLIER_RESULTS = "earlier_results"
    SPEAKING = "speaking"
    ANSWERS = "answers"
    FURTHER_ROUNDS = "further_rounds"
    DIRECTION = "direction"
    CONCLUSION = "conclusion"
    CLOSING = "closing"


class NoticeField(StrEnum):
    """What a public notice must say (R094, R098)."""

    TIME = "time"
    PLACE = "place"
    THEME = "theme"
    CONTENT = "content"
    PROGRAMME = "programme"
    PURPOSE = "purpose"


class NoticeChannel(StrEnum):
    """The way a public notice takes (R090–R093)."""

    LOUDSPEAKER = "loudspeaker"
    RADIO = "radio"
    MASS_MEDIA = "mass_media"
    HAMLET_CELL = "hamlet_cell"


class ReportRhythm(StrEnum):
    """How often a report on the results is due."""

    QUARTER = "quarter"
    KL_215 = "kl-215"  # by the month, after the first quarter, six and nine months, the year (LAW C1)


class QuestionKind(StrEnum):
    """What people send. Formal complaints and denunciations are not among them (LAW C4)."""

    QUESTION = "question"
    FEEDBACK = "feedback"
    PETITION = "petition"
    INITIATIVE = "initiative"
    OPINION = "opinion"
    PRAISE = "praise"


GATHERABLE = frozenset({QuestionKind.OPINION, QuestionKind.INITIATIVE, QuestionKind.PRAISE})
"""What a plan may answer by a synthesis: whoever asks, reports or petitions is owed a reply in any plan (LAW C1)."""


class ReplyForm(StrEnum):
    """What the sender of a kind of submission is owed: a reply of one's own, or the synthesis of all (R128)."""

    INDIVIDUAL = "individual"
    SYNTHESIS = "synthesis"


class Practice(StrEnum):
    """A way of doing things that some plans prescribe and others do not mention (A2.2, A2.5, A2.8, A2.10)."""

    WRITTEN_VIA_SECRETARY = "written_via_secretary"
    OUT_OF_SCOPE_BY_CHAIR = "out_of_scope_by_chair"
    SELECTION_WITH_REASON = "selection_with_reason"
    CHAIR_MAY_ASK_BACK = "chair_may_ask_back"
    ANSWER_BY_ISSUE = "answer_by_issue"
    ASSIGN_ON_THE_SPOT = "assign_on_the_spot"
    ABUSE_BANNED = "abuse_banned"
    NOT_A_CADRE_REVIEW = "not_a_cadre_review"
    CRITICISM_WELCOME = "criticism_welcome"
    RESIDENTS_SPEAK_FIRST = "residents_speak_first"
    TONE = "tone"
    AVOID_FORMALITY = "avoid_formality"
    RIGHTS_CARD = "rights_card"
    REPEATED_GRIEVANCES = "repeated_grievances"
    PROPOSED_DIRECTION = "proposed_direction"
    OPINION_DIGEST = "opinion_digest"
    SURVEY = "survey"
    HAMLET_MEETINGS = "hamlet_meetings"
    BRIEFING_BOOK = "briefing_book"
    DESK_HEADS_ATTEND = "desk_heads_attend"
    GUIDED_QUESTIONS = "guided_questions"
    CONSULTATION = "consultation"
    ORGANISATIONS_MAY_ASK = "organisations_may_ask"
    NOTIFY_BEYOND_AUTHORITY = "notify_beyond_authority"
    FORWARD_AND_ANSWER = "forward_and_answer"
    TAKE_ON_BY_CHAIR = "take_on_by_chair"
    STUCK_MATTERS = "stuck_matters"
    JUSTIFIED_BY_PERSON = "justified_by_person"
    PRIORITY_MATTERS = "priority_matters"
    POLICY_AMENDMENT = "policy_amendment"
    PUBLIC_PLAN = "public_plan"
    CASCADE = "cascade"
    MESSAGE_AFTER = "message_after"
    ONE_PERSON_OFFICE = "one_person_office"
    RESULTS_PUBLISHED = "results_published"


class AnswerForm(StrEnum):
    """How an open point without options is answered (A7)."""

    TEXT = "text"
    NUMBER = "number"  # a whole number, at least 1
    DATE = "date"
    NAMES = "names"  # of the units right below the plan's own
    PERSON = "person"  # somebody of the office
