"""The words two texts are compared by: folded, short forms written out, regional words made one, filler left out.

The tables are our own, collected from the way residents and offices write. A short form that means several things
(`tt`, `hs`, `dt`) is left as it is: a wrong expansion would find the wrong question.
"""

import re
from collections.abc import Mapping
from itertools import pairwise

from intake.rules.text import fold

_SLASHED = re.compile(r"(?<=\w)[/.](?=\w)")
"""`đ/c`, `u.b.n.d`: the sign between two letters belongs to the short form."""

SHORT_FORMS: Mapping[str, str] = {
    # offices and organisations
    "ub": "uy ban",
    "ubnd": "uy ban nhan dan",
    "ubx": "uy ban xa",
    "hdnd": "hoi dong nhan dan",
    "mttq": "mat tran to quoc",
    "ubmttq": "uy ban mat tran to quoc",
    "ubmt": "uy ban mat tran",
    "ctmt": "cong tac mat tran",
    "ubkt": "uy ban kiem tra",
    "cax": "cong an xa",
    "tyt": "tram y te",
    "nvh": "nha van hoa",
    "htx": "hop tac xa",
    "cty": "cong ty",
    # places and posts
    "tdp": "to dan pho",
    "kdc": "khu dan cu",
    "dc": "duoc",
    "d/c": "dong chi",
    "ct": "chu tich",
    "pct": "pho chu tich",
    "cb": "can bo",
    "cbcc": "can bo cong chuc",
    # papers
    "gcn": "giay chung nhan",
    "gcnqsd": "giay chung nhan quyen su dung",
    "gcnqsdd": "giay chung nhan quyen su dung dat",
    "qsd": "quyen su dung",
    "qsdd": "quyen su dung dat",
    "gpxd": "giay phep xay dung",
    "gpmb": "giai phong mat bang",
    "cccd": "can cuoc",
    "cmnd": "can cuoc",
    "cmt": "can cuoc",
    "bhyt": "bao hiem y te",
    "bhxh": "bao hiem xa hoi",
    "vneid": "dinh danh dien tu",
    "tthc": "thu tuc hanh chinh",
    "sdt": "so dien thoai",
    # schools, projects
    "thcs": "trung hoc co so",
    "thpt": "trung hoc pho thong",
    "ntm": "nong thon moi",
    "ktxh": "kinh te xa hoi",
    "vsmt": "ve sinh moi truong",
    "antt": "an ninh trat tu",
    "pccc": "phong chay chua chay",
    "ldtbxh": "lao dong thuong binh xa hoi",
    # the way people type on a phone
    "k": "khong",
    "ko": "khong",
    "hok": "khong",
    "kg": "khong",
    "hk": "khong",
    "dx": "duoc",
    "j": "gi",
    "ntn": "nhu the nao",
    "bn": "bao nhieu",
    "bh": "bao gio",
    "vs": "voi",
    "nc": "nuoc",
    "dg": "duong",
    "ng": "nguoi",
    "trc": "truoc",
    "bt": "biet",
    "mng": "moi nguoi",
}

_SAME: Mapping[str, str] = {
    # one thing, two words: north and south, office and kitchen table, whole phrases
    "giay chung nhan quyen su dung dat": "sodo",
    "so do": "sodo",
    "so hong": "sodo",
    "bia do": "sodo",
    "can cuoc cong dan": "cancuoc",
    "chung minh nhan dan": "cancuoc",
    "chung minh thu": "cancuoc",
    "can cuoc": "cancuoc",
    "uy ban nhan dan": "uyban",
    "uy ban": "uyban",
    "dien thoai": "dienthoai",
    "vac xin": "tiemchung",
    "vacxin": "tiemchung",
    "vaccine": "tiemchung",
    "tiem chung": "tiemchung",
    "tiem phong": "tiemchung",
    "chich ngua": "tiemchung",
    "tre em": "tre",
    "tre con": "tre",
    "chau be": "tre",
    "be": "tre",
    "hu hong": "hong",
    "hu": "hong",
    "xuong cap": "hong",
    "heo": "lon",
    "hem": "ngo",
    "kiet": "ngo",
    "tac": "nghet",
    "mo cua": "lam viec",
    "bao gio": "khi nao",
    "luc nao": "khi nao",
    "may gio": "khi nao",
    "luc may": "khi nao",
    "ngay nao": "khi nao",
    "xe rac": "rac",
    "hang xom": "langgieng",
    "nha ben": "langgieng",
    "lang gieng": "langgieng",
    "khuya": "dem",
    "truong hoc": "truong",
    "tram xa": "tram y te",
    "loa keo": "karaoke",
    "lon tieng": "on ao",
    "o nhiem": "onhiem",
    "hoi thoi": "mui",
    "mui hoi": "mui",
    "xa thai": "thai",
    "tien ho tro": "ho tro",
    "tro cap": "ho tro",
}

_FILLER = frozenset(
    fold(
        """
        a ạ à ấy bà bị các cái cần cho chúng có cô con của cứ cũng chị anh chú bác em cháu đã đang đây để đi
        đến được gì hay hiện hỏi kính khi không là lại làm lên mà mình muốn nào này nên nếu nhà như những
        nhưng nhiều ơi ông ở qua quá ra rằng rất rồi sao sẽ ta tại tôi thế thì thưa tới trên trong từ và vào
        vẫn vậy về với vì việc xã xin ai bao giờ nhiêu ngay luôn mấy lúc dạ vâng ơn cảm
        """
    ).split()
)

_LONGEST_PHRASE = max(len(phrase.split()) for phrase in _SAME)
MOST_WORDS = 80
"""Words of a text that are compared: beyond these a long letter tells a story, not another matter."""


def plain_words(text: str) -> list[str]:
    """The folded words of a text with short forms written out: `"UBND k làm"` → `uy ban nhan dan khong lam`."""
    found: list[str] = []
    for part in text.casefold().split():
        whole = SHORT_FORMS.get(_slashed(part))
        pieces = [whole] if whole is not None else [SHORT_FORMS.get(word, word) for word in fold(part).split()]
        for piece in pieces:
            found += piece.split()
    return found


def _slashed(part: str) -> str:
    """A word as the table of short forms has it: `Đ/c.` → `d/c`, `U.B.N.D` → `ubnd`."""
    marked = [fold(piece) for piece in _SLASHED.split(part)]
    joined = "/".join(marked)
    return joined if joined in SHORT_FORMS else "".join(marked) if len(marked) > 1 else joined


def same_words(words: list[str]) -> list[str]:
    """The words with those that mean one thing made one, the longest phrase first."""
    found: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
            one = _SAME.get(" ".join(words[at : at + length]))
            if one is not None:
                found += one.split()
                at += length
                break
        else:
            found.append(words[at])
            at += 1
    return found


def search_words(text: str) -> list[str]:
    """What a text is found by: its words without filler, the first `MOST_WORDS`, each as often as it comes."""
    return [word for word in same_words(plain_words(text)) if word not in _FILLER][:MOST_WORDS]


def with_pairs(words: list[str]) -> list[str]:
    """The words and each two neighbours: most Vietnamese words are two syllables, and only the pair says which."""
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]
