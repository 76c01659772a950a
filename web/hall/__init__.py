"""The hall: a screen for the room, and the same for phones at home, both live."""
