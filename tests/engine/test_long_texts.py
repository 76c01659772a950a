"""Whatever a stranger types, however long, is read at once: the process that reads it answers nobody meanwhile."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator

import pytest

import handlers
import intake
import wording

LONG = 2_500
"""Signs of one message: more than a pattern that can read them in two ways gets through in a lifetime."""
REPEATED = (
    *("số ", "mã số: ", "câu hỏi ", "a", "0", "(", " ", "x  ", ". ", "- ", ": ", "1. x\n", "0o", "a@"),
    *("VĂN PHÒNG ", "Nguyễn Văn An, ", "chủ tịch uỷ ban ", "ông ", "25/4/2024 ", "8 giờ 30 ", "thứ hai tuần sau "),
    *("ĐT: 0905 123 456\n", "DL-2024-0001 ", "khoản 1 Điều 2 ", "2 triệu đồng ", "con tôi bị đánh "),
)
Reader = Callable[[str], object]


def readers() -> Iterator[tuple[str, Reader]]:
    """Everything that is handed one text and nothing else."""
    for house in (intake, handlers, wording):
        for found in pkgutil.walk_packages(house.__path__, f"{house.__name__}."):
            module = importlib.import_module(found.name)
            for name, made in inspect.getmembers(module, inspect.isfunction):
                if made.__module__ != found.name or inspect.iscoroutinefunction(made):
                    continue
                asked = [one for one in inspect.signature(made).parameters.values() if one.default is one.empty]
                if len(asked) == 1 and asked[0].annotation in (str, "str") and not asked[0].kind.name.startswith("VAR"):
                    yield f"{found.name}.{name}", made


READERS = dict(readers())


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", REPEATED)
def test_a_long_text_is_read_at_once_by_everything_that_reads_one(piece: str) -> None:
    """A pattern that can take a text in many ways never ends; the limit of time names it."""
    text = (piece * LONG)[:LONG]
    for read in READERS.values():
        try:
            said = read(text)
            if inspect.isgenerator(said):
                list(said)
        except Exception:  # noqa: BLE001, S110 - what is refused was read
            pass


def test_what_people_type_is_among_what_is_tried() -> None:
    assert {
        "handlers.wiring._names_question",
        "intake.actions.people.enrol.clean_name",
        "intake.rules.questions.reference.bare_reference",
        "intake.rules.people.phone.numbers_in",
    } <= set(READERS)
