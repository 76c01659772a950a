"""Who issues a document, as its head, its number and its signature say it (LAW C6).

The words are taken from the plan: from its issuer, its symbol and its signature. What a plan does not say is None, and
stands as a gap in the document; nothing is made up.
"""

import re

from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_terms import Layout, Side

_STANDING_COMMITTEE = re.compile(r"^Ban (?:Thường vụ|Chấp hành)\s+", re.IGNORECASE)
_SHORT = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "UB": "Ủy ban"}
_SUFFIXES = (("huyện ủy", "HU"), ("thành ủy", "TU"), ("tỉnh ủy", "TU"), ("thị ủy", "TU"), ("đảng ủy", "ĐU"))
_NO_NAME = re.compile(r"\s*\([^)]*\)")
_LEVEL_WORD = re.compile(r"^(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh)(?:\s+|$)", re.IGNORECASE)
_TEN = 10


def layout_of(profile: PlanProfile) -> Layout:
    """Whose rules of layout the papers of a plan follow: the Party's or the State's.

    Councils, joint plans and the Front write in the State's layout; so does a plan that does not say whose it is,
    unless the Party holds the dialogue alone.
    """
    if profile.plan.layout is None:
        return Layout.PARTY if profile.side is Side.PARTY else Layout.STATE
    return Layout.PARTY if profile.plan.layout is Layout.PARTY else Layout.STATE


def issuing_body(profile: PlanProfile) -> str | None:
    """The body whose document it is, in capitals, written out: "ỦY BAN NHÂN DÂN XÃ AN DƯƠNG".

    None where the plan does not name it. A standing committee issues under the name of its committee. The name of the
    unit is added where the plan leaves it to the reader ("Ban Thường vụ Đảng ủy").
    """
    if not profile.plan.issuer:
        return None
    name = _STANDING_COMMITTEE.sub("", profile.plan.issuer.strip())
    place, own = _NO_NAME.sub("", profile.home.name).strip(), own_name(profile.home.name)
    if own.casefold() not in name.casefold() or not own:
        name = f"{name} {place}"
    return " ".join(_SHORT.get(word, word) for word in name.split()).upper()


def own_name(name: str) -> str:
    """The name of a unit without its level: "Di Lăng"; empty where a plan only says "xã (…)"."""
    return _LEVEL_WORD.sub("", _NO_NAME.sub("", name).strip()).strip()


def superior_body(profile: PlanProfile, above: str) -> str | None:
    """What stands above the issuer in the head; None where it is not known. `above` is the unit above, or empty.

    A people's committee names none. A Party committee names the organisation it belongs to (HD 36).
    """
    if layout_of(profile) is Layout.STATE:
        return ""
    return f"Đảng bộ {above}".upper() if above else None


def symbol_of(profile: PlanProfile, code: str) -> str:
    """What follows the number: `TB-UBND` for the State, `TB/HU` for the Party, by the plan's own symbol or issuer."""
    own = profile.plan.symbol or (profile.plan.number or "").partition("-")[2]
    if layout_of(profile) is Layout.STATE:
        body = own.partition("-")[2] or "UBND"
        return f"{code}-{body}" if code != "CV" else body
    body = own.partition("/")[2] or _party_suffix(profile.plan.issuer or "")
    return f"{code}/{body}"


def _party_suffix(issuer: str) -> str:
    folded = issuer.casefold()
    return next((suffix for words, suffix in _SUFFIXES if words in folded), "ĐU")


def two_digits(number: int) -> str:
    """A number below ten with the zero that keeps anybody from writing a digit before it (Nghị định 30/2020)."""
    return f"0{number}" if number < _TEN else str(number)


def numbered(layout: Layout, number: str, symbol: str) -> str:
    """`05/TB-UBND`, or `05-TB/HU`: the two layouts join the same parts the other way round."""
    return f"{number}/{symbol}" if layout is Layout.STATE else f"{number}-{symbol}"


def authority_of(layout: Layout, authority: str) -> str:
    """The line that says for whom somebody signs, as the layout abbreviates it: `TM.` and `KT.`, or `T/M` and `K/T`."""
    if layout is Layout.STATE:
        return re.sub(r"^([TKU]Q?)\s*/\s*([A-Z])\b", r"\1\2.", authority)
    return re.sub(r"^(T|K|TU)([MTLQ])\.", r"\1/\2", authority)
