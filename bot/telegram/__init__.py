"""Telegram, both directions. Nothing is imported here: aiogram takes a second and 70 MB, paid only where it serves."""
