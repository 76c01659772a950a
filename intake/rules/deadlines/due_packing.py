"""A due date as plain JSON values and back, so that a stored clock can be explained again as computed."""

from datetime import date
from typing import Any

from intake.rules.plan.window import HalfDay, PlannedWindow, Precision

from .calendar import DayStatus
from .clock import ClockKind, Days, DayUnit, Direction, Due, RuleSource


def pack_due(due: Due) -> dict[str, Any]:
    """Turn a due date into what JSON can hold; `unpack_due` is the way back."""
    return {
        "kind": due.kind.value,
        "anchor": due.anchor.isoformat(),
        "window": None if due.window is None else _pack_window(due.window),
        "raw_on": due.raw_on.isoformat(),
        "due_on": due.due_on.isoformat(),
        "practical_on": due.practical_on.isoformat(),
        "days": due.days.number,
        "unit": due.days.unit.value,
        "direction": due.direction.value,
        "skipped": [[on.isoformat(), name] for on, name in due.skipped],
        "rolled_from": None if due.rolled_from is None else due.rolled_from.isoformat(),
        "source": due.days.source.value,
        "status": due.status.value,
    }


def unpack_due(packed: dict[str, Any]) -> Due:
    """Turn what `pack_due` made back into the due date."""
    window, rolled_from = packed["window"], packed["rolled_from"]
    return Due(
        kind=ClockKind(packed["kind"]),
        anchor=date.fromisoformat(packed["anchor"]),
        window=None if window is None else _unpack_window(window),
        raw_on=date.fromisoformat(packed["raw_on"]),
        due_on=date.fromisoformat(packed["due_on"]),
        practical_on=date.fromisoformat(packed["practical_on"]),
        days=Days(packed["days"], DayUnit(packed["unit"]), RuleSource(packed["source"])),
        direction=Direction(packed["direction"]),
        skipped=tuple((date.fromisoformat(on), name) for on, name in packed["skipped"]),
        rolled_from=None if rolled_from is None else date.fromisoformat(rolled_from),
        status=DayStatus(packed["status"]),
    )


def _pack_window(window: PlannedWindow) -> dict[str, Any]:
    return {
        "earliest": window.earliest.isoformat(),
        "latest": window.latest.isoformat(),
        "precision": window.precision.value,
        "half": None if window.half is None else window.half.value,
    }


def _unpack_window(packed: dict[str, Any]) -> PlannedWindow:
    return PlannedWindow(
        earliest=date.fromisoformat(packed["earliest"]),
        latest=date.fromisoformat(packed["latest"]),
        precision=Precision(packed["precision"]),
        half=None if packed["half"] is None else HalfDay(packed["half"]),
    )
