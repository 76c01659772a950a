"""Pages and what belongs to them: templates, scripts, styles, the answer to whoever may not see a page."""

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from wording.texts import words

_FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Pages:
    """The templates and static files of a folder. `prefix` is where the static files are served."""

    prefix: str
    templates: Environment
    files: Mapping[str, bytes]

    def asset(self, name: str) -> str:
        """The address of a static file; it changes with the content, so browsers may keep the file for ever."""
        return f"{self.prefix}/{name}?v={_version(self.files[name])}"

    def render(self, name: str, language: str, **values: Any) -> str:
        """A page in a language; everything put into it is escaped. `t(key)` is a sentence of the catalogue."""
        return self.templates.get_template(name).render(
            lang=language, t=partial(_sentence, language), asset=self.asset, **values
        )

    def response(self, name: str, language: str = "vi", status: int = 200, **values: Any) -> HTMLResponse:
        """The page as an answer. Our own forms must be able to say that they are ours, hence the referrer policy."""
        return HTMLResponse(
            self.render(name, language, **values), status_code=status, headers={"Referrer-Policy": "same-origin"}
        )


@cache
def _version(content: bytes) -> str:
    """Asked several times a page, so it is counted once."""
    return hashlib.sha256(content).hexdigest()[:12]


@cache
def pages_of(folder: Path, prefix: str) -> Pages:
    """The pages of a folder with `templates/` and `static/`, read once."""
    return Pages(
        prefix=prefix,
        templates=Environment(
            loader=FileSystemLoader([folder / "templates", Path(__file__).parent / "templates"]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        ),
        files={path.name: path.read_bytes() for path in sorted((folder / "static").iterdir())},
    )


def serve_assets(router: APIRouter, pages: Pages) -> None:
    """Add the route of the static files."""

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in pages.files:
            raise HTTPException(404)
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(pages.files[name], media_type=media_type, headers={"Cache-Control": _FOR_EVER})

    # a plain route: there is nothing for FastAPI to check or to prepare
    router.add_route(pages.prefix + "/{name}", asset, methods=["GET"])


def _sentence(language: str, key: str, **params: Any) -> str:
    return words(language, key, params)
