from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.charts.engine import InProcess
from digest.fonts import FontSet, load_fonts

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def fonts() -> FontSet:
    return load_fonts()


@pytest.fixture(scope="session")
def engine() -> Iterator[InProcess]:
    with InProcess() as running:
        yield running
