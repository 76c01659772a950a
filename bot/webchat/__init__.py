"""The web chat: a page of our own, the default network, which works with no token at all."""
