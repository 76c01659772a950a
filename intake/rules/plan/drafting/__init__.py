"""From what a paper says to a plan's profile: nothing in it that the paper does not say, and questions for the rest."""
