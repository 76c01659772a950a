"""A stand-in for Zalo, of our own, for tests and trials: as strict as what is publicly known of the platform.

It knows nothing of the product and the product knows nothing of it: they meet over HTTP, as with the real one.
"""
