"""LibreOffice, for stories that need the real one: skipped where it is not, failed where CI has installed it."""

import os

import pytest

from papers.pdf import office

needs_libreoffice = pytest.mark.skipif(
    office() is None and os.environ.get("CI_REQUIRES_OFFICE") != "1", reason="no LibreOffice is installed here"
)
