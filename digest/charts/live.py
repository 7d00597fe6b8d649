"""What lives until it is closed: engines, which are opened by being asked to draw."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType


class Live(ABC):
    """A context manager that is closed at the end, however that comes."""

    def __enter__(self) -> Self:
        """Hand it on; nothing is started yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop whatever was started."""
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Stop whatever was started; what is asked for later starts it anew."""
