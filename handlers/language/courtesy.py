"""Words of politeness alone: greeted and answered, and never the beginning of a question that is filed with them."""

import re
from enum import StrEnum

from intake.rules.text import fold

from .words import as_words

_HELLO = as_words("chao alo halo allo hello helo hi hey hallo greetings")
_THANKS = ("cam on", "camon", "thank you", "thankyou", "thanks", "thank", "tks")
_YES = as_words("gui send ok oke okay okie oki vang da u uh um duoc dc roi tot hay bye yes thoi xong")
_BESIDE = as_words(
    """
    xin em e anh chi co chu bac ong ba chau con minh toi ban cac moi nguoi oi a ah ak nhe nha nhieu lam rat qua ca buoi
    sang trua chieu ngay can bo ubnd uy xa phuong ad admin bot dong quy vi you very much good morning afternoon evening
    there so tam biet luon giup it di khong ko hong ai o do day voi chut ti cho hoi muon the vay
    """
)
"""Words that stand beside them and say nothing by themselves."""
_NODS = ("dung roi", "dung vay", "phai roi")
_NO, _BESIDE_NO = as_words("khong ko k kg hok hong"), as_words("thoi nua dau can gui co gi a ah da em e toi oi nhe nha")
"""Who says no and nothing else: "dạ không cần đâu ạ", "thôi không gửi nữa"; "xã không cho" says more."""
_BEFORE, _BEHIND = as_words("da vang u uh"), as_words("a ah ak nhe nha em e di lai")
_MOST_WORDS = 8
_I = "em|tôi|toi|tui|con|cháu|chau|mình|minh"
_NAME_SAID = re.compile(
    rf"(?:(?:dạ|da|vâng|vang)\s+)?(?:(?:(?:{_I})\s+)?(?:tên|ten)(?:\s+(?:{_I}))?(?:\s+(?:là|la))?|(?:{_I})\s+(?:là|la))\s+",
    re.IGNORECASE,
)
_HOME_SAID = re.compile(
    r"(?:(?:dạ|da|vâng|vang)\s+)?"
    rf"(?:(?:(?:nhà|nha)\s+(?:(?:{_I})\s+)?|(?:{_I})\s+)(?:(?:sống|song)\s+)?(?:ở|o)|(?:sống\s+)?ở)\s+(?:(?:tại|tai)\s+)?",
    re.IGNORECASE,
)
_ENDS_POLITELY = re.compile(r"(?:\s+(?:ạ|nhé))+[.! ]*$", re.IGNORECASE)
"""Never "nha": it is what many a Nhã writes of her name without marks."""


class Courtesy(StrEnum):
    """What somebody says who says nothing else."""

    HELLO = "hello"
    THANKS = "thanks"
    YES = "yes"


def courtesy_in(text: str) -> Courtesy | None:
    """The politeness a text consists of; None where it says anything else. Signs alone (👍) count as a nod."""
    folded = fold(text)
    if not folded:
        return Courtesy.YES if text.strip() and not any(sign.isalnum() for sign in text) else None
    words = frozenset(folded.split())
    if words & _NO and words <= _NO | _BESIDE_NO:
        return Courtesy.YES
    rest = f" {folded} "
    for nod in _NODS:
        rest = rest.replace(f" {nod} ", " vang ")
    for thanks in _THANKS:
        rest = rest.replace(f" {thanks} ", " ")
    words = frozenset(rest.split())
    if len(folded.split()) > _MOST_WORDS or not words <= _HELLO | _YES | _BESIDE:
        return None
    if any(f" {thanks} " in f" {folded} " for thanks in _THANKS):
        return Courtesy.THANKS
    if words & _HELLO or words & {"ai", "hoi"}:  # "có ai ở đó không ạ", "cho em hỏi chút ạ"
        return Courtesy.HELLO
    return Courtesy.YES if words & _YES else None


def without_politeness(text: str) -> str:
    """The folded text without what is said around an answer: "dạ đồng ý ạ" → `dong y`, "sửa lại đi ạ" → `sua`."""
    words = fold(text).split()
    while words and words[0] in _BEFORE:
        del words[0]
    while words and words[-1] in _BEHIND:
        del words[-1]
    return " ".join(words)


def name_said(text: str) -> str:
    """The name somebody gives as their own, without how they say it: "dạ em tên là Lan ạ" → `Lan`."""
    return _behind(_NAME_SAID, text)


def place_said(text: str) -> str:
    """The place somebody names as their home, without how they say it: "nhà em ở xóm 3 ạ" → `xóm 3`."""
    return _behind(_HOME_SAID, text)


def _behind(said: re.Pattern[str], text: str) -> str:
    named = _ENDS_POLITELY.sub("", text.strip())
    return named[found.end() :] if (found := said.match(named)) else named
