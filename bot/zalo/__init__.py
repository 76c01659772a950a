"""Zalo, both directions: the Official Account in `account/`, a bot in `bot_platform/`, and here what both share."""
