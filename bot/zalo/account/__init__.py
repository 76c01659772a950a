"""The Official Account: events in through its webhook, letters out through its API, with tokens that renew."""
