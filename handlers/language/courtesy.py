"""Words of politeness alone: greeted and answered, and never the beginning of a question that is filed with them."""

from enum import StrEnum

from intake.rules.text import fold

from .words import as_words

_HELLO = as_words("chao alo halo allo hello helo hi hey hallo greetings")
_THANKS = ("cam on", "camon", "thank you", "thankyou", "thanks", "thank", "tks")
_YES = as_words("gui send ok oke okay okie oki vang da uh um duoc dc roi tot hay bye yes thoi xong")
_BESIDE = as_words(
    """
    xin em anh chi co chu bac ong ba chau con minh toi ban cac moi nguoi oi a ah ak nhe nha nhieu lam rat qua ca buoi
    sang trua chieu ngay can bo ubnd uy xa phuong ad admin bot dong quy vi you very much good morning afternoon evening
    there so tam biet luon giup it di khong ko hong ai o do day voi chut ti cho hoi muon the vay
    """
)
"""Words that stand beside them and say nothing by themselves."""
_MOST_WORDS = 8


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
    rest = f" {folded} "
    for thanks in _THANKS:
        rest = rest.replace(f" {thanks} ", " ")
    words = frozenset(rest.split())
    if len(folded.split()) > _MOST_WORDS or not words <= _HELLO | _YES | _BESIDE:
        return None
    if len(rest) < len(folded) + 2:
        return Courtesy.THANKS
    if words & _HELLO or words & {"ai", "hoi"}:  # "có ai ở đó không ạ", "cho em hỏi chút ạ"
        return Courtesy.HELLO
    return Courtesy.YES if words & _YES else None
