"""Whom a question names among those who would handle it: never the machine's verdict, but protection from the start.

What is named is a desk, a person, or whoever holds an office of the unit. It is proposed by `named_in`, confirmed or
dropped by people with a reason; proposed and confirmed alike keep the question from those it names (R026, LAW C4).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from intake.rules.people.person import Grant, PersonId, Role
from intake.rules.people.unit import DeskId, UnitId
from intake.rules.text import fold, without_marks

from .risk import typed_words


class NamedKind(StrEnum):
    """What is named: a desk or a person by id; or whoever is chair, secretary or head in the unit with this id."""

    DESK = "desk"
    PERSON = "person"
    CHAIR = "chair"
    SECRETARY = "secretary"
    HAMLET_HEAD = "hamlet_head"


_OFFICE_OF = {
    NamedKind.CHAIR: Role.CHAIR,
    NamedKind.SECRETARY: Role.SECRETARY,
    NamedKind.HAMLET_HEAD: Role.HAMLET_HEAD,
}


@dataclass(frozen=True, slots=True)
class Named:
    """One that a question names; `confirmed` once somebody of the office said so, a reader's proposal until then.

    `people` are those who were meant when it was named: they stay named when they hold another office later, as do
    those who hold this one then.
    """

    kind: NamedKind
    id: int
    confirmed: bool = False
    people: tuple[PersonId, ...] = ()

    @property
    def code(self) -> str:
        """How buttons name it: `desk-3`."""
        return f"{self.kind.value}-{self.id}"

    def is_same(self, other: "Named") -> bool:
        """Whether both name the same, confirmed or not."""
        return (self.kind, self.id) == (other.kind, other.id)


def named_by_code(code: str) -> Named | None:
    """What a code names; None for one that is none."""
    kind, _, number = code.partition("-")
    if kind not in list(NamedKind) or not number.isdecimal():
        return None
    return Named(NamedKind(kind), int(number))


def names(named: Iterable[Named], person_id: PersonId, grants: Iterable[Grant]) -> bool:
    """Whether a person with these grants is among the named: in person, at a desk, or by an office they hold."""
    held = tuple(grants)
    return any(person_id in one.people or any(_is_office(one, grant) for grant in held) for one in named)


def _is_office(one: Named, grant: Grant) -> bool:
    match one.kind:
        case NamedKind.DESK:
            return grant.desk_id == one.id
        case NamedKind.PERSON:
            return False
        case _:
            return grant.role is _OFFICE_OF[one.kind] and grant.unit_id == one.id


def with_people(one: Named, held: Mapping[PersonId, Sequence[Grant]]) -> Named:
    """The same with those it means now, by the grants of everybody it could mean."""
    if one.kind is NamedKind.PERSON:
        return replace(one, people=(PersonId(one.id),))
    meant = (person_id for person_id, grants in held.items() if any(_is_office(one, grant) for grant in grants))
    return replace(one, people=tuple(meant))


@dataclass(frozen=True, slots=True)
class Nameable:
    """Whom the words of a question can mean: the unit's desks, its people, its hamlets, each with its name.

    `own_hamlet` is where the asker lives; `spoken_of` the desk whose matters the words are about, where that is known.
    """

    unit_id: UnitId
    desks: Mapping[DeskId, str]
    people: Mapping[PersonId, str]
    hamlets: Mapping[UnitId, str]
    own_hamlet: UnitId | None = None
    spoken_of: DeskId | None = None


_CHAIRS = ("pho chu tich", "chu tich", "pho bi thu", "bi thu", "lanh dao xa", "lanh dao phuong", "nguoi dung dau")
_OTHER_CHAIRS = (
    "hoi mat tran mttq cong doan hdqt hop htx nong cuu phu nu doan lien",  # behind "chủ tịch"
    "chi thon xom doan to khu ap ban chi",  # behind "bí thư"
)
_SECRETARIES = ("chanh van phong", "pho van phong", "van phong", "thu ky")
_HEADS = (
    *("truong thon", "truong xom", "truong ban", "truong ap", "truong khu", "truong lang", "truong buon", "truong soc"),
    *("pho thon", "to truong", "truong to dan pho", "bi thu chi bo", "bi thu chi", "bi thu thon", "bi thu xom"),
    *("bi thu ap", "truong ban cong tac mat tran", "chi uy thon"),
)
_FUNCTIONS = {
    "dia chinh": "dia chinh|dat dai|tai nguyen|xay dung|do thi|kinh te",
    "xay dung": "xay dung|do thi|dia chinh|kinh te",
    "cong an": "cong an|an ninh",
    "xa doi": "quan su|quoc phong",
    "quan su": "quan su|quoc phong",
    "tu phap": "tu phap|ho tich|hanh chinh",
    "ho tich": "ho tich|tu phap|hanh chinh",
    "mot cua": "mot cua|hanh chinh cong|dich vu cong|hanh chinh|van phong",
    "tiep dan": "tiep cong dan|tiep dan|mot cua|van phong",
    "van thu": "van thu|van phong|hanh chinh",
    "chinh sach": "chinh sach|xa hoi|lao dong",
    "lao dong": "lao dong|xa hoi",
    "van hoa": "van hoa|xa hoi",
    "y te": "y te|xa hoi",
    "dan so": "dan so|y te|xa hoi",
    "ke toan": "ke toan|tai chinh|kinh te|van phong",
    "thu quy": "thu quy|tai chinh|kinh te|van phong",
    "thue": "thue|tai chinh|kinh te",
    "nong nghiep": "nong nghiep|kinh te",
    "kiem lam": "kiem lam|nong nghiep|kinh te",
    "moi truong": "moi truong|dia chinh|kinh te",
    "mat tran": "mat tran|mttq",
    "hoi phu nu": "phu nu|mat tran|mttq",
    "hoi nong dan": "nong dan|mat tran|mttq",
    "cuu chien binh": "cuu chien binh|mat tran|mttq",
    "kiem tra": "kiem tra",
}
"""What an official is called by, and the words by which the desk is known where that is done, the nearest first."""
_NO_FUNCTIONS = ("xay dung dang", "chinh tri xa hoi")
"""In a desk's name these are neither building nor social matters: the party's own desk, the mass organisations."""
_ALSO_THINGS = frozenset(
    ("xay dung", "chinh sach", "lao dong", "van hoa", "y te", "dan so", "thue", "nong nghiep", "moi truong", "kiem tra")
)
"""Of these, those that are said of things as well: they name a desk only behind what a person is called."""
_IN_NAMES = {
    "van phong": ("văn phòng",),
    "van thu": ("văn thư",),
    "van hoa": ("văn hóa", "văn hoá"),
    "cong an": ("công an",),
}
"""What may be part of a name as well, and how it is typed where it is none: "ông Hoàng Văn Phong" is no "văn phòng"."""
_FAMILIES = frozenset(
    (
        *("nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô"),
        *("dương", "lý", "đinh", "đào", "đoàn", "trịnh", "lương", "mai", "tô", "hà", "cao", "lâm"),
    )
)
_STAFF = ("can bo", "cong chuc", "nhan vien", "chuyen vien", "chuyen mon", "lanh dao phong", "truong phong")
_ANY_STAFF = ("chuyen mon", "can bo")
_CALLED = frozenset("ông bà anh chị cô chú bác thầy em cậu mợ dì o mẹ thằng".split())  # noqa: SIM905 - words, not code
_BEFORE = 3
"""How many words before a name or a function may be what its bearer is called: "bà hội trưởng Lan"."""
_TITLE = "|"


@dataclass(frozen=True, slots=True)
class _Line:
    """The words of a text without diacritics; without what is part of a name; as typed; those of titles as `_TITLE`."""

    plain: Sequence[str]
    spoken: Sequence[str]
    typed: Sequence[str]
    marked: bool
    line: Sequence[str]

    def is_called(self, at: int) -> bool:
        """Whether a person is called something right before a word: a title, "ông", "cán bộ"."""
        for earlier in range(max(0, at - _BEFORE), at):
            if self.line[earlier] == _TITLE:
                return True
            called = self.typed[earlier] in _CALLED if self.marked else self.plain[earlier] in _CALLED_PLAIN
            if called and (earlier == at - 1 or self.plain[earlier] != "o"):
                return True
        return False


_CALLED_PLAIN = frozenset(without_marks(word) for word in _CALLED)


def named_in(text: str, office: Nameable) -> tuple[Named, ...]:
    """Whom a text that accuses somebody may mean, for people to confirm; rather one too many than one too few."""
    typed = typed_words(text)
    plain = [without_marks(word) for word in typed]
    found: list[Named] = []
    spoken = _without_names(plain, typed)
    taken, heads = _take(spoken, _HEADS)
    taken, chairs = _take(taken, _CHAIRS, but=_OTHER_CHAIRS)
    taken, secretaries = _take(taken, _SECRETARIES)
    taken, _ = _take(taken, (*_STAFF, *(one for one in _FUNCTIONS if one not in _ALSO_THINGS)))
    line = _Line(plain, spoken, typed, any(not word.isascii() for word in typed), taken)
    if heads:
        found += [Named(NamedKind.HAMLET_HEAD, unit_id) for unit_id in _hamlets(plain, office)]
    if chairs:
        found.append(Named(NamedKind.CHAIR, office.unit_id))
    if secretaries:
        found.append(Named(NamedKind.SECRETARY, office.unit_id))
    found += [Named(NamedKind.DESK, desk_id) for desk_id in _desks(line, office)]
    found += [Named(NamedKind.PERSON, one) for one, name in office.people.items() if _has_name(line, name)]
    return tuple(dict.fromkeys(found))


def _places(words: Sequence[str], phrase: Sequence[str]) -> list[int]:
    """Where a phrase begins among words; nowhere for an empty one."""
    length, wanted = len(phrase), list(phrase)
    return [at for at in range(len(words) - length + 1) if wanted and list(words[at : at + length]) == wanted]


def _without_names(plain: Sequence[str], typed: Sequence[str]) -> list[str]:
    """The words without those that read like a title and stand behind a family name with marks that are no title's."""
    left = list(plain)
    for title, as_typed in _IN_NAMES.items():
        for at in _places(plain, title.split()):
            said = " ".join(typed[at : at + 2])
            if at and typed[at - 1] in _FAMILIES and not said.isascii() and said not in as_typed:
                left[at : at + 2] = ["", ""]
    return left


def _take(words: Sequence[str], titles: Sequence[str], *, but: Sequence[str] = ()) -> tuple[list[str], bool]:
    """The words with those of titles marked, and whether a title stood there; `but`: other offices of that name.

    A title is no part of a name: "bí thư Hoa" names no Thư.
    """
    line, found = list(words), False
    others = frozenset(word for group in but for word in group.split())
    for title in titles:
        parts = title.split()
        for at in _places(line, parts):
            behind = line[at + len(parts)] if at + len(parts) < len(line) else ""
            found = found or behind not in others
            line[at : at + len(parts)] = [_TITLE] * len(parts)
    return line, found


def _hamlets(words: Sequence[str], office: Nameable) -> list[UnitId]:
    spoken = [unit_id for unit_id, name in office.hamlets.items() if _places(words, _bare(name))]
    if spoken or office.own_hamlet is None or office.own_hamlet not in office.hamlets:
        return spoken
    return [office.own_hamlet]


_LEVELS = frozenset(("thon", "xom", "ban", "ap", "khu", "lang", "buon", "soc", "to", "dan", "pho", "tdp"))


def _bare(name: str) -> list[str]:
    """The name of a hamlet without what it is: "Thôn Hàng Gồn" → hang gon; "Xóm 3" keeps both."""
    parts = fold(name).split()
    bare = [part for part in parts if part not in _LEVELS]
    return parts if not bare or all(part.isdecimal() for part in bare) else bare


def _desks(line: _Line, office: Nameable) -> list[DeskId]:
    names_of = {desk_id: fold(name).split() for desk_id, name in office.desks.items()}
    found = [desk_id for desk_id, parts in names_of.items() if _places(line.spoken, parts)]
    does = {desk_id: _take(parts, _NO_FUNCTIONS)[0] for desk_id, parts in names_of.items()}
    staff = any(_places(line.spoken, title.split()) for title in _STAFF)
    for function, known_by in _FUNCTIONS.items():
        said = _places(line.spoken, function.split())
        if not any(function not in _ALSO_THINGS or line.is_called(at) for at in said):
            continue
        staff = True
        for known in known_by.split("|"):
            there = [desk_id for desk_id, parts in does.items() if _places(parts, known.split())]
            found += there
            if there:
                break
    if not found and staff:
        found = [one for one in (office.spoken_of,) if one is not None]
        found = found or [
            desk_id for desk_id, parts in names_of.items() if any(_places(parts, one.split()) for one in _ANY_STAFF)
        ]
    return list(dict.fromkeys(found))


def _has_name(line: _Line, name: str) -> bool:
    """Whether a text names a person: by the whole name, or by the given name behind what its bearer is called by."""
    whole = typed_words(name)
    if not whole:
        return False
    plain = [without_marks(word) for word in whole]
    if len(plain) > 1 and _places(line.plain, plain):
        return True
    for at, word in enumerate(line.line):
        same = line.typed[at] == whole[-1] if line.marked else word == plain[-1]
        if word != _TITLE and same and line.is_called(at):
            return True
    return False
