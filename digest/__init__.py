"""An office's figures become a typeset Chinese briefing.

    from digest import generate_digest

    result = generate_digest("examples/mofan_jiguan", "简报.pdf")

Everything public is named here and fetched from its room when it is first used, so that importing this costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from digest.charts.engines import ChartEngine
    from digest.data.book import Book, Metric, Observation
    from digest.data.facts import facts_from_frame
    from digest.data.ledgers import Issue, IssueLedger
    from digest.data.load import load, load_members
    from digest.data.model import (
        AsOf,
        ChartSpec,
        Colophon,
        Commendation,
        Commitment,
        CoverageSpec,
        Digest,
        Document,
        EntriesSpec,
        Fact,
        Header,
        LedgerSpec,
        Mechanism,
        Panel,
        Part,
        PlotlySpec,
        Program,
        Section,
        SeriesSpec,
        Source,
        Span,
        TableSpec,
    )
    from digest.data.quantity import Quantity, parse_quantity
    from digest.data.starter import init_project
    from digest.errors import (
        ChartError,
        DataError,
        DigestError,
        FontError,
        GlyphError,
        LayoutError,
        OutputError,
        RenderError,
        UsageError,
    )
    from digest.findings import Finding, Place
    from digest.plates import FigureResult, FiguresError, render_figures
    from digest.report import CheckResult, DigestResult, check, generate_digest, typeset_story
    from digest.style import BRIEFING, Palette, Style

__version__: Final = "0.1.0"

_ROOMS: Final[dict[str, tuple[str, ...]]] = {
    "report": ("CheckResult", "DigestResult", "check", "generate_digest", "typeset_story"),
    "plates": ("FigureResult", "FiguresError", "render_figures"),
    "charts.engines": ("ChartEngine",),
    "data.load": ("load", "load_members"),
    "data.book": ("Book", "Metric", "Observation"),
    "data.ledgers": ("Issue", "IssueLedger"),
    "data.starter": ("init_project",),
    "data.facts": ("facts_from_frame",),
    "data.quantity": ("Quantity", "parse_quantity"),
    "data.model": (
        "AsOf",
        "ChartSpec",
        "Colophon",
        "Commendation",
        "Commitment",
        "CoverageSpec",
        "Digest",
        "Document",
        "EntriesSpec",
        "Fact",
        "Header",
        "LedgerSpec",
        "Mechanism",
        "Panel",
        "Part",
        "PlotlySpec",
        "Program",
        "Section",
        "SeriesSpec",
        "Source",
        "Span",
        "TableSpec",
    ),
    "style": ("BRIEFING", "Palette", "Style"),
    "findings": ("Finding", "Place"),
    "errors": (
        "ChartError",
        "DataError",
        "DigestError",
        "FontError",
        "GlyphError",
        "LayoutError",
        "OutputError",
        "RenderError",
        "UsageError",
    ),
}
_ROOM_OF: Final = {name: f"digest.{room}" for room, names in _ROOMS.items() for name in names}

__all__ = [
    "BRIEFING",
    "AsOf",
    "Book",
    "ChartEngine",
    "ChartError",
    "ChartSpec",
    "CheckResult",
    "Colophon",
    "Commendation",
    "Commitment",
    "CoverageSpec",
    "DataError",
    "Digest",
    "DigestError",
    "DigestResult",
    "Document",
    "EntriesSpec",
    "Fact",
    "FigureResult",
    "FiguresError",
    "Finding",
    "FontError",
    "GlyphError",
    "Header",
    "Issue",
    "IssueLedger",
    "LayoutError",
    "LedgerSpec",
    "Mechanism",
    "Metric",
    "Observation",
    "OutputError",
    "Palette",
    "Panel",
    "Part",
    "Place",
    "PlotlySpec",
    "Program",
    "Quantity",
    "RenderError",
    "Section",
    "SeriesSpec",
    "Source",
    "Span",
    "Style",
    "TableSpec",
    "UsageError",
    "__version__",
    "check",
    "facts_from_frame",
    "generate_digest",
    "init_project",
    "load",
    "load_members",
    "parse_quantity",
    "render_figures",
    "typeset_story",
]


def __getattr__(name: str) -> object:
    """A public name, fetched from its room (PEP 562)."""
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_ROOM_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, fetched or not."""
    return sorted(__all__)
