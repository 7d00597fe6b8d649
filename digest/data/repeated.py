"""What is true of file after file is told once (合并提示): how many files, and the first of them.

Twenty-four months of files in one encoding are one thing to know and not twenty-four. What is said of a cell stays as
it is, each by itself: whoever mends the table goes to every one of them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.findings import Finding


def told_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in their order; those that say the same of several files, or of a sheet in each, as the first."""
    groups: dict[object, list[Finding]] = {}
    for number, one in enumerate(findings):
        of_file = one.place is not None and one.place.file and not one.place.cell
        same = (one.code, one.severity, one.message, one.hint, one.place.sheet) if of_file and one.place else number
        groups.setdefault(same, []).append(one)
    return tuple(map(_together, groups.values()))


def _together(same: list[Finding]) -> Finding:
    files = {one.place.file for one in same if one.place}
    if len(files) < 2:  # noqa: PLR2004  one file has nobody to share with
        return same[0]
    return replace(same[0], message=f"{same[0].message}（等{len(files)}个文件）")
