"""Whether the tests run enough of the code: all of `intake`, lines and branches, and 95 % of everything together.

`make test LINES=all` calls it when the tests have left `coverage.json`: `python -m tests.support.coverage_gates`.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

LEFT_BY_THE_TESTS = Path("coverage.json")
FULL = "intake/"
LEAST_IN_ALL = 95.0

Report = Mapping[str, Any]
"""What slipcover writes: lines and branches that were run and that were not, of each file and of all."""


def main() -> int:
    try:
        report: Report = json.loads(LEFT_BY_THE_TESTS.read_text("utf-8"))
    except FileNotFoundError as trouble:
        sys.stderr.write(f"coverage: {trouble}; run `make test LINES=all` first\n")
        return 1
    mistakes = list(shortcomings(report))
    for line in mistakes:
        sys.stderr.write(f"coverage: {line}\n")
    if not mistakes:
        sys.stdout.write(f"coverage: intake 100 %, all {share(report):.1f} %\n")
    return 1 if mistakes else 0


def share(report: Report) -> float:
    """Lines and branches that were run, in percent of all; never rounded up to a round number."""
    totals = report["summary"]
    run = totals["covered_lines"] + totals.get("covered_branches", 0)
    wanted = run + totals["missing_lines"] + totals.get("missing_branches", 0)
    return 100.0 * run / wanted if wanted else 0.0


def shortcomings(report: Report) -> Iterable[str]:
    """One line for each thing that is missing; none when the gates are open."""
    files = {name.replace("\\", "/"): file for name, file in report["files"].items()}
    core = {name: file for name, file in files.items() if name.startswith(FULL)}
    if not core:
        yield f"nothing of {FULL} was measured"
    for name, file in sorted(core.items()):
        if file["missing_lines"]:
            yield f"{name}: lines {spans(file['missing_lines'])} never run"
        for start, end in file.get("missing_branches", ()):
            way = "the end" if end <= 0 else f"line {end}"
            yield f"{name}: the way from line {start} to {way} is never taken"
    if (in_all := share(report)) < LEAST_IN_ALL:
        yield f"{in_all:.2f} % in all, {LEAST_IN_ALL:g} % are wanted; most is missing in:"
        worst = sorted(files.items(), key=lambda item: -len(item[1]["missing_lines"]))[:10]
        for name, file in worst:
            if file["missing_lines"]:
                yield f"  {name}: lines {spans(file['missing_lines'])}"


def spans(lines: Iterable[int]) -> str:
    """`[3, 4, 5, 9]` → `3–5, 9`."""
    runs: list[list[int]] = []
    for line in sorted(lines):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ", ".join(str(start) if start == end else f"{start}–{end}" for start, end in runs)


if __name__ == "__main__":
    sys.exit(main())
