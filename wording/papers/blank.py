"""The template of a kind as a clerk downloads it: the built-in layout with the names where words will stand."""

from datetime import date

from intake.rules.papers.kinds import PaperKind
from intake.rules.papers.paper import OfficePaper, PaperHead, Passage, RecipientBlock, Signer
from intake.rules.plan.profile_terms import Layout

from .registry import KINDS
from .saying import say

_LETTER = "CV"
"""The code of a letter, which has no title: what it is about stands under its number."""


def named(name: str) -> str:
    """A name as it stands in a template."""
    return "{{ " + name + " }}"


def blank_paper(kind: PaperKind, layout: Layout, today: date) -> OfficePaper:
    """The template as a document. The State's and the Party's name stand there in words: they are the same for all."""
    numbered, is_letter = bool(KINDS[kind].code), KINDS[kind].code == _LETTER
    return OfficePaper(
        kind=kind,
        layout=layout,
        head=PaperHead(
            nation=say(f"nation.{layout.value}"),
            motto=say("motto") if layout is Layout.STATE else "",
            superior=named("co_quan_cap_tren"),
            issuer=named("co_quan_ban_hanh"),
            number=named("so_ky_hieu") if numbered else "",
            dated=named("dia_danh_ngay") if numbered else "",
            draft=named("du_thao") if numbered else "",
            about=named("ve_viec") if is_letter else "",
        ),
        type_name="" if is_letter else named("ten_loai"),
        summary="" if is_letter else named("trich_yeu"),
        body=(Passage(named("noi_dung")),),
        made_on=today,
        addressees=(named("kinh_gui"),),
        bases=(named("can_cu"),),
        signers=(Signer("", named("chu_ky"), ""),),
        recipients=RecipientBlock(named("noi_nhan"), ()),
    )
