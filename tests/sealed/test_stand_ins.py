"""Who sorts and approves in the place of those a question names, for every set of roles that is named or missing."""

from itertools import combinations

import pytest

from intake.rules.people.permissions import may_handle
from intake.rules.people.person import Grant, PersonId, Role
from intake.rules.people.unit import Level, Unit, UnitId
from intake.rules.plan.profile_terms import QuestionKind
from intake.rules.questions.question import Question
from intake.rules.sealed.named import Named, NamedKind
from intake.rules.sealed.stand_ins import Rung, StandIns, stand_ins
from tests.support.world import local

UNIT = Unit("VB", "Xã Vĩnh Bảo", Level.COMMUNE, UnitId(1), "/1/2/")
UNIT.id = UnitId(2)
SECRETARY, CHAIR, OTHER_CHAIR, ABOVE, OWN, ADMIN, OFFICIAL = (PersonId(one) for one in range(1, 8))
HELD = {
    SECRETARY: (Grant(SECRETARY, Role.SECRETARY, UNIT.id),),
    CHAIR: (Grant(CHAIR, Role.CHAIR, UNIT.id),),
    OTHER_CHAIR: (Grant(OTHER_CHAIR, Role.CHAIR, UNIT.id),),
    ABOVE: (Grant(ABOVE, Role.SUPERVISOR, UnitId(1)),),
    OWN: (Grant(OWN, Role.SUPERVISOR, UNIT.id),),
    ADMIN: (Grant(ADMIN, Role.ADMIN, UNIT.id),),
    OFFICIAL: (Grant(OFFICIAL, Role.OFFICIAL, UNIT.id),),
}


def stands(*named: PersonId, without: tuple[PersonId, ...] = ()) -> StandIns:
    held = {person_id: grants for person_id, grants in HELD.items() if person_id not in without}
    return stand_ins([Named(NamedKind.PERSON, one, people=(one,)) for one in named], UNIT, held)


@pytest.mark.parametrize(
    ("named", "without", "lead", "lead_as", "approve"),
    [
        ((OFFICIAL,), (), (SECRETARY,), Rung.SECRETARY, (CHAIR, OTHER_CHAIR)),
        ((SECRETARY,), (), (CHAIR, OTHER_CHAIR), Rung.CHAIR, (CHAIR, OTHER_CHAIR)),
        ((CHAIR,), (), (ABOVE,), Rung.SUPERVISOR_ABOVE, (ABOVE,)),
        ((CHAIR,), (ABOVE,), (OWN,), Rung.SUPERVISOR, (OWN,)),
        ((CHAIR, OWN), (ABOVE,), (SECRETARY,), Rung.SECRETARY, (OTHER_CHAIR,)),
        ((CHAIR, SECRETARY), (ABOVE, OWN), (OTHER_CHAIR,), Rung.CHAIR, (OTHER_CHAIR,)),
        ((CHAIR, OTHER_CHAIR, SECRETARY), (ABOVE, OWN), (ADMIN,), Rung.ADMIN, (ADMIN,)),
        ((CHAIR, OTHER_CHAIR, SECRETARY, ADMIN), (ABOVE, OWN), (), None, ()),
        ((SECRETARY,), (CHAIR, OTHER_CHAIR), (ABOVE,), Rung.SUPERVISOR_ABOVE, (ABOVE,)),
    ],
)
def test_the_next_who_is_not_named_takes_over(
    named: tuple[PersonId, ...],
    without: tuple[PersonId, ...],
    lead: tuple[PersonId, ...],
    lead_as: Rung | None,
    approve: tuple[PersonId, ...],
) -> None:
    found = stands(*named, without=without)

    assert (found.lead, found.lead_as, found.approve) == (lead, lead_as, approve)


def test_whoever_is_named_may_nothing_in_any_role_and_somebody_may_while_anybody_is_left() -> None:
    """Every set of named people among every set of people who are there."""
    everybody = list(HELD)
    for count in range(1, len(everybody) + 1):
        for named in combinations(everybody, count):
            found = stands(*named)
            question = Question(UNIT.id, "VB-2026-0001", QuestionKind.QUESTION, "", "", PersonId(99), local(2026, 1, 5))
            question.named = tuple(Named(NamedKind.PERSON, one, people=(one,)) for one in named)
            for person_id, grants in HELD.items():
                may = {role for role in Role if may_handle(person_id, grants, (role,), question, UNIT, found)}
                if person_id in named:
                    assert may == set()
                elif person_id in found.lead:
                    assert Role.SECRETARY in may
            left = set(everybody) - set(named) - {OFFICIAL}
            assert bool(found.lead) is bool(left)
            assert not {*found.lead, *found.approve} & set(named)
