"""A clerk's plan as LibreOffice writes it, in every kind of file an office has: the facts are the same in each.

Told where LibreOffice is installed; elsewhere old Word files are refused with a sentence, which other tests tell.
"""

import subprocess
from pathlib import Path

import pytest

from bot.media.papers import text_of
from intake.rules.plan.reading.reading import read_paper
from papers.pdf import office
from tests.plan.test_plan_paper import PLAN, word
from tests.support.libreoffice import needs_libreoffice
from wording.drafts import reading_json

pytestmark = [
    needs_libreoffice,
    pytest.mark.timeout(180),
    pytest.mark.xdist_group("libreoffice"),  # it writes the plan once, for one worker
]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the plan in each kind; one run of LibreOffice a kind, with a profile of its own."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "plan.docx").write_bytes(word(PLAN))
    for kind in ("doc", "pdf", "odt"):
        command = [
            str(office()), "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", kind, "--outdir", str(folder), str(folder / "plan.docx"),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 -- our own arguments
    return folder


@pytest.mark.parametrize("kind", ["docx", "doc", "pdf", "odt"])
def test_the_same_plan_is_read_from_every_kind_of_file(written: Path, kind: str) -> None:
    reading = reading_json(read_paper(text_of((written / f"plan.{kind}").read_bytes())))
    plain = reading_json(read_paper(PLAN))
    for field in ("paper", "issuer", "unit", "number", "issued_on", "period", "registration", "notice", "reply"):
        assert _value(reading[field]) == _value(plain[field]), field
    [meeting] = reading["meetings"]
    assert meeting["window"] == {"from": "2024-07-01", "to": "2024-09-30", "precision": "quarter"}
    assert meeting["venue"] == "Nhà văn hóa xã Tân Lập"
    assert [host["title"] for host in reading["hosts"]] == ["Chủ tịch UBND xã"]


def _value(fact: object) -> object:
    return fact["value"] if isinstance(fact, dict) else fact
