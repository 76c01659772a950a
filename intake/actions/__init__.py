"""What the office does: one use case a module. An action takes an open unit of work and never commits it."""
