"""What we draw inside the process, beside what a browser draws of the same figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pypdfium2 as pdfium
import pytest

from digest.charts.kaleido import InBrowser
from digest.charts.svg import marks_of
from digest.layout.page import Item, Page, Pages
from digest.pdf.write import write_pdf
from digest.story.blocks import Meta
from tests.charts.browsers import needs_browser
from tests.charts.oracle_figures import DIFFICULT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from digest.charts.engine import InProcess
    from digest.drawing import Mark
    from digest.fonts import FontSet

WIDTH, HEIGHT = 400.0, 260.0
SCALE = 80 / 72  # pixels of a figure's unit
BROWSER_SCALE = SCALE * 4 / 3  # its page counts 96 to the inch
LOUD = 64  # of 255: what the eye takes for another colour
MOST = 0.005  # of the pixels


@pytest.fixture(scope="module")
def browser(fonts: FontSet) -> Iterator[InBrowser]:
    with InBrowser(fonts) as running:
        yield running


def one_page(marks: tuple[Mark, ...], fonts: FontSet) -> bytes:
    page = Page(1, "1", (Item(0, 0, WIDTH, HEIGHT, "chart", "", marks),))
    return write_pdf(Pages(WIDTH, HEIGHT, Meta("图", "", "", "2026-01-01"), (page,), ()), fonts)


def pixels(pdf: bytes, scale: float) -> NDArray[np.int16]:
    document = pdfium.PdfDocument(pdf)
    try:
        return np.asarray(document[0].render(scale=scale).to_pil().convert("RGB"), dtype=np.int16)
    finally:
        document.close()


def differing(one: NDArray[np.int16], other: NDArray[np.int16]) -> float:
    """Share of pixels that look like no pixel within one step of their place in the other picture."""
    height, width = min(one.shape[0], other.shape[0]), min(one.shape[1], other.shape[1])
    one, other = one[:height, :width], other[:height, :width]
    return float((_strange(one, other) | _strange(other, one)).mean())


def _strange(one: NDArray[np.int16], other: NDArray[np.int16]) -> NDArray[np.bool_]:
    height, width, _ = one.shape
    around = np.pad(other, ((1, 1), (1, 1), (0, 0)), mode="edge")
    steps = [around[y : y + height, x : x + width] for y in range(3) for x in range(3)]
    nearest = np.min([np.abs(one - step).max(axis=2) for step in steps], axis=0)
    return np.asarray(nearest > LOUD)


@needs_browser
@pytest.mark.slow
@pytest.mark.parametrize("name", DIFFICULT)
def test_a_figure_looks_as_in_a_browser(name: str, engine: InProcess, browser: InBrowser, fonts: FontSet) -> None:
    figure = DIFFICULT[name]
    layout = {"margin": {"l": 50, "r": 40, "t": 40, "b": 40}, **figure["layout"]}
    figure = {"data": figure["data"], "layout": layout | {"font": {"family": "Noto Sans SC"}}}
    ours = pixels(one_page(marks_of(engine.draw(figure, WIDTH, HEIGHT, fonts), fonts), fonts), SCALE)
    theirs = pixels(browser.draw(figure, WIDTH, HEIGHT), BROWSER_SCALE)
    assert (ours < 200).any()
    assert differing(ours, theirs) <= MOST


def test_a_picture_differs_from_itself_turned_over(engine: InProcess, fonts: FontSet) -> None:
    """Or the measure would find nothing."""
    svg = engine.draw({"data": DIFFICULT["arrows"]["data"], "layout": {}}, WIDTH, HEIGHT, fonts)
    picture = pixels(one_page(marks_of(svg, fonts), fonts), SCALE)
    assert differing(picture, picture) == 0
    assert differing(picture, picture[:, ::-1]) > 2 * MOST
