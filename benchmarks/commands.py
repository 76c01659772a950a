"""How quickly the commands answer that scripts ask in loops, beside a Python that does nothing.

Run as `python -m benchmarks.commands [times]`. Processor time is the median of a few runs, so that other work on the
machine counts little; it fails when a command needs more than `MOST` times the time of the empty Python.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

TIMES = 7
MOST = 60
COMMANDS = (("clock", "reply", "2024-04-25"), ("language",))


def seconds_of(*command: str) -> float:
    """Processor seconds of one run; its input is a line of a resident."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DOITHOAI_")}
    with tempfile.TemporaryDirectory() as folder:
        environment["DOITHOAI_DATA_DIR"] = str(Path(folder) / "none")
        subprocess.run(command, input="Đường xóm tôi hỏng", capture_output=True, text=True, check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def median_of(times: int, *command: str) -> float:
    """The median of some runs."""
    return statistics.median(seconds_of(*command) for _ in range(times))


def main() -> None:
    """Measure and print; exit status 1 when a command became slow."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    empty = median_of(times, sys.executable, "-c", "pass")
    table = Table("command", "seconds", "times an empty Python", title="commands that need no database")
    ratios = []
    for words in COMMANDS:
        taken = median_of(times, str(Path(sys.executable).with_name("doithoai")), *words)
        ratios.append(taken / empty)
        table.add_row(" ".join(words), f"{taken:.2f}", f"{ratios[-1]:.0f}")
    Console().print(table)
    sys.exit(max(ratios) > MOST)


if __name__ == "__main__":
    main()
