"""How long documents take: `python benchmarks/papers.py`.

Minutes with 500 questions; a list of 5,000 rows beside python-docx's own `add_row` for as many; whether ten times the
rows take more than eleven times as long; and a hundred answer slips printed by LibreOffice beside one, where it is.
Ratios of one run are compared, never times of two machines.
"""

import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from docx import Document

from intake.rules.papers.kinds import PaperKind
from papers.docx import docx_of
from papers.pdf import office, pdfs_of
from tests.support.paper_facts import ordinary
from wording.papers.registry import worded

CODE = "vinh-bao-2026"
TURNS = 7
OWN_ROWS = 1000
"""So many rows `add_row` is timed for; its time for more is no less a row."""


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def by_turns(*works: Callable[[], object]) -> list[float]:
    """The median of several times of each, in processor time, taken by turns: what else goes on strikes all alike."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(TURNS):
        for work, took in zip(works, times, strict=True):
            begun = time.process_time()
            work()
            took.append(time.process_time() - begun)
    return [statistics.median(took) for took in times]


def minutes(count: int) -> Callable[[], bytes]:
    facts = ordinary(CODE)
    asked = (facts.meeting.questions * (count // len(facts.meeting.questions) + 1))[:count]
    return lambda: docx_of(
        worded(PaperKind.MINUTES, replace(facts, about_meeting=replace(facts.meeting, questions=asked)))
    )


def speakers(count: int) -> Callable[[], bytes]:
    facts = ordinary(CODE)
    listed = (facts.meeting.speakers * (count // len(facts.meeting.speakers) + 1))[:count]
    return lambda: docx_of(
        worded(PaperKind.SPEAKERS, replace(facts, about_meeting=replace(facts.meeting, speakers=listed)))
    )


def by_add_row(count: int) -> None:
    facts = ordinary(CODE)
    rows = (facts.meeting.speakers * (count // len(facts.meeting.speakers) + 1))[:count]
    document = Document()
    table = document.add_table(rows=0, cols=4)
    for one in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, (str(one.number), one.name, one.place, one.content), strict=True):
            cell.text = text


def slips(count: int) -> list[bytes]:
    facts = ordinary(CODE)
    asked = [replace(facts.question, reference=f"VB-2026-{number:04}") for number in range(1, count + 1)]
    return [docx_of(worded(PaperKind.ANSWER_SLIP, replace(facts, about_question=one))) for one in asked]


def main() -> None:
    docx_of(worded(PaperKind.PLAN, ordinary(CODE)))  # what is made once a process
    print(f"minutes with 500 questions: {timed(minutes(500)):.2f} s")
    ours, theirs = timed(speakers(5000)), timed(lambda: by_add_row(OWN_ROWS)) * 5000 / OWN_ROWS
    print(f"5,000 rows: {ours:.2f} s, by add_row {theirs:.1f} s: {ours / theirs:.3f} of it (at most 0.25)")
    small, large = by_turns(speakers(1000), speakers(10_000))
    print(f"1,000 -> 10,000 rows: {large / small:.1f} times as long (at most 11)")
    if office() is not None:
        made = slips(100)
        one, all_of_them = timed(lambda: pdfs_of(made[:1])), timed(lambda: pdfs_of(made))
        print(f"100 answer slips printed in one go: {all_of_them:.1f} s, {all_of_them / one:.1f} times as long as one")
    print(f"memory at its highest: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
