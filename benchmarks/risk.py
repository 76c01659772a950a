"""How long a text is read for risk, beside folding it (case, marks, signs): `python -m benchmarks.risk`.

Reads the lines nothing was learnt from, as they are and as letters of twenty, several times; the quickest round counts.
"""

from collections.abc import Callable
from time import process_time

from intake.rules.sealed.risk import risk_of
from intake.rules.text import fold
from tests.support.learn_risk import lines

_ROUNDS = 5
_LETTER = 20


def _each(read: Callable[[str], object], texts: list[str]) -> float:
    """Milliseconds of processor time a text, of the quickest of some rounds."""
    rounds = []
    for _ in range(_ROUNDS):
        began = process_time()
        for text in texts:
            read(text)
        rounds.append(process_time() - began)
    return 1000 * min(rounds) / len(texts)


def main() -> None:
    """Print the time of a line and of a letter, and how many times folding each is."""
    told = [text for name in ("risk_persons_held_out", "risk_first_reading") for text, _ in lines(name)]
    letters = ["\n".join(told[at : at + _LETTER]) for at in range(0, len(told), _LETTER)]
    risk_of(told[0])  # phrases and weights are read once in a process
    for name, texts in (("a line", told), (f"a letter of {_LETTER} lines", letters)):
        ours, folding = _each(risk_of, texts), _each(fold, texts)
        print(f"{name}: {ours:.2f} ms, {ours / folding:.0f} times folding it")


if __name__ == "__main__":
    main()
