"""Sources that are read one after another (来源): files of any kind by what is in them, queries, frames handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from digest.data.grid import Grid

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from digest.findings import Finding

Grids = tuple[tuple[Grid, ...], "tuple[Finding, ...]"]
"""The sheets of a source, hidden ones left out, and what was seen; nothing is raised for what a source holds."""


class Sources:
    """Opened for one digest: what is started for it (a process that reads workbooks) is ended with it."""

    def __enter__(self) -> Self:
        """Ready to read."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Everything that was started is ended."""

    def read(self, path: Path, shown: str, sheet: str = "") -> Grids:
        """The grids of a file, or that of one sheet; `shown` is its name as a person knows it."""
        raise NotImplementedError
