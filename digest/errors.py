"""The tree of errors. Every error of this package can be caught as `DigestError`.

    DigestError
    ├── UsageError            exit 2   a call, an option or a configuration that cannot be followed
    │   └── OutputError       exit 2   the place to write to cannot be written
    ├── DataError             exit 3   the project's data is wrong; carries every finding at once
    └── RenderError           exit 5   no correct pages are possible
        ├── FontError                  a face is missing, damaged or may not be embedded
        ├── GlyphError                 no face has a character
        ├── ChartError                 a chart could not be drawn
        ├── FiguresError               of several figures alone some could not be drawn (`plates`)
        └── LayoutError                something is wider or taller than any page

Messages about data are Chinese and carry a stable code (`D101`); errors of programming are English and are not of
this tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.findings import Finding


class DigestError(Exception):
    """Root of the tree; `code` is stable over releases, `exit_code` is what the command line leaves with."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, code: str = "X000", hint: str = "") -> None:
        """Take the message as a person should read it."""
        super().__init__(message)
        self.message = message
        self.code = code
        self.hint = hint

    def __str__(self) -> str:
        """Code, message and hint on one line."""
        return f"{self.code} {self.message}" + (f"（{self.hint}）" if self.hint else "")


class UsageError(DigestError):
    """A call, an option or a configuration that cannot be followed."""

    exit_code = 2


class OutputError(UsageError):
    """The place to write to cannot be written; nothing was left there."""


class DataError(DigestError):
    """The project's data is wrong. `findings` holds all that was seen, in the order of the files."""

    exit_code = 3

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Take everything that is wrong, not just the first."""
        self.findings = tuple(findings)
        text = "\n".join(str(finding) for finding in self.findings)
        code = self.findings[0].code if self.findings else "D000"
        super().__init__(text, code=code)

    def __str__(self) -> str:
        """One finding a line."""
        return self.message


class RenderError(DigestError):
    """No correct pages are possible."""

    exit_code = 5


class FontError(RenderError):
    """A face is missing, damaged or may not be embedded."""


class GlyphError(RenderError):
    """No face at hand has a character that the text asks for."""


class ChartError(RenderError):
    """A chart could not be drawn."""


class LayoutError(RenderError):
    """Something does not fit any page."""
