"""What every document has around its own words: head, number, date, signature, recipients, by the plan's issuer.

A document is a draft and says so until a clerk has registered it: then its number and day are in the `PaperStamp`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from intake.rules.papers.facts import PaperFacts, PaperStamp
from intake.rules.papers.issuer import (
    authority_of,
    issuing_body,
    layout_of,
    numbered,
    own_name,
    superior_body,
    symbol_of,
    two_digits,
)
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Block, OfficePaper, PaperHead, RecipientBlock, Signer
from intake.rules.papers.register import OfficeDocument, OfficeDocumentId
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_paper import Recipients
from intake.rules.plan.profile_terms import Layout
from wording.figures import period_code_called

from .saying import day_written, gap, or_gap, say

_END = {Layout.STATE: ";", Layout.PARTY: ","}
"""What a body in a list of several ends with; the last has a full stop."""
_PURPOSES = ("report", "coordinate", "carry_out", "unstated")


@dataclass(frozen=True, slots=True)
class KindOfPaper:
    """A kind with what it needs, the code of its number (empty: it bears none) and what words it from the facts.

    `listed`: whether its tables are handed out as a spreadsheet too. `lists_people`: whether it is a list of people by
    name, put together from what they told us; papers that go out by themselves and name whom they are about are none.
    """

    kind: PaperKind
    subject: PaperSubject
    code: str
    word: Callable[[PaperFacts], OfficePaper]
    listed: bool = False
    lists_people: bool = False

    @property
    def name(self) -> str:
        """What people call it."""
        return say(f"kind.{self.kind.value}")


def framed(
    facts: PaperFacts,
    kind: PaperKind,
    *,
    code: str,
    type_name: str,
    summary: str,
    body: Sequence[Block],
    bases: Iterable[str] = (),
    addressees: Sequence[str] = (),
    signers: Sequence[Signer] | None = None,
    recipients: Recipients | None = None,
    about: str = "",
) -> OfficePaper:
    """Put the head, the signature and the recipients of the plan's issuer around a body.

    Without `signers` who signs the plan signs; without `recipients` the document goes where the plan goes; a document
    without a code goes nowhere and is signed by nobody unless they are named.
    """
    profile = facts.plan.profile
    layout = layout_of(profile)
    if signers is None:
        signers = (plan_signer(profile),) if code else ()
    if recipients is None and code:
        recipients = profile.recipients
    return OfficePaper(
        kind=kind,
        layout=layout,
        head=_head(facts, code, about),
        type_name=type_name,
        summary=summary,
        body=tuple(body),
        made_on=facts.today,
        addressees=_addressed(addressees, layout),
        bases=tuple(bases),
        signers=tuple(signers),
        recipients=None if recipients is None else recipient_block(recipients, layout),
    )


def _head(facts: PaperFacts, code: str, about: str) -> PaperHead:
    profile = facts.plan.profile
    layout = layout_of(profile)
    superior = superior_body(profile, facts.plan.above)
    whole = number_within(facts, code)
    place = or_gap(place_of(profile), "place")
    dated = say("dated", place=place, day=day_within(facts))
    return PaperHead(
        nation=say(f"nation.{layout.value}"),
        motto=say("motto") if layout is Layout.STATE else "",
        superior=gap("superior") if superior is None else superior,
        issuer=_issuer(profile),
        number=say(f"number.{layout.value}", number=whole) if code else "",
        dated=dated if code else "",
        draft=_draft(facts) if code else "",
        about=about,
    )


def _issuer(profile: PlanProfile) -> str:
    """The body whose document it is; where the plan says no more of its unit than "xã", with a gap for the name."""
    body = issuing_body(profile)
    if body is None:
        return gap("issuer")
    return body if own_name(profile.home.name) else f"{body} {gap('unit_name').upper()}"


def number_within(facts: PaperFacts, code: str) -> str:
    """The number of the document as a sentence names it: `05/GM-UBND`, with a gap where it has none yet."""
    number = or_gap(None if facts.stamp is None else facts.stamp.number, "number")
    return numbered(layout_of(facts.plan.profile), number, symbol_of(facts.plan.profile, code))


def day_within(facts: PaperFacts) -> str:
    """The day of the document, with gaps where it has none yet."""
    dated_on = None if facts.stamp is None else facts.stamp.dated
    return gap("day") if dated_on is None else day_written(dated_on)


def _draft(facts: PaperFacts) -> str:
    if facts.stamp is not None and facts.stamp.registered:
        return ""
    return say("draft_version", version=facts.version) if facts.version else say("draft")


def about_called(language: str, document: OfficeDocument, titles: Mapping[OfficeDocumentId, str]) -> str:
    """What a document is about: a meeting by its title (`titles_of`), a period in words, a reference."""
    return titles.get(document.id) or period_code_called(language, document.about)


def number_of(profile: PlanProfile, document: OfficeDocument) -> str:
    """The number of a registered document as it stands on it: `05/TB-UBND`."""
    return stamped(profile, PaperStamp(two_digits(document.number or 0), document.dated_on), document.series)


def stamped(profile: PlanProfile, stamp: PaperStamp, code: str) -> str:
    """The same for the stamp of a document of a type."""
    return numbered(layout_of(profile), or_gap(stamp.number, "number"), symbol_of(profile, code))


def place_of(profile: PlanProfile) -> str | None:
    """The place a document is dated in: the plan's, else the name of the unit; None where the plan names neither."""
    if profile.plan.place is not None:
        return profile.plan.place
    return own_name(profile.home.name) or None


def plan_signer(profile: PlanProfile) -> Signer:
    """Who signs the plan, in the way the layout abbreviates it."""
    signature = profile.signature
    if signature is None:
        return Signer("", gap("title"), gap("name"))
    authority = authority_of(layout_of(profile), signature.authority or "")
    return Signer(authority, signature.title, signature.name)


def host_signers(profile: PlanProfile) -> tuple[Signer, ...]:
    """The hosts in their order, as those who chaired; their names are not in the plan."""
    chaired = say(f"minutes.host.{layout_of(profile).value}")
    return tuple(Signer(chaired, host.title.upper(), gap("name")) for host in profile.hosts)


def _addressed(addressees: Sequence[str], layout: Layout) -> tuple[str, ...]:
    if not addressees:
        return ()
    if len(addressees) == 1:
        return (say("addressed", to=addressees[0]),)
    end = _END[layout]
    return (say("addressed_many"), *(f"- {one}{end}" for one in addressees[:-1]), f"- {addressees[-1]}.")


def recipient_block(recipients: Recipients, layout: Layout) -> RecipientBlock:
    """The block with the purpose behind each name, the copy for the files last, ended by a full stop (R190)."""
    end = _END[layout]
    named = [f"- {name}{_purpose(purpose)}{end}" for purpose in _PURPOSES for name in getattr(recipients, purpose)]
    files = [one.rstrip(".;,") for one in recipients.file] or [gap("file")]
    kept = [f"- {one}{end}" for one in files[:-1]] + [f"- {files[-1]}."]
    return RecipientBlock(say("recipients"), (*named, *kept))


def _purpose(purpose: str) -> str:
    return "" if purpose == "unstated" else f" ({say(f'purpose.{purpose}')})"
