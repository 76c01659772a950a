"""A DOCX as LibreOffice prints it: in a process and a folder of its own, behind everybody else, within a time.

LibreOffice ends with status 0 when it failed, and loses one of three documents that share a profile: so each call has
its own profile, and what counts is the new file.
"""

import io
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

NAMES = ("soffice", "libreoffice")
SECONDS = 240
"""For one document: one takes a second or two, but stands behind everybody else on a machine that is busy."""
NICENESS = 14
"""So far behind whoever writes to us stands what makes documents; further, and a busy machine would never get to it."""


class NoOfficeError(Exception):
    """There is no LibreOffice, or it made nothing of the document in time."""


class NotInTimeError(NoOfficeError):
    """LibreOffice was not done in time, which says nothing of the document."""


def office() -> str | None:
    """Where LibreOffice is; None where it is not."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def pdf_of(docx: bytes) -> bytes:
    """The document as PDF. Raises `NoOfficeError`."""
    return pdfs_of([docx])[0]


def pdfs_of(documents: list[bytes]) -> list[bytes]:
    """Several in one go, which costs a fifth of one by one. Raises `NoOfficeError` unless all are made."""
    program = office()
    if program is None:
        raise NoOfficeError("LibreOffice is not on this machine")
    with tempfile.TemporaryDirectory(prefix="doithoai-paper-") as name:
        folder = Path(name)
        files = [folder / f"{number:04}.docx" for number in range(len(documents))]
        for file, content in zip(files, documents, strict=True):
            file.write_bytes(content)
        converted(program, folder, files, "pdf", SECONDS + len(files))
        made = [file.with_suffix(".pdf") for file in files]
        if not all(file.exists() and file.stat().st_size for file in made):
            raise NoOfficeError("LibreOffice made nothing of the document")
        return [file.read_bytes() for file in made]


def one_after_the_other(files: list[bytes]) -> bytes:
    """The pages of all of them in one file."""
    from pypdfium2 import PdfDocument  # 4 MiB: only where documents are put together

    whole = PdfDocument.new()
    for content in files:
        whole.import_pages(PdfDocument(content))
    written = io.BytesIO()
    whole.save(written)
    return written.getvalue()


def converted(
    program: str, folder: Path, files: list[Path], into: str, seconds: float, niceness: int = NICENESS
) -> None:
    """Let LibreOffice write files anew beside them, with its profile in their folder.

    What counts is whether the new ones are there. Raises `NotInTimeError` where it took longer than `seconds`.
    """
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        into,
        "--outdir",
        str(folder),
        *map(str, files),
    ]
    own = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    # whoever tells this process to stop is heard once there is somebody to be ended: it inherits that, and minds no
    # SIGTERM, only the SIGKILL below
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    running = subprocess.Popen(  # noqa: S603 - the program is the one that was found, the files are ours
        command,
        env=own,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        process_group=0,  # no session: where Linux shares out time by sessions, a new one has as much as all others
    )
    try:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)
        # never before this process, which only an administrator may
        os.setpriority(os.PRIO_PGRP, running.pid, max(niceness, os.getpriority(os.PRIO_PROCESS, 0)))
        running.wait(seconds)
    except BaseException as cut_off:  # also where this process is told to stop
        os.killpg(running.pid, signal.SIGKILL)  # its children too, which hold the pipes and the memory
        running.wait()
        if isinstance(cut_off, subprocess.TimeoutExpired):
            raise NotInTimeError("LibreOffice took too long") from None
        raise
