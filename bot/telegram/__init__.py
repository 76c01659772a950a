"""Telegram, both directions. Nothing is imported here: aiogram takes seconds and 170 MB, paid only where it serves."""
