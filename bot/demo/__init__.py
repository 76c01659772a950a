"""The demonstration: five plans, invented people, a clock to move. Nothing here is reachable outside `run --demo`."""
