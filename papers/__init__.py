"""Documents as files: what `intake.rules.papers` says stands in one, laid out as the State or the Party wants it."""
