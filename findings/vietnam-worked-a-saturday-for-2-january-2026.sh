#!/usr/bin/env bash
# holidays 0.109 (the newest there is): Vietnam's exchange of working days of January 2026 is missing, and workalendar 17.0.0 has no Vietnam.
#
# Offices were closed on Friday 2 January 2026 and worked on Saturday 10 January for it (letter 12729/VPCP-KGVX of the Government
# Office, 25 December 2025). The library has the exchange of August of the same year (Monday 31 for Saturday 22), so the exchanges of
# a year cannot be taken as complete because one of them is there. An exchange that is decreed eight days before reaches no library
# in time.
#
# Where it bites: a reply that is due within 5 working days of 29 December 2025 is due on Tuesday 6 January by the library, and on
# Wednesday 7 January in the office, since both 1 and 2 January were days off.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet holidays==0.109 workalendar==17.0.0
"$folder/env/bin/python" - <<'PY'
from datetime import date

import holidays
import workalendar.asia

days = holidays.country_holidays("VN", years=[2025, 2026])
print("holidays", holidays.__version__)
for on, why in (
    (date(2026, 1, 2), "day off in offices"),
    (date(2026, 1, 10), "Saturday that was worked for it"),
    (date(2026, 8, 31), "day off in offices"),
    (date(2026, 8, 22), "Saturday that was worked for it"),
):
    print(on, f"({why}):", "worked" if days.is_working_day(on) else "off")
assert days.is_working_day(date(2026, 1, 2)), "changed: 2 January 2026 is a day off"
assert not days.is_working_day(date(2026, 1, 10)), "changed: 10 January 2026 is worked"
assert not days.is_working_day(date(2026, 8, 31)), "changed: the exchange of August is gone"
assert days.is_working_day(date(2026, 8, 22)), "changed: the exchange of August is gone"
due = days.get_nth_working_day(date(2025, 12, 29), 5)
print("5 working days after 29 December 2025:", due)
assert due == date(2026, 1, 6), f"changed: {due}"
print("workalendar knows Vietnam:", hasattr(workalendar.asia, "Vietnam"))
assert not hasattr(workalendar.asia, "Vietnam"), "changed: workalendar has Vietnam"
PY
