"""Weigh the words of danger by the lines we wrote: `python -m tests.support.learn_risk` (decision 0029).

Reads the lines that may be learnt from (`LEARNT` in `tests/sealed`), writes `intake/rules/sealed/risk_weights.py`.
The lines of `risk_held_out.tsv`, `risk_fresh.tsv` and `risk_unlearnt.tsv` are never learnt from: they are measured.
"""

import math
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from intake.rules.sealed.risk import Risk, signs

SEALED = Path(__file__).parents[1] / "sealed"
WEIGHTS = Path(__file__).parents[2] / "intake" / "rules" / "sealed" / "risk_weights.py"
LEARNT = ("risk_cases", "risk_development", "risk_worked_with", "risk_dangers", "risk_learnt")
_COMMAND = "python -m tests.support.learn_risk"
_HEAD = f'''"""How much a sign speaks of danger, and of violence or despair rather than an accident (decision 0029).

Learnt from the lines in `tests/sealed`; do not edit, run `{_COMMAND}`.
A line is a sign (a word, or two that follow each other, without marks; a word with its marks), then how much more often
it stands in lines of danger than in ordinary ones, then how much more often in lines of violence or despair than in
lines of emergencies: both in tenths of a natural logarithm.
"""

WEIGHTS = """
'''


def lines(name: str) -> list[tuple[str, Risk]]:
    """The lines of one file in `tests/sealed`, each with what it is about."""
    rows = (SEALED / f"{name}.tsv").read_text("utf-8").splitlines()
    return [(text, Risk(wanted)) for text, wanted in (row.split("\t") for row in rows)]


def _counted(texts: Iterable[str]) -> tuple[Counter[str], int]:
    all_signs = [signs(text) for text in texts]
    return Counter(sign for some in all_signs for sign in some), len(all_signs)


def _weights(more: Iterable[str], less: Iterable[str], known: Iterable[str]) -> dict[str, int]:
    """Log-odds of each sign between two heaps of lines, one half added to each count."""
    (there, lines_there), (here, lines_here) = _counted(more), _counted(less)
    return {
        sign: round(10 * math.log((there[sign] + 0.5) / (lines_there + 1) / ((here[sign] + 0.5) / (lines_here + 1))))
        for sign in known
    }


def learnt() -> str:
    """The module of weights as it has to be. A sign that stands in one line only says nothing."""
    rows = [row for name in LEARNT for row in lines(name)]
    harm = [text for text, risk in rows if risk is Risk.SELF_HARM_OR_VIOLENCE]
    emergency = [text for text, risk in rows if risk is Risk.EMERGENCY]
    ordinary = [text for text, risk in rows if risk is Risk.ORDINARY]
    counted, _ = _counted([*harm, *emergency, *ordinary])
    known = sorted(sign for sign, times in counted.items() if times > 1)
    danger, rather = _weights([*harm, *emergency], ordinary, known), _weights(harm, emergency, known)
    return _HEAD + "".join(f"{sign} {danger[sign]} {rather[sign]}\n" for sign in known) + '"""\n'


if __name__ == "__main__":
    WEIGHTS.write_text(learnt(), "utf-8")
