"""The files of a copy of one's own data: a document that phones open, and the same as JSON for other programs."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from bot.media.attachments import AttachmentStore
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.message import Param
from wording.texts import shown, words

_MANY = 200
"""Of more things of one kind each is a plain line: thousands with bold parts take a phone long to open."""


class OwnCopyPress:
    """Makes both files beside the event loop and keeps them among the attachments."""

    def __init__(self, attachments: AttachmentStore) -> None:
        self._attachments = attachments

    async def keep(
        self, title: str, sections: Mapping[str, Sequence[Mapping[str, Param]]], language: str
    ) -> tuple[str, str]:
        """Keep a document and a JSON file; returns their content names, the document first."""
        return await asyncio.to_thread(self._keep, title, sections, language)

    def _keep(
        self, title: str, sections: Mapping[str, Sequence[Mapping[str, Param]]], language: str
    ) -> tuple[str, str]:
        return (
            self._attachments.keep(as_document(title, sections, language)),
            self._attachments.keep(as_json(sections, language)),
        )


def as_document(title: str, sections: Mapping[str, Sequence[Mapping[str, Param]]], language: str) -> bytes:
    """The copy as a Word document: a heading for each kind, a paragraph for each thing, a line for each part of it."""
    from docx import Document  # 7 MB: only once somebody wants a copy

    document = Document()
    document.add_heading(title, level=0)
    for kind, records in sections.items():
        document.add_heading(words(language, f"copy.{kind}"), level=1)
        for record in records:
            if len(records) > _MANY:
                parts = (
                    f"{words(language, f'copyfield.{name}')}: {shown(language, one)}" for name, one in record.items()
                )
                document.add_paragraph(_without_controls("; ".join(parts)))
                continue
            paragraph = document.add_paragraph()
            for number, (name, value) in enumerate(record.items()):
                if number:
                    paragraph.add_run().add_break()
                paragraph.add_run(f"{words(language, f'copyfield.{name}')}: ").bold = True
                paragraph.add_run(_without_controls(shown(language, value)))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def as_json(sections: Mapping[str, Sequence[Mapping[str, Param]]], language: str) -> bytes:
    """The copy as JSON in UTF-8: moments in ISO 8601 with the offset of Việt Nam, names of parts in English."""

    def plain(value: Param) -> Any:
        if isinstance(value, datetime):
            return value.astimezone(LOCAL).isoformat()
        if isinstance(value, date):
            return value.isoformat()
        return value if isinstance(value, str | int) else shown(language, value)

    facts = {
        kind: [{name: plain(value) for name, value in one.items()} for one in some] for kind, some in sections.items()
    }
    return json.dumps(facts, ensure_ascii=False, indent=1).encode()


def _without_controls(text: str) -> str:
    """Without the signs that XML does not take."""
    return "".join(sign for sign in text if sign >= " " or sign in "\n\t")
