"""How well papers are read: right, rightly absent, invented, missed, wrong; `python -m benchmarks.reading [FOLDER…]`.

A folder holds papers (`NAME.txt`) and the truth beside each (`NAME.json`). A field that the truth does not name is
not counted, null is a fact that the paper does not state. Without folders those of the tree are read: `seen`,
which the rules were written by, `unseen` and later `fresh`, each read once before any rule was mended by it. At that
first reading 97.1 % of the 175 facts of `unseen` were right and none was invented (heads 96.4 %); what the sets of
`fresh` came to stands in docs/performance.md, 76.2 to 98.9 % (heads 71.1 to 100 %).
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from intake.rules.plan.reading.reading import phrases, read_paper
from intake.rules.text import fold
from wording.drafts import reading_json

_PAPERS = Path(__file__).parent.parent / "tests" / "plan" / "papers"
_HEADS = ("paper", "unit", "issuer", "number", "issued_on", "period", "hosts", "window", "venue")
_OUTCOMES = ("right", "absent", "invented", "missed", "wrong")


def compare(truth: dict[str, Any], reading: dict[str, Any]) -> Iterator[tuple[str, str, Any, Any]]:
    """Each field of a truth with what became of it, what was expected and what was read."""
    yield _one("paper", truth["paper"], reading["paper"])
    for field in (
        "layout",
        "issuer",
        "unit",
        "year",
        "period",
        "number",
        "issued_on",
        "notice",
        "preparation",
        "reply",
        "results",
    ):
        if field in truth:
            yield _one(field, truth[field], _value(reading[field]))
    if "opinions" in truth:
        yield _one(
            "opinions", *(one and [one.get("from"), one.get("to")] for one in (truth["opinions"], reading["opinions"]))
        )
    if truth.get("level"):
        yield _one("level", truth["level"], (reading["unit"] or {}).get("level"))
    if "registration" in truth:
        wanted = truth["registration"]
        yield _one(
            "registration",
            wanted and wanted.get("until"),
            _value(reading["registration"], "until") if wanted else _value(reading["registration"]),
        )
    for field, key in (
        ("hosts", "title"),
        ("bases", "number"),
        ("contradictions", "about"),
        ("fixed_dates", "date"),
        ("recipients", "who"),
    ):
        if field in truth:
            yield from _lists(
                field, truth[field], [one.get(key) or f"{one.get('kind')} {one.get('name')}" for one in reading[field]]
            )
    if "quotas" in truth:
        wanted = [f"{quota['number']} {quota['per'] or ''}" for quota in truth["quotas"]]
        yield from _lists(
            "quotas", wanted, [f"{quota['number']} {quota.get('per') or ''}" for quota in reading["quotas"]]
        )
    yield from _work(truth, reading)
    for name, count in truth.get("outcome", {}).items():
        yield _one("outcome", count, _value((reading["outcome"] or {}).get(name)))
    yield from _meetings(truth.get("meetings", []), reading["meetings"])


def _work(truth: dict[str, Any], reading: dict[str, Any]) -> Iterator[tuple[str, str, Any, Any]]:
    for field, name in (("duties", "{task} {lead}"), ("supervision", "{who}"), ("programme", "{step}")):
        if field in truth:
            yield from _lists(field, truth[field], [name.format(**one) for one in reading[field]])


def _meetings(wanted: list[dict[str, Any]], read: list[dict[str, Any]]) -> Iterator[tuple[str, str, Any, Any]]:
    for place in range(max(len(wanted), len(read))):
        if place >= len(wanted):
            yield "window", "invented", None, read[place].get("window")
            continue
        if place >= len(read):
            yield "window", "missed", wanted[place], None
            continue
        one, other = wanted[place], read[place]
        window = other.get("window") or {}
        yield _one(
            "window",
            [one["from"], one["to"], one["precision"]],
            [window.get("from"), window.get("to"), window.get("precision")],
        )
        for field in ("time", "venue", "form", "status"):
            if field in one:
                yield _one(field, one[field], other.get(field))
        if "units" in one:
            yield from _lists("units", one["units"], other["units"])
        if "audience_kind" in one:
            yield _one("audience", one["audience_kind"], next(iter(other.get("audience_kinds", [])), None))


def _lists(field: str, wanted: list[Any], read: list[Any]) -> Iterator[tuple[str, str, Any, Any]]:
    left = [_plain(one) for one in read]
    for one in wanted:
        if _plain(one) in left:
            left.remove(_plain(one))
            yield field, "right", one, one
        else:
            yield field, "missed", one, read
    for one in left:
        yield field, "invented", None, one
    if not wanted and not read:
        yield field, "absent", None, None


def _one(field: str, wanted: Any, read: Any) -> tuple[str, str, Any, Any]:
    if wanted is None:
        return field, "absent" if read is None else "invented", wanted, read
    if read is None:
        return field, "missed", wanted, read
    return field, "right" if _plain(wanted) == _plain(read) else "wrong", wanted, read


def _plain(value: Any) -> Any:
    return fold(value).replace("uy ban nhan dan", "ubnd") if isinstance(value, str) else value


def _value(fact: dict[str, Any] | None, key: str = "value") -> Any:
    return fact.get(key) if fact else None


def main() -> None:
    """Print a line for each field that is not as it should be, then the table."""
    folders = [Path(name) for name in sys.argv[1:]] or [_PAPERS / name for name in ("seen", "unseen", "fresh")]
    for folder in folders:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        papers = sorted(folder.glob("*.txt"))
        for paper in papers:
            text = paper.read_text(encoding="utf-8")
            reading = reading_json(read_paper(text))
            for field, outcome, wanted, read in compare(
                json.loads(paper.with_suffix(".json").read_text(encoding="utf-8")), reading
            ):
                counts[field][outcome] += 1
                if outcome not in {"right", "absent"}:
                    print(f"{paper.stem}: {field} {outcome}: {wanted!r} read as {read!r}")
            flat = " ".join(text.split())
            for phrase in phrases(reading):
                if phrase not in flat:
                    print(f"{paper.stem}: no words of the paper: {phrase!r}")
        _table(folder.name, len(papers), counts)


def _table(name: str, papers: int, counts: dict[str, Counter[str]]) -> None:
    print(f"\n{name}: {papers} papers\n{'field':16}" + "".join(f"{outcome:>10}" for outcome in _OUTCOMES))
    for field, outcomes in counts.items():
        print(f"{field:16}" + "".join(f"{outcomes[outcome]:10}" for outcome in _OUTCOMES))
    for title, fields in (("all", tuple(counts)), ("heads", _HEADS)):
        together: Counter[str] = sum((counts[field] for field in fields if field in counts), Counter())
        said = sum(together.values()) or 1
        good = together["right"] + together["absent"]
        print(f"{title}: {good / said:.1%} of {said} right, {together['invented'] / said:.1%} invented")


if __name__ == "__main__":
    main()
