"""Zalo's Official Account, both directions. Nothing is imported here: what it needs is paid only where it serves."""
