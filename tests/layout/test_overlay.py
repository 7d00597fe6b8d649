"""The grid drawn over pages: it is the style's, and the text of the example stands on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.drawing import Path
from digest.layout.emphasis import glyph_places
from digest.layout.lines import BASELINE
from digest.layout.overlay import overlay
from digest.layout.trace import trace
from digest.report import proof_digest
from digest.style import BRIEFING

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from digest.layout.page import Page
    from digest.report import Proof
    from tests.conftest import Jianbao

LINE = BRIEFING.leading


@pytest.fixture(scope="module")
def proof(project: FilePath) -> Proof:
    return proof_digest(project)


def paths(page: Page, role: str) -> list[Path]:
    (item,) = (item for item in page.items if item.role == role)
    return [mark for mark in item.marks if isinstance(mark, Path)]


def test_the_grid_is_the_type_area_the_lines_and_the_characters_of_the_style(proof: Proof) -> None:
    for page in overlay(proof.pages, BRIEFING).pages:
        left, top = BRIEFING.left(page.number), BRIEFING.top
        (area,) = paths(page, "overlay-area")
        assert area.segments[0] == ("M", left, top)
        assert area.segments[2] == ("L", left + BRIEFING.measure, top + BRIEFING.depth)
        ys = [path.segments[0][2] for path in paths(page, "overlay-lines") if not path.dash]  # type: ignore[misc]
        assert ys == pytest.approx([top + BASELINE * BRIEFING.body + n * LINE for n in range(22)])
        xs = [path.segments[0][1] for path in paths(page, "overlay-cells")]  # type: ignore[misc]
        assert xs == pytest.approx([left + n * BRIEFING.body for n in range(29)])


def test_every_item_that_reads_as_something_has_a_frame_where_it_stands(proof: Proof) -> None:
    for page, seen in zip(proof.pages.pages, overlay(proof.pages, BRIEFING).pages, strict=True):
        frames = [path.segments[0] for path in paths(seen, "overlay-frames")]
        assert frames == [("M", item.x, item.y) for item in page.items if item.text]


def test_the_pages_read_as_before(proof: Proof) -> None:
    def told(text: str) -> list[str]:
        return [line for line in text.splitlines() if not line.startswith("== page")]

    assert told(trace(overlay(proof.pages, BRIEFING))) == told(trace(proof.pages))


def test_body_text_of_the_example_stands_on_lines_or_half_lines_of_the_grid(proof: Proof) -> None:
    first = BRIEFING.top + BASELINE * BRIEFING.body
    for page in proof.pages.pages:
        for item in page.items:
            if item.role in ("paragraph", "heading"):
                y = next(place[2] for place in glyph_places(item.marks, proof.fonts))
                halves = (y - first) / (LINE / 2)
                assert halves == pytest.approx(round(halves), abs=1e-6), item.text


def test_the_command_line_writes_the_overlay_to_a_file_and_says_so(
    project: FilePath, jianbao: Jianbao, tmp_path: FilePath
) -> None:
    done = jianbao("trace", project, "--overlay", tmp_path / "grid.pdf")
    assert done.returncode == 0
    assert "grid.pdf" in done.stdout
    assert (tmp_path / "grid.pdf").read_bytes().startswith(b"%PDF")
