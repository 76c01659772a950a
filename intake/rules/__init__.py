"""The nouns of a dialogue and the rules they obey: pure, no input or output, no clock of their own."""
