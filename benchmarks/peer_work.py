"""Typeset the digest that a work file describes, so that this library can be measured beside others.

    python benchmarks/peer_work.py WORKDIR OUT.pdf
    python benchmarks/peer_work.py --batch WORKDIR OUTDIR    # one PDF for every folder in WORKDIR

WORKDIR holds `work.json`: `meta` (org, title, subtitle, date, header), `page` (margins in mm, type size and leading in
points) and `sections` of blocks: `p`, `h2`, `kpi` and `table` (caption, columns, rows), `chart` (bars or lines).
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from digest.charts.engines import ChartEngine
from digest.report import typeset_story
from digest.story.blocks import (
    Caption,
    Chart,
    Column,
    Contents,
    ContentsEntry,
    Heading,
    Meta,
    PageBreak,
    Paragraph,
    Story,
    Table,
    TableRow,
    Title,
    plain,
)
from digest.story.charts import PlotlyChart
from digest.style import Style
from digest.units import mm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.story.blocks import Block

CHART_HEIGHT: Final = mm(78)
COLORS: Final = ("#C8102E", "#1F4E79")
LABEL: Final = re.compile(r"([图表]\d+)　(.*)", re.DOTALL)
FIGURE: Final = re.compile(r"[+-]?[\d,.]+%?")
CHINESE_DATE: Final = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def style_of(page: dict[str, Any]) -> Style:
    """The page that the work asks for; its lines are as many as stand in the type area."""
    sides = {side: mm(length) for side, length in page["margin_mm"].items()}
    whole = Style()
    depth = whole.page_height - sides["top"] - sides["bottom"]
    size, leading = float(page["body_pt"]), float(page["leading_pt"])
    return Style(
        top=sides["top"],
        binding=sides["left"],
        measure=whole.page_width - sides["left"] - sides["right"],
        depth=depth,
        lines=int((depth - size) / leading) + 1,
        size=size,
        pitch=leading,
        folio="centre",
        mirrored=False,
    )


def story_of(work: dict[str, Any]) -> Story:
    """The digest as blocks: title, contents on pages of their own, sections."""
    meta = work["meta"]
    anchors = [f"section:{n}" for n in range(1, len(work["sections"]) + 1)]
    entries = (
        ContentsEntry("", section["heading"], anchor) for section, anchor in zip(work["sections"], anchors, strict=True)
    )
    blocks: list[Block] = [
        Title(meta["title"], unit=meta["org"], subtitle=meta["subtitle"], date=meta["date"]),
        Contents("", tuple(entries), columns=1),
        PageBreak(),
    ]
    for section, anchor in zip(work["sections"], anchors, strict=True):
        blocks.append(Heading("", section["heading"], anchor))
        blocks += [block_of(block, f"{anchor}:{n}") for n, block in enumerate(section["blocks"])]
    date = CHINESE_DATE.fullmatch(meta["date"])
    iso = "-".join(part.zfill(2) for part in date.groups()) if date else ""
    return Story(Meta(meta["title"], meta["org"], "", iso), tuple(blocks), running=meta["header"])


def block_of(block: dict[str, Any], anchor: str) -> Block:
    """One block of a section."""
    match block["type"]:
        case "p":
            return Paragraph(plain(block["text"]))
        case "h2":
            return Heading("", block["text"], anchor, level=2)
        case "chart":
            caption = caption_of(block["caption"])
            return Chart(PlotlyChart(figure_of(block), alt=block["caption"]), caption)
        case _:
            rows = tuple(TableRow(tuple(map(plain, row))) for row in block["rows"])
            return Table(tuple(columns_of(block)), rows, caption_of(block["caption"]))


def caption_of(text: str) -> Caption:
    """`图1　各市进展` in label and words; words alone where there is no label."""
    numbered = LABEL.fullmatch(text)
    return Caption(numbered[1], numbered[2]) if numbered else Caption("", text)


def columns_of(table: dict[str, Any]) -> Iterator[Column]:
    """Figures stand at the right in a tabular face, the first column at the left, other words in the middle."""
    for n, title in enumerate(table["columns"]):
        figures = all(FIGURE.fullmatch(row[n]) for row in table["rows"])
        yield Column(title, align="right" if figures else "center" if n else "left", digits=figures)


def figure_of(chart: dict[str, Any]) -> dict[str, Any]:
    """Bars or lines, as Plotly JSON at the measure by 78 mm."""
    kinds = {"bar": {"type": "bar"}, "line": {"type": "scatter", "mode": "lines+markers"}}
    data = [
        {**kinds[chart["kind"]], "name": series["name"], "x": chart["x"], "y": series["y"], "marker": {"color": color}}
        for series, color in zip(chart["series"], COLORS, strict=False)
    ]
    layout = {
        "height": CHART_HEIGHT,
        "margin": {"l": 40, "r": 8, "t": 22, "b": 30},
        "showlegend": len(data) > 1,
        "legend": {"orientation": "h", "x": 0, "y": 1.12},
        "xaxis": {"tickangle": 0, "tickfont": {"size": 7.5}},
        "yaxis": {"title": {"text": chart["unit"]}, "rangemode": "tozero"},
    }
    return {"data": data, "layout": layout}


def typeset_work(folder: Path, output: Path, engine: ChartEngine) -> None:
    """The PDF of one work file."""
    work = json.loads((folder / "work.json").read_text(encoding="utf-8"))
    typeset_story(story_of(work), output, style=style_of(work["page"]), engine=engine)


def main(arguments: list[str]) -> None:
    """One work, or all of a folder."""
    with ChartEngine() as engine:
        if arguments[0] != "--batch":
            source, target = map(Path, arguments)
            typeset_work(source, target, engine)
            return
        source, target = map(Path, arguments[1:])
        target.mkdir(parents=True, exist_ok=True)
        for folder in sorted(source.iterdir()):
            typeset_work(folder, target / f"{folder.name}.pdf", engine)


if __name__ == "__main__":
    main(sys.argv[1:])
