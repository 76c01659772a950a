"""The lists of sqladmin and starlette-admin over the table of questions, for `benchmarks.desk` to measure beside ours.

Neither is a dependency: `pip install --target FOLDER --no-deps sqladmin starlette-admin wtforms itsdangerous`, and
FOLDER on `PYTHONPATH`. Where they are missing, `admin_pages` gives none.
"""

from typing import Any

from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.orm import DeclarativeBase

from storage import tables as t

_SHOWN: Any = ("id", "reference", "text", "state", "topic_id", "desk_id", "hamlet_id", "received_at")


class _Base(DeclarativeBase):
    pass


class Question(_Base):
    """The same table, as they want it: without what leads to other tables."""

    __table__ = t.questions.to_metadata(_Base.metadata, referred_schema_fn=None)


def admin_pages(app: FastAPI, engine: AsyncEngine) -> dict[str, str]:
    """Mount what is installed of the two, and give the addresses of their lists of fifty."""
    pages: dict[str, str] = {}
    try:
        import sqladmin
        from starlette_admin.contrib import sqla
    except ImportError:
        return pages

    class Shown(sqladmin.ModelView, model=Question):  # type: ignore[misc, call-arg]
        column_list = _SHOWN
        page_size = 50
        page_size_options = (50,)
        column_default_sort = ("id", True)

    sqladmin.Admin(app, engine, base_url="/sqladmin").add_view(Shown)
    pages["sqladmin, 50 lines"] = "/sqladmin/question/list"

    class View(sqla.ModelView):  # type: ignore[misc]
        fields = _SHOWN
        page_size = 50

    other: Any = sqla.Admin(engine, base_url="/starlette-admin", secret_key="benchmark")
    other.add_view(View(Question))
    other.mount_to(app)
    pages["starlette-admin, 50 lines"] = "/starlette-admin/question/list"
    return pages
