"""The gate that keeps the tests complete has to close."""

import pytest

from tests.support.coverage_gates import share, shortcomings, spans


def report(files: dict[str, tuple[list[int], list[list[int]]]], covered: int, wanted: int) -> dict:
    return {
        "files": {
            name: {"missing_lines": lines, "missing_branches": branches} for name, (lines, branches) in files.items()
        },
        "summary": {
            "covered_lines": covered,
            "missing_lines": wanted - covered,
            "covered_branches": 0,
            "missing_branches": 0,
        },
    }


def test_the_gates_are_open_when_all_of_intake_and_enough_of_the_rest_were_run():
    assert list(shortcomings(report({"intake/a.py": ([], []), "bot/b.py": ([7], [])}, 95, 100))) == []


def test_one_line_or_one_way_of_intake_is_enough_to_close_them():
    found = list(shortcomings(report({"intake/a.py": ([3, 4, 5, 9], [[2, 6], [8, 0]])}, 9999, 10000)))

    assert found == [
        "intake/a.py: lines 3–5, 9 never run",
        "intake/a.py: the way from line 2 to line 6 is never taken",
        "intake/a.py: the way from line 8 to the end is never taken",
    ]


def test_a_hair_below_95_in_all_is_below():
    found = list(shortcomings(report({"intake/a.py": ([], []), "bot/b.py": ([1, 2], [])}, 94999, 100000)))

    assert found == ["95.00 % in all, 95 % are wanted; most is missing in:", "  bot/b.py: lines 1–2"]


def test_nothing_measured_is_not_enough():
    assert next(iter(shortcomings(report({}, 0, 0)))) == "nothing of intake/ was measured"
    assert share(report({}, 0, 0)) == 0.0


@pytest.mark.parametrize(("lines", "said"), [([], ""), ([4], "4"), ([9, 1, 2], "1–2, 9")])
def test_lines_are_told_in_spans(lines, said):
    assert spans(lines) == said
