"""What a machine says that cannot do its part: a full disk, a database that only reads or does not answer."""

import errno
import sys

_DISK_FULL, _READ_ONLY = "53100", "25006"
"""SQL states of PostgreSQL."""
DISK_FULL, READ_ONLY = "the disk is full", "the database is read-only"
_NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE")
"""Names of SQLite's errors; the second is that of a database nobody has open, and says "disk I/O error"."""
_FULL = frozenset((errno.ENOSPC, errno.EDQUOT))
_CLOSED = frozenset((errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG, errno.ENOTDIR, errno.ELOOP, errno.EIO))
"""Looking at a path or opening it is not possible, for this login or at all."""


def unwritten(failure: BaseException) -> str:
    """Why nothing could be written, where the machine says so: one of two sentences; else the empty string."""
    origin = getattr(failure, "orig", None) or failure
    said, state = str(origin).lower(), getattr(origin, "sqlstate", None)
    if getattr(origin, "sqlite_errorname", "") in _NO_ROOM:
        return DISK_FULL
    if state == _DISK_FULL or getattr(origin, "errno", None) in _FULL or "disk is full" in said:
        return DISK_FULL
    if state == _READ_ONLY or "readonly" in said:
        return READ_ONLY
    return ""


def of_the_machine(failure: Exception) -> str:
    """A sentence for what is nobody's slip and no fault of the code; the empty string for everything else."""
    if isinstance(failure, OSError) and failure.errno in _FULL:
        return f"{DISK_FULL}: {failure.filename}" if failure.filename else DISK_FULL
    if isinstance(failure, OSError) and failure.errno in _CLOSED and failure.filename:
        return f"{failure.filename}: {failure.strerror}"
    if "sqlalchemy" not in sys.modules:  # looking a date up loads none of it
        return ""
    from sqlalchemy.exc import DBAPIError, OperationalError

    if not isinstance(failure, DBAPIError):
        return ""
    if sentence := unwritten(failure):
        return sentence
    return f"the database cannot be used: {in_one_line(failure)}" if isinstance(failure, OperationalError) else ""


def in_one_line(failure: Exception) -> str:
    """The database's own words in one line, without the statement and its values."""
    origin = getattr(failure, "orig", None) or failure
    said = getattr(origin, "strerror", None) or str(origin)
    return said.splitlines()[0] if said else type(origin).__name__
