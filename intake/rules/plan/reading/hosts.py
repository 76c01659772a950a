"""Who holds the dialogue: titles said to chair it, else the ones its title names (R013, R219)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from intake.rules.plan.reading.paper_text import PaperText, Paragraph
from intake.rules.plan.reading.vocabulary import CAPITALS, COMMUNES, HIGHER_UNITS, PARTY_COMMITTEES, loose, one_of

_BODIES = one_of(
    *PARTY_COMMITTEES, r"hdnd(?:\s*[-,]\s*ubnd)?", "ubnd", "hoi dong nhan dan", "uy ban nhan dan",
    "(?:uy ban |ub ?)?(?:mttq|mat tran to quoc)(?: viet nam)?",
    "hoi (?:lhpn|lien hiep phu nu|nong dan|cuu chien binh|ccb)",
    "doan(?= (?:xa|phuong|thi tran|dac khu))",
)  # fmt: skip
_OF_UNIT = rf"(?: {one_of(*COMMUNES, *HIGHER_UNITS)}\b(?! hoi))?"
_TITLE = loose(
    rf"\b(?:pho )?(?:bi thu|chu tich)(?: thuong truc)?(?: {_BODIES})?{_OF_UNIT}",
    rf"|\bdai dien (?:lanh dao )?thuong truc {_BODIES}{_OF_UNIT}",
    rf"|\btruong ban (?:to chuc|tuyen giao va dan van|xay dung dang|dan van){_OF_UNIT}",
    rf"|\bp?ct (?:ubnd|hdnd|(?:ub)?mttq){_OF_UNIT}|\bp?bt(?:tt)? dang uy{_OF_UNIT}",
)
_STANDING = rf"(?:thuong truc|lanh dao) {_BODIES}(?:(?: ?[-–,] ?| va ){_BODIES})*{_OF_UNIT}"
_STANDING_BODY = loose(_STANDING)
_STANDING_BODIES = loose(rf"(?:dai dien )?(?=thuong truc ){_STANDING}(?: ?[,;]?(?: va)? {_STANDING})*")
"""Bodies that chair where no title is named: "Chủ trì: Thường trực Đảng ủy, lãnh đạo UBND xã"."""
_OTHERS_OFFICE = loose(r"\s?(?:chi bo|doan thanh nien|hoi (?:phu nu|nong dan|cuu)|truong thon)")
_NOT_HIM = loose(
    r"\bkhong (?:cu|uy quyen|giao|phan cong)(?: cho)?(?: (?:dong chi|nguoi khac|cap pho|mot))*\s*\Z"
    r"|\bthay(?: the| cho| mat)?(?: (?:cho )?(?:dong chi|d/c))?\s*\Z"
)
_INTRODUCED = re.compile(r"(?<![Cc]ác\s)(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à)\s*:?\s*$")
"""The word for one person, before a title; "các đồng chí" are several."""
_ONE_PERSON = loose(r" ?(?:va )?(?:dong chi|d/c|ong|ba) ?:?")
_COUNCIL_CHAIR = loose(r"chu tich (?:hdnd|hoi dong nhan dan)(?! ?[-,] ?(?:ubnd|uy ban))")
_CHAIRED = loose(
    r"(?:(?: [a-z,]+){0,6}? thay mat (?:cho )?(?:dong chi )?chu tich(?: (?:ubnd|uy ban nhan dan))?"
    rf"{_OF_UNIT})?",
    r"\s*(?:\(|[-–,:]|la|lam|se|truc tiep|dong|cung)?\s*(?:\(|(?:dong|cung|nguoi) )?\s*chu (?:tri|toa)\b",
    r"(?!,? phoi hop|,? tham muu| (?:(?:cuoc|buoi) )?hop\b",
    r"| (?:xay dung|chuan bi|tong hop|ra soat|theo doi|giai quyet)\b)",
)
_CHAIRED_TOGETHER = loose(
    r"\s*(?:\(|[-–,:]|la|lam|se)?\s*(?:(?!phan cong|voi )[a-z]+,? ){0,4}?(?:dong|cung)(?: la)? ",
    r"(?:nguoi )?chu (?:tri|toa)\b",
)
_OF_FRONT = loose(r"\b(?:mttq|mat tran)\b")
_CHAIRED_BY = loose(
    r"\bchu tri\s*:|\bchu tri(?: [a-z]+){0,5} (?:la|boi)\b|\bsu (?:chu tri|dieu hanh)[^.;:,\n]{0,40} cua\b"
)
_ANSWERS_IN_PERSON = loose(
    r"(?:truc tiep|nguoi) (?:doi thoai|tra loi|giai dap|tiep)[^.;:\n]{0,60}? (?:la|do|boi|gom) ",
    r"(?:(?:cac )?dong chi |ong |ba )?",
)
_ANSWERS = loose(
    r"^(?:nguoi|khach moi|(?:cac )?dong chi|lanh dao|ben) [^:]{0,30}?(?:tra loi|giai dap|doi thoai|tiep)\b"
    r"|^dieu hanh(?: (?:chung|hoi nghi|buoi|cuoc|doi thoai))*$"
)
_CONDUCTS = loose(
    r"\s*(?:se|truc tiep|dong|cung)?\s*dieu hanh (?:cac )?(?:hoi nghi|buoi|cuoc|phien)?\s*(?:tiep xuc,? )?doi thoai",
    r"|\s*(?:se|truc tiep|cung)\s*(?:tiep|tra loi|giai dap|lang nghe) (?:ba con|nhan dan|nguoi dan)\b",
    r"|\s*[(,–-]\s*(?:la )?nguoi (?:truc tiep )?doi thoai\b",
    r"|\s*(?:se |phai )?truc tiep (?:tiep xuc,? )?doi thoai\b",
)
_BETWEEN = loose(r"\b(?:giua|cua) (?:cac |dong chi |d/c )*")
_UNIT_NAME = re.compile(rf"(?:\s+[{CAPITALS}][^\W\d_]*){{1,4}}(?=\s)")
_HOLDS = loose(
    r" (?:se |da |truc tiep |quyet dinh )*to chuc (?:duoc )?(?:\d{1,2} )?",
    r"(?:hoi nghi |buoi |cuoc )(?:tiep xuc,? )?doi thoai\b|",
    r" (?:se |da |ve |truc tiep |quyet dinh )*(?:to chuc )?",
    r"(?:hoi nghi |buoi |dien dan |cuoc )?(?:tiep xuc,? )?doi thoai(?: truc tiep)? voi",
)
_BETWEEN_PEOPLE = loose(r"doi thoai(?: truc tiep)? (?:giua|cua) (?=[^.]{4,200}? (?:voi|va (?:nhan|nguoi) dan) )")
_MEETS_WITH = loose(
    r"(?:nhan dan|nguoi dan|ba con|thanh nien)[^.;]{0,80} doi thoai(?: truc tiep)? voi (?:(?:dong chi|ong|ba) )?$"
)
_WITH_WHOM = loose(r"\bvoi\b|\bva (?:nhan dan|nguoi dan|ba con|thanh nien|doanh nghiep)\b")
_FACES = loose(r"(?:truc tiep )?doi thoai (?:truc tiep )?voi (?:nhan dan|nguoi dan|ba con|cong dan)$")
"""A label for whoever holds the dialogue, beside one for somebody else who only chairs it."""
_HEADED = loose(
    r"chu the (?:doi thoai|tien hanh|thuc hien)|nguoi (?:tien hanh )?doi thoai\b",
    r"|(?:(?:nguoi|dong chi|dong|thanh phan|ve|co quan) )?chu (?:tri|toa)\b",
    r"|doan chu (?:tich|toa|tri) ?(?::|$)",
)
_ALONE = loose(
    r"chu the doi thoai|(?:nguoi |dong chi )?chu tri(?: (?:doi thoai|hoi nghi|buoi doi thoai|hoi nghi doi thoai))?[.:]?"
)
_ONLY_ATTENDS = loose(
    r"(?: \w+){0,3}? (?:cung |tham )du\b",
    r"|(?: \w+){0,2}? (?:dieu hanh (?:phan|chuong)|dan (?:chuong trinh|dat)|lam thu ky|giup viec|ghi bien ban)",
)
_ONLY_HELPS = loose(r"phoi hop|tham muu|theo doi")
_SEVERAL = loose(r"cac dong chi")
_NAME = rf"[{CAPITALS}][^\W\d_]+(?:\s+[{CAPITALS}][^\W\d_]*(?:['’][^\W\d_]+)?){{1,4}}"
_NAMED = re.compile(rf"(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à)\s*:?\s*{_NAME}\s*[-–,]\s*$")
_SAME_PERSON = {",", "-", "–", "kiem", ", kiem"}
_NEXT_ONE = loose(r" ?; ?(?:va )?(?:dong chi |d/c |ong |ba )?(?:pho )?(?:chu tich|bi thu)\b")
"""Where semicolons part those who chair, a comma joins the offices of one."""
_LISTED = loose(
    r"(?:,|va|-|–|[;,]? ?(?:va )?(?:dong chi|d/c|ong|ba)\b(?: [a-z]+){0,5},?)",
)
"""Between the titles of those who chair together; the name of one may stand there."""
_CHAIR_CONCLUDES = loose(r"(?:chu tri|chu toa)(?: (?:hoi nghi|doi thoai|buoi \w+ ?\w*))? (?:phat bieu )?ket luan")
_COLUMN = loose(r"(?:^|\t)[ \t]*(?:[a-z]+ ){0,3}chu (?:tri|toa)(?=[ ]*(?:\t|$))")
_SHORT_HEAD, _SHORT, _SHORT_LEAD = 90, 400, len("Đồng chí ")


@dataclass(frozen=True, slots=True)
class PaperHost:
    """A title that holds the dialogue, with the words it rests on.

    `deputy` where it only stands in for the one before, `concludes` where the paper says so; `maybe_one_person` where
    it is unclear whether this title and the one before are one person's ("Bí thư Đảng ủy, Chủ tịch UBND xã (Chủ trì)").
    """

    title: str
    phrase: str
    deputy: bool = False
    concludes: bool = False
    maybe_one_person: bool = False


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    phrase_end: int
    maybe_one_person: bool = False


def read_hosts(text: PaperText, title: tuple[int, int]) -> list[PaperHost]:
    """The hosts in the order of the paper.

    Said under "chủ trì" first, then "… (chủ trì)" anywhere, then "…; chủ trì: …", then "giữa … với Nhân dân" in the
    title, then whoever "điều hành buổi đối thoại", then whoever "tổ chức đối thoại" behind it or in it. Who "cùng chủ
    trì" is one of them wherever that stands.
    """
    hosts: list[PaperHost] = []
    for mention in _holders(text, title):
        words = text.words(mention.start, mention.end)
        words = words[:1].upper() + words[1:]
        if not any(_is_same(words.casefold(), host.title.casefold()) for host in hosts):
            deputy = bool(hosts) and words.startswith("Phó") and "Chủ tịch" not in words.removeprefix("Phó Chủ tịch")
            phrase = text.phrase(mention.start, mention.phrase_end)
            hosts.append(PaperHost(words, phrase, deputy, maybe_one_person=bool(hosts) and mention.maybe_one_person))
    concluding = _concluding(text, hosts)
    return [replace(host, concludes=place == concluding) for place, host in enumerate(hosts)]


def _holders(text: PaperText, title: tuple[int, int]) -> list[_Mention]:
    """Who is said to chair it, else who holds it; one who only chairs with somebody comes behind whoever holds it.

    So does the Front where it chairs what others hold: "giữa Bí thư Đảng ủy với Nhân dân", chaired by the Front.
    """
    said = _under_chairing(text) or _marked(text, _CHAIRED) or _beside(text)
    together = _marked(text, _CHAIRED_TOGETHER, everywhere=True)
    alone = len(said) == 1 and said[0].start in {one.start for one in together}
    if not said or alone:
        said = [*(_beside(text) or _unsaid(text, title)), *said]
    elif all(_OF_FRONT.search(text.folded, one.start, one.end) for one in said):
        said = [*_between(text, *title), *said]
    return [*said, *together]


def _unsaid(text: PaperText, title: tuple[int, int]) -> list[_Mention]:
    """Who holds the dialogue where nobody is said to chair it."""
    return (
        _in_column(text, title[0])
        or _between(text, *title)
        or _marked(text, _CONDUCTS)
        or _holding(text, title[1])
        or _holding(text, title[0])
        or _answering(text)
        or _labelled(text, title[1])
        or _bodies(text)
    )


def _is_same(title: str, other: str) -> bool:
    """Whether one title is the other said shorter ("đồng chí Bí thư" of the committee's secretary)."""
    return title.startswith(other) or other.startswith(title)


def _mentions(text: PaperText, start: int, end: int) -> Iterator[_Mention]:
    """Titles between two places; those of one person are one, joined.

    They are one person's behind that person's name, where every other person has a "đồng chí" of their own, and where
    offices go together: a committee's deputy secretary with the chair, its secretary with the chair of the Council.
    """
    titles = [
        one
        for one in _TITLE.finditer(text.folded, start, end)
        if not _OTHERS_OFFICE.match(text.folded, one.end())
        and not _NOT_HIM.search(text.folded, max(start, one.start() - _SHORT_HEAD), one.start())
    ]
    introduced = {one.start() for one in titles if _stands_before(text, _INTRODUCED, one.start())}
    last: _Mention | None = None
    for found in titles:
        if last and text.folded[last.end : found.start()].strip() in _SAME_PERSON:
            beside_others = len(introduced) > 1 and last.start in introduced
            if (
                beside_others
                or _stands_before(text, _NAMED, last.start)
                or (text.folded.startswith("pho bi thu", last.start) and found[0].startswith("chu tich"))
                or _is_secretary_with_council(text, last, found, introduced=last.start in introduced)
            ):
                last = replace(last, end=found.end(), phrase_end=found.end())
                continue
        if last:
            yield last
        last = _Mention(found.start(), found.end(), found.end())
    if last:
        yield last


def _stands_before(text: PaperText, pattern: "re.Pattern[str]", at: int) -> bool:
    return pattern.search(text.flat, max(0, at - 60), at) is not None


def _is_secretary_with_council(text: PaperText, title: _Mention, other: "re.Match[str]", *, introduced: bool) -> bool:
    """Whether it is "đồng chí Bí thư Đảng ủy, Chủ tịch HĐND xã", or the two joined by a hyphen."""
    hyphen = text.folded[title.end : other.start()].strip() in {"-", "–"}
    introduced = introduced or _NEXT_ONE.match(text.folded, other.end()) is not None
    council = _COUNCIL_CHAIR.match(text.folded, other.start()) is not None
    return council and (introduced or hyphen) and text.folded.startswith("bi thu", title.start)


def title_in(text: PaperText, start: int, end: int) -> str | None:
    """The first title of somebody who may hold a dialogue between two places; None where there is none."""
    found = next(_mentions(text, start, end), None)
    return text.words(found.start, found.end) if found else None


def _under_chairing(text: PaperText) -> list[_Mention]:
    """ "Chủ trì: …", once or under each turn, or what stands under a heading that begins so."""  # noqa: D210
    found: list[_Mention] = []
    label = ""
    for index, paragraph in enumerate(text.paragraphs):
        short = paragraph.end - paragraph.body < _SHORT_HEAD
        head = text.folded[paragraph.body : paragraph.end] if short else paragraph.label
        among_others = paragraph.level <= 0 and not _ALONE.fullmatch((paragraph.label or head).strip())
        faces = _FACES.match(paragraph.label) is not None
        if among_others or not (faces or _HEADED.match(head)) or _ONLY_HELPS.search(head):
            continue
        if found and not faces and paragraph.label not in {label, f"dong {label}"}:
            continue
        said = list(_mentions(text, paragraph.after_label, _end_of_list(text, index))) if paragraph.label else []
        said = [one for one in said if not _ONLY_ATTENDS.match(text.folded, one.end, paragraph.end)]
        below = [other for other in text.under(index) if other.end - other.body < _SHORT]
        below = below or list(text.paragraphs[index + 1 : index + 2])
        if not paragraph.label or paragraph.after_label >= paragraph.end - 1:
            said = said or [mention for other in below for mention in _mentions(text, other.body, other.end)]
        if said and not paragraph.label:
            return found or said
        found, label = found + said, label or paragraph.label
    return found


def _end_of_list(text: PaperText, index: int) -> int:
    """Where a labelled paragraph ends, or the lines below it with one person each: "…;", "Đồng chí …"."""
    end = text.paragraphs[index].end
    for other in text.paragraphs[index + 1 :]:
        goes_on = text.flat[end - 2 : end].rstrip().endswith((";", ",")) and _ONE_PERSON.match(text.folded, other.start)
        if not goes_on or other.label:
            break
        end = other.end
    return end


def _marked(text: PaperText, marks: "re.Pattern[str]", *, everywhere: bool = False) -> list[_Mention]:
    """ "Đồng chí Bí thư Đảng ủy, Chủ tịch UBND xã (Chủ trì)": the titles right before the word, in each of a list.

    Those of the first list that has any, or `everywhere`.
    """  # noqa: D210
    found: list[_Mention] = []
    listed: tuple[int, tuple[int, ...]] | None = None
    for paragraph in text.paragraphs:
        beside = everywhere or listed in {None, (paragraph.level, paragraph.above)}
        if beside and (said := _chairing(text, paragraph, marks)):
            found += said
            listed = (paragraph.level, paragraph.above)
    return found


def _chairing(text: PaperText, paragraph: Paragraph, marks: "re.Pattern[str]") -> list[_Mention]:
    """The titles of a paragraph that stand right before the word for chairing, or before those that do."""
    mentions = list(_mentions(text, paragraph.body, paragraph.end))
    found: list[_Mention] = []
    for place, mention in enumerate(mentions):
        named = _UNIT_NAME.match(text.flat, mention.end, paragraph.end)
        behind = named.end() if named else mention.end
        chaired = marks.match(text.folded, behind, min(behind + 60, paragraph.end))
        if chaired:
            first = place
            while first and _LISTED.fullmatch(_between_words(text, mentions[first - 1], mentions[first])):
                first -= 1
            group = [*mentions[first:place], replace(mention, phrase_end=chaired.end())]
            several = _SEVERAL.search(text.folded, max(0, group[0].start - 20), group[0].start)
            unclear = not several and all(_between_words(text, *both) == "," for both in pairwise(group))
            found += [replace(one, maybe_one_person=unclear) for one in group]
    return found


def _beside(text: PaperText) -> list[_Mention]:
    """ "1. Quý III: …; chủ trì: Chủ tịch UBND xã; …": the titles right behind the word, wherever it stands."""  # noqa: D210
    found: list[_Mention] = []
    for said in _CHAIRED_BY.finditer(text.folded):
        clause = re.split(r"[;.\n]", text.folded[said.end() : said.end() + _SHORT], maxsplit=1)[0]
        found += _mentions(text, said.end(), said.end() + len(clause))
    return found


def _answering(text: PaperText) -> list[_Mention]:
    """ "Trực tiếp trả lời Nhân dân là đồng chí Chủ tịch UBND xã": the title right behind it."""  # noqa: D210
    for said in _ANSWERS_IN_PERSON.finditer(text.folded):
        met = next(_mentions(text, said.end(), said.end() + _SHORT_HEAD), None)
        if met and met.start == said.end():
            return [met]
    return []


def _labelled(text: PaperText, start: int) -> list[_Mention]:
    """ "Các đồng chí trả lời: Bí thư Đảng ủy xã, Chủ tịch UBND xã": a label about answering, titles alone."""  # noqa: D210
    for paragraph in text.paragraphs:
        if paragraph.start < start or not _ANSWERS.search(paragraph.label):
            continue
        mentions = list(_mentions(text, paragraph.after_label, paragraph.end))
        if mentions and len(text.words(paragraph.after_label, mentions[0].start)) <= _SHORT_LEAD:
            return mentions
    return []


def _bodies(text: PaperText) -> list[_Mention]:
    """The bodies behind the first "Chủ trì:" that has only such."""
    for paragraph in text.paragraphs:
        listed = _STANDING_BODIES.match(text.folded, paragraph.after_label, paragraph.end)
        if listed and _HEADED.match(paragraph.label):
            bodies = _STANDING_BODY.finditer(text.folded, *listed.span())
            return [_Mention(*body.span(), body.end()) for body in bodies]
    return []


def _in_column(text: PaperText, start: int) -> list[_Mention]:
    """The titles that fill a cell, in a table with a column for who chairs."""
    heading = _COLUMN.search(text.folded, start)
    if heading is None:
        return []
    cells = re.compile(r"[^\t\n]+").finditer(text.flat, heading.end())
    filled = [
        (cell.start() + len(cell[0]) - len(cell[0].lstrip()), cell.start() + len(cell[0].rstrip())) for cell in cells
    ]
    return [
        one
        for cell in filled
        for one in _mentions(text, *cell)
        if one.start - cell[0] <= _SHORT_LEAD and one.end == cell[1]
    ]


def _between_words(text: PaperText, earlier: _Mention, later: _Mention) -> str:
    return text.folded[earlier.end : later.start].strip()


def _between(text: PaperText, start: int, end: int) -> list[_Mention]:
    between = _BETWEEN.search(text.folded, start, end)
    if between is None:
        return []
    until = _WITH_WHOM.search(text.folded, between.end(), end)
    return list(_mentions(text, between.end(), until.start() if until else end))


def _holding(text: PaperText, start: int) -> list[_Mention]:
    """ "Chủ tịch UBND xã tổ chức đối thoại với Nhân dân": the titles right before it; "đối thoại giữa … với"."""  # noqa: D210
    for paragraph in text.paragraphs:
        if paragraph.start < start:
            continue
        mentions = list(_mentions(text, paragraph.body, paragraph.end))
        for place, mention in enumerate(mentions):
            named = _UNIT_NAME.match(text.flat, mention.end)
            if _HOLDS.match(text.folded, named.end() if named else mention.end):
                first = place
                while first and _LISTED.fullmatch(_between_words(text, mentions[first - 1], mentions[first])):
                    first -= 1
                return mentions[first : place + 1]
        met = next((one for one in mentions if _MEETS_WITH.search(text.folded, paragraph.body, one.start)), None)
        if met:
            return [met]
        between = _BETWEEN_PEOPLE.search(text.folded, paragraph.body, paragraph.end)
        if between:
            return _between(text, between.start(), paragraph.end)
    return []


def _concluding(text: PaperText, hosts: list[PaperHost]) -> int | None:
    """Which host is said to conclude: named, or "chủ trì … kết luận" where there is one host."""
    for place, host in enumerate(hosts):
        words = " ".join(PaperText(host.title).folded.split())
        if loose(rf"{words}[^.;]{{0,40}}\bket luan\b").search(text.folded):
            return place
    alone = len([host for host in hosts if not host.deputy]) == 1
    return 0 if alone and _CHAIR_CONCLUDES.search(text.folded) else None
