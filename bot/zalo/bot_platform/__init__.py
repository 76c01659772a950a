"""The Zalo Bot Platform: a small bot for trials and officials, fifty people at most; not for residents."""
