"""What the tests of this room share: the real faces, and lines shown as a picture in text."""

from __future__ import annotations

import pytest

from digest.fonts import FontSet, load_fonts


@pytest.fixture(scope="session")
def fonts() -> FontSet:
    return load_fonts()
