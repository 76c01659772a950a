"""How near drafts come to profiles written by hand; `python -m benchmarks.drafting FOLDER` with the plans' documents.

A document belongs to the profile in `plans/` whose unit and year it has. Compared is what both can say: a profile's
topics and practices are a person's reading, which no draft attempts; duties are named more finely there.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.media.papers import text_of
from bot.plan_files import read_profile, shipped_profiles
from intake.rules.plan.drafting.draft import code_of, draft_of, home_of
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.reading.reading import read_paper
from intake.rules.plan.window import window_text
from intake.rules.text import as_one_name
from wording.drafts import remark


def facts(profile: PlanProfile) -> dict[str, Any]:
    """What is compared of a profile, by field; None for what it does not state."""
    plan, clocks = profile.plan, profile.clocks
    registration = profile.registration
    return {
        "unit": None if profile.home.name == "xã" else profile.home.name,
        "title": plan.title,
        "year": plan.year,
        "period": plan.period,
        "layout": plan.layout,
        "issuer": plan.issuer,
        "number": plan.number,
        "issued_on": plan.issued_on,
        "place": plan.place,
        "hosts": sorted(host.title for host in profile.hosts),
        "concludes": profile.concluding_host and profile.concluding_host.title,
        "bases": sorted(basis.number or basis.kind for basis in profile.bases),
        "windows": [window_text(session.window) for session in profile.sessions],
        "finish_before": [session.finish_before for session in profile.sessions],
        "readings": [[window_text(one.window) for one in session.readings] for session in profile.sessions],
        "venues": [session.venue for session in profile.sessions],
        "coverage": [session.coverage for session in profile.sessions],
        "hamlets": sorted(line.name for line in profile.hamlets),
        "host_hamlets": [session.host_hamlet is not None for session in profile.sessions],
        "notice": clocks.notice and clocks.notice.days,
        "preparation": clocks.preparation and clocks.preparation.working_days,
        "reply": clocks.reply and clocks.reply.days,
        "registration": registration and registration.mode,
        "quotas": profile.quotas,
        "seats": sorted((line.seat, line.count) for line in profile.seats),
        "fixed_dates": sorted({line.before for line in clocks.fixed_dates}),
        "report_every": clocks.periodic_report and clocks.periodic_report.every,
    }


def compare(wanted: dict[str, Any], drafted: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each field with what became of it."""
    for field, value in wanted.items():
        got = drafted[field]
        if _plain(value) == _plain(got):
            yield field, "right" if value else "absent"
        elif not value:
            yield field, "invented"
        else:
            yield field, "wrong" if got else "missed"


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return as_one_name(value) if isinstance(value, str) else value


def main() -> None:
    """Print a line for each field that differs, then the counts."""
    by_hand = {(profile.home.code, profile.plan.year): profile for profile in map(read_profile, shipped_profiles())}
    counts: Counter[str] = Counter()
    for path in sorted(Path(sys.argv[1]).iterdir()):
        reading = read_paper(text_of(path.read_bytes()))
        home = home_of(reading)
        draft = draft_of(reading, home, code=code_of(reading, home), say=remark).profile
        wanted = by_hand.get((home.code, draft.plan.year)) or _same_year(list(by_hand.values()), draft)
        for field, outcome in compare(facts(wanted), facts(draft)):
            counts[outcome] += 1
            if outcome not in {"right", "absent"}:
                print(f"{wanted.code}: {field} {outcome}: {facts(wanted)[field]!r} drafted as {facts(draft)[field]!r}")
    total = sum(counts.values())
    print(", ".join(f"{outcome} {count}" for outcome, count in counts.items()))
    print(f"{(counts['right'] + counts['absent']) / total:.1%} of {total} as by hand, {counts['invented']} invented")


def _same_year(profiles: list[PlanProfile], draft: PlanProfile) -> PlanProfile:
    """The profile of a plan that does not name its unit: the one of its year and period."""
    wanted = (draft.plan.year, draft.plan.period)
    return next(one for one in profiles if (one.plan.year, one.plan.period) == wanted)


if __name__ == "__main__":
    main()
