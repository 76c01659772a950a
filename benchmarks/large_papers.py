"""How long papers of ten megabytes take, or are refused: `python -m benchmarks.large_papers`.

Each is read as the office's paper (its text, what kind it is, its facts), or refused with a sentence. Beside it stands
what a bare library needs for the text alone, in the same run: python-docx for Word files, lxml for pages. Ratios of one
run are compared, never times of two machines; ten seconds are allowed, whatever the file is. What twelve pages take of
memory is told of a process that does nothing else (150 MB are allowed), as Word and, where LibreOffice is, as its PDF.
"""

import io
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import docx
from lxml import etree

from bot.media.papers import text_of
from intake.rules.plan.paper_file import UnreadablePaperError
from intake.rules.plan.reading.reading import read_paper
from papers.pdf import office, pdf_of

_MEGABYTES = 10 * 1024 * 1024 - 64 * 1024
_ALLOWED = 10.0
_MEMORY = 150
_READS_ALONE = """
import re, sys
from pathlib import Path
from bot.media.papers import text_of
from intake.rules.plan.reading.reading import read_paper
def highest():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024
before = highest()
read_paper(text_of(Path(sys.argv[1]).read_bytes()))
print(before, highest())
"""
"""A process that reads one paper; it says what it took of memory before and at its highest, in MB.

The kernel's own figure: the one of `getrusage` begins with that of the process that started it.
"""
_TITLE = "KẾ HOẠCH\nTổ chức đối thoại giữa Chủ tịch UBND xã với Nhân dân năm 2026\n\n"
_LINE = "Thời gian: 8 giờ 00, ngày {day}/5/2026, tại Nhà văn hóa thôn Đông; thành phần: Nhân dân thôn Đông {salt}."


def lines(letters: int) -> str:
    """A paper of so many letters in which no line is another's."""
    made, size, dice = [_TITLE], 0, Random(1)
    while size < letters:
        line = _LINE.format(day=dice.randint(1, 31), salt=dice.getrandbits(64))
        size += len(line) + 1
        made.append(line)
    return "\n".join(made)


def word(text: str) -> bytes:
    """A Word file with a paragraph for each line."""
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    return saved(document)


def saved(document: "docx.document.Document") -> bytes:
    """The bytes of a Word file."""
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def with_picture(content: bytes) -> bytes:
    """The same file with ten megabytes of a picture in it, which nothing makes smaller."""
    written = io.BytesIO(content)
    with zipfile.ZipFile(written, "a") as kept:
        kept.writestr("word/media/image1.jpeg", Random(2).randbytes(_MEGABYTES - len(content)))
    return written.getvalue()


def bomb() -> bytes:
    """A Word file of some kilobytes that would unpack to a gigabyte."""
    written = io.BytesIO(word(_TITLE))
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as kept:
        kept.writestr("word/footnotes.xml", b"<w:x/>" + b" " * 300_000_000)
    return written.getvalue()


def by_python_docx(content: bytes) -> int:
    """The letters of a Word file as python-docx gives them, tables and all that is inserted left out."""
    return sum(len(one.text) for one in docx.Document(io.BytesIO(content)).paragraphs)


def by_lxml(content: bytes) -> int:
    """The letters of a page as lxml gives them."""
    return sum(map(len, etree.HTML(content, etree.HTMLParser(huge_tree=True)).itertext()))


def by_decoding(content: bytes) -> int:
    """The letters of a plain text."""
    return len(content.decode())


def timed(work: Callable[[bytes], object], content: bytes) -> tuple[float, str]:
    """Seconds, and what came of it: "read", or why it was refused."""
    begun = time.perf_counter()
    try:
        work(content)
    except UnreadablePaperError as refused:
        return time.perf_counter() - begun, f"refused: {refused.why.value}"
    return time.perf_counter() - begun, "read"


def memory_of(content: bytes) -> tuple[int, int]:
    """What a process of its own takes in MB: with everything loaded but the libraries of a kind, and at its highest."""
    with tempfile.NamedTemporaryFile() as kept:
        kept.write(content)
        kept.flush()
        root = Path(__file__).parent.parent
        command = [sys.executable, "-c", _READS_ALONE, kept.name]
        told = subprocess.run(command, check=True, capture_output=True, cwd=root, text=True)
    before, highest = told.stdout.split()
    return int(before), int(highest)


def main() -> None:
    """Print a line for each file; say so where one took longer than is allowed."""
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines(_MEGABYTES * 3 // 4).splitlines())
    small = word(lines(30_000))
    files: tuple[tuple[str, bytes, Callable[[bytes], object] | None], ...] = (
        ("Word, 12 pages", small, by_python_docx),
        ("Word, 12 pages and a picture of 10 MB", with_picture(small), by_python_docx),
        ("Word, 500 pages", word(lines(1_000_000)), by_python_docx),
        ("page of 10 MB", page.encode()[:_MEGABYTES], by_lxml),
        ("text of 10 MB", lines(_MEGABYTES * 3 // 4).encode()[:_MEGABYTES], by_decoding),
        ("noise of 10 MB", Random(3).randbytes(_MEGABYTES), None),
        ("zip bomb", bomb(), None),
    )
    slow = []
    for name, content, bare in files:
        seconds, outcome = timed(lambda sent: read_paper(text_of(sent)), content)
        beside = ""
        if bare is not None:
            alone, _ = timed(bare, content)
            beside = f"; the text alone by a bare library {alone:.2f} s: {seconds / alone:.1f} times that"
        print(f"{name} ({len(content) / 1e6:.1f} MB): {outcome} in {seconds:.2f} s{beside}")
        slow += [name] if seconds > _ALLOWED else []
    twelve = [("Word, 12 pages", small), *([("its PDF", pdf_of(small))] if office() else [])]
    for name, content in twelve:
        before, highest = memory_of(content)
        print(f"{name}: {highest} MB at its highest, {before} before it is opened; {_MEMORY} are allowed")
    print(f"longer than {_ALLOWED:.0f} s: {', '.join(slow) or 'none'}")


if __name__ == "__main__":
    main()
