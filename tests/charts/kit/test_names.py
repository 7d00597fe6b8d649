"""Names under and beside marks: where their lines end."""

from __future__ import annotations

import pytest

from digest.charts.kit.names import name_lines


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("2025年11月", ("2025年", "11月")),
        ("2026年1月", ("2026年", "1月")),
        ("10月", ("10月",)),
    ],
)
def test_a_date_is_parted_behind_its_units_and_never_before_one(name: str, lines: tuple[str, ...]) -> None:
    assert name_lines(name, 8.0, 28.0) == lines
