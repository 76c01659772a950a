"""How long what nobody needs any more of people is kept, by kind (LAW C5: no longer than its purpose)."""

from datetime import timedelta

COPIES_KEPT = timedelta(days=30)
"""Files of a copy of one's own data: as long as the link that leads to one of them works."""
