"""Weigh the signs of what people write by the lines we wrote: `python -m tests.support.learn_risk` (decision 0026).

Reads the lines that may be learnt from (`LEARNT` in `tests/sealed`), writes `intake/rules/sealed/risk_weights.py`.
The lines of the other files there are never learnt from: they are measured. Nothing of it is random: the same lines
make the same weights. Learning takes a while, so the module bears a digest of what it was learnt from, how, and of the
weights: `stands` looks whether all of it is still so.
"""

import hashlib
import math
from collections import Counter
from pathlib import Path
from random import Random

from intake.rules.sealed.risk import Risk, signs_of
from intake.rules.text import without_marks

SEALED = Path(__file__).parents[1] / "sealed"
WEIGHTS = Path(__file__).parents[2] / "intake" / "rules" / "sealed" / "risk_weights.py"
LEARNT = (
    *("risk_cases", "risk_development", "risk_worked_with", "risk_dangers", "risk_learnt", "risk_persons"),
    *("risk_fresh", "risk_unlearnt", "risk_everyday", "risk_alike", "risk_kinds", "risk_indirect"),
)
_KINDS = tuple(Risk)
_ROUNDS = 7
_STEP = 0.5
_ENOUGH = 0.003
"""How far a line may be from its kind without teaching anything more."""
_SEEN = 3
"""In how many lines a sign has to stand; one that stands in fewer says nothing of others."""
_COMMAND = "python -m tests.support.learn_risk"
_HEAD = f'''"""How much a sign speaks of each kind of risk (decision 0026).

Learnt from the lines in `tests/sealed`; do not edit, run `{_COMMAND}`.
A line is a sign (see `risk_weighing.signs`), then what it weighs for each of `KINDS`, in their order, in tenths.
`LEARNT_FROM` is a digest of the signs of all lines, of how they were learnt, and of the weights: its test compares it.
"""

KINDS = ({", ".join(f'"{kind}"' for kind in _KINDS)})

WEIGHTS = """
'''
_Examples = list[tuple[list[str], int]]


def lines(name: str) -> list[tuple[str, Risk]]:
    """The lines of one file in `tests/sealed`, each with what it is about."""
    rows = (SEALED / f"{name}.tsv").read_text("utf-8").splitlines()
    return [(text, Risk(wanted)) for text, wanted in (row.split("\t") for row in rows)]


def _examples(names: tuple[str, ...]) -> _Examples:
    """The known signs of each line with the number of its kind: as it was typed, and typed without marks."""
    read = [
        (signs_of(typed), _KINDS.index(kind))
        for name in names
        for text, kind in lines(name)
        for typed in dict.fromkeys((text.casefold(), without_marks(text.casefold())))
    ]
    seen = Counter(sign for signs, _ in read for sign in signs)
    return [(sorted(sign for sign in signs if seen[sign] >= 2 * _SEEN), kind) for signs, kind in read]


def _weights(examples: _Examples) -> dict[str, list[float]]:
    """Softmax regression by stochastic gradient descent, each weight with a step of its own (AdaGrad)."""
    kinds = range(len(_KINDS))
    weights = {sign: [0.0 for _ in kinds] for signs, _ in examples for sign in signs}
    moved = {sign: [0.01 for _ in kinds] for sign in weights}
    shuffle = Random(1).shuffle  # noqa: S311 - the same weights every time
    examples = [*examples]
    for _ in range(_ROUNDS):
        shuffle(examples)
        for signs, kind in examples:
            root = math.sqrt(max(len(signs), 1))
            rows = [(weights[sign], moved[sign]) for sign in signs]
            sums = [sum(weight[at] for weight, _ in rows) / root for at in kinds]
            powers = [math.exp(one - max(sums)) for one in sums]
            for at in kinds:
                wrong = powers[at] / sum(powers) - (at == kind)
                if abs(wrong) < _ENOUGH:
                    continue
                slope = wrong / root
                for weight, way in rows:
                    way[at] += slope * slope
                    weight[at] -= _STEP * slope / math.sqrt(way[at])
    return weights


def _module(examples: _Examples, weights: str) -> str:
    """The module with these weights. Its digest is of the signs of all lines, of this file, and of the weights."""
    told = "\n".join([Path(__file__).read_text("utf-8"), *(f"{kind} {' '.join(signs)}" for signs, kind in examples)])
    digest = hashlib.sha256(f"{told}\n{weights}".encode()).hexdigest()
    return f'{_HEAD}{weights}"""\n\nLEARNT_FROM = "{digest}"\n'


def learnt() -> str:
    """The module of weights as it has to be."""
    examples = _examples(LEARNT)
    weights = _weights(examples)
    rows = ((sign, [round(10 * one) for one in weights[sign]]) for sign in sorted(weights))
    return _module(examples, "".join(f"{sign} {' '.join(map(str, row))}\n" for sign, row in rows if any(row)))


def stands(module: str) -> bool:
    """Whether a module of weights was learnt from the lines as they are now, read and weighed as they are now."""
    weights = module.removeprefix(_HEAD).partition('"""')[0]
    return module == _module(_examples(LEARNT), weights)


if __name__ == "__main__":
    WEIGHTS.write_text(learnt(), "utf-8")
