"""What is asked of the database and written into it, a room a subject; a class for each port of `intake.ports`.

What a port's method means is said in the port. The classes that no port knows (`RelayRows`, `FanOutRows` and others)
are for `bot` alone.
"""
