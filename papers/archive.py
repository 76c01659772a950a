"""Office files as bytes that depend on nothing but what is in them."""

import io
import zipfile
from collections.abc import Callable, Mapping
from types import MappingProxyType

from lxml import etree

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"
_DROPPED = ("docProps/thumbnail.jpeg",)
"""A picture of somebody else's page, which the library's template brings along."""


def normalised(content: bytes, changed: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType({})) -> bytes:
    """The same archive with its parts in order, all of one day, packed the same way everywhere.

    `changed` makes another part of the one of its name.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(written, "w") as out:
        for name in sorted(archive.namelist(), key=lambda one: (one != _FIRST, one)):
            if name in _DROPPED:
                continue
            part = archive.read(name)
            if name in changed:
                part = changed[name](part)
            if name == "_rels/.rels":
                part = _without_thumbnail(part)
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            out.writestr(entry, part, compresslevel=6)
    return written.getvalue()


def _without_thumbnail(relations: bytes) -> bytes:
    root = etree.fromstring(relations)
    for relation in list(root):
        if relation.get("Target", "").lstrip("/") in _DROPPED:
            root.remove(relation)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
