"""What stands in each document, in words: a module a kind, all listed in `registry`."""
