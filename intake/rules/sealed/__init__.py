"""What is dangerous to somebody: recognised here, asked about, never decided by a machine."""
