"""Sheets that people send with a form: read by their content, whatever the file is called."""

from datetime import date
from io import BytesIO
from unicodedata import normalize

import pytest
from fastapi import FastAPI, Request
from httpx import ASGITransport, AsyncClient

from intake.rules.errors import RuleBroken
from web.forms import LONGEST_FIELD, LONGEST_WITH_FILE, read_form
from web.spreadsheets import MOST_ROWS, read_sheet


def sheet(*rows: list[object]) -> bytes:
    """An XLSX as an office would save it."""
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"})
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def test_a_sheet_is_read_as_people_read_it() -> None:
    read = read_sheet(
        sheet(["STT", "Họ và tên", "Số"], [], [1, " Nguyễn  Thị Mai ", 912345678], [2, True, date(2024, 4, 25)])
    )

    assert read == [["STT", "Họ và tên", "Số"], ["1", "Nguyễn Thị Mai", "0912345678"], ["2", "True", "25/04/2024"]]


NAME, TYPED = "Nguyễn Thị Mai", "Nguyễn Thị \u202eMai\u2066\x07"


def test_a_name_is_read_as_it_was_meant_however_the_sheet_has_it() -> None:
    """Letters in pieces, as a Mac writes them, and signs that turn the line round, as they come along from a page."""
    in_pieces = normalize("NFD", TYPED)
    as_text = f"Họ tên;Số\n{in_pieces};0912".encode()

    assert read_sheet(sheet(["Họ tên"], [in_pieces.replace("\x07", "")]))[1] == [NAME]
    assert read_sheet(as_text)[1] == [NAME, "0912"]


@pytest.mark.parametrize(
    ("text", "encoding"), [("Họ tên;Số\nMai;0912", "utf-8-sig"), ("Họ tên\tSố\nMai\t0912", "utf-16")]
)
def test_a_text_file_is_read_with_its_own_separator(text: str, encoding: str) -> None:
    assert read_sheet(text.encode(encoding)) == [["Họ tên", "Số"], ["Mai", "0912"]]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"PK\x03\x04 cut off", "refusal.sheet"),
        (b"\xd0\xcf\x11\xe0 with a password", "refusal.sheet"),
        (b"\xff\x00\xfe\xc3\x28", "refusal.sheet"),
        (b"", "refusal.sheet_empty"),
        (sheet(), "refusal.sheet_empty"),
        (b"a\n" * (MOST_ROWS + 1), "refusal.sheet_long"),
    ],
)
def test_what_is_no_sheet_says_why(content: bytes, refusal: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        read_sheet(content)
    assert broken.value.message.key == refusal


def test_one_cell_at_the_far_end_ends_nobody_but_its_reader() -> None:
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    page.write_string(0, 0, "Họ và tên")
    page.write_string(1_048_575, 16_383, "?")
    book.close()
    with pytest.raises(RuleBroken) as broken:
        read_sheet(out.getvalue())
    assert broken.value.message.key == "refusal.sheet"


@pytest.fixture
async def forms() -> AsyncClient:
    app = FastAPI()

    @app.post("/")
    async def _(request: Request) -> dict[str, object]:
        fields = await read_form(request)
        return {"fields": fields, "files": {name: len(file.content) for name, (file,) in request.state.files.items()}}

    return AsyncClient(transport=ASGITransport(app), base_url="http://xa.test")


async def test_a_form_with_a_file_is_read(forms: AsyncClient) -> None:
    answer = await forms.post("/", data={"lines": "Mai", "proof": "x"}, files={"sheet": ("a.xlsx", b"12345")})
    assert answer.json() == {"fields": {"lines": "Mai", "proof": "x"}, "files": {"sheet": 5}}


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"--a\r\nno head", "multipart/form-data; boundary=a", 422),
        (b"nothing", "multipart/form-data", 422),
        (
            b'--a\r\nContent-Disposition: form-data; name="x"\r\n\r\n\xff\xfe\r\n--a--\r\n',
            "multipart/form-data; boundary=a",
            422,
        ),
        (b"--a\r\n" + b"\r\n\r\n--a\r\n" * 600, "multipart/form-data; boundary=a", 422),
        (b"x" * (LONGEST_WITH_FILE + 1), "multipart/form-data; boundary=a", 413),
        (
            b'--a\r\nContent-Disposition: form-data; name="x"\r\n\r\n' + b"y" * (LONGEST_FIELD + 1) + b"\r\n--a--\r\n",
            "multipart/form-data; boundary=a",
            413,
        ),
    ],
)
async def test_a_form_that_is_damaged_or_too_long_is_refused(
    forms: AsyncClient, content: bytes, kind: str, status: int
) -> None:
    answer = await forms.post("/", content=content, headers={"content-type": kind})
    assert answer.status_code == status


async def test_what_a_sheet_of_the_most_rows_says_comes_back_with_the_button(forms: AsyncClient) -> None:
    line = "Nguyễn Thị Thanh Mai\tChủ tịch Hội Nông dân\t0912345678"
    typed = "\r\n".join(f"{number}\t{line}" for number in range(MOST_ROWS))
    answer = await forms.post("/", data={"lines": typed}, files={"sheet": ("", b"")})
    assert answer.status_code == 200
