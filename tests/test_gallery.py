"""The gallery of charts: it is built, every page says that its numbers are invented, and its grey print is grey."""

from __future__ import annotations

import importlib
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

import pypdfium2
import pytest

from digest.story.blocks import Chart
from digest.story.charts import AnyChart, PlotlyChart
from digest.style import BRIEFING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

    from digest.drawing import Color


@pytest.fixture(scope="module")
def gallery(checkout: Path) -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(checkout / "examples" / "gallery"))
        yield importlib.import_module("make_gallery")


@pytest.fixture(scope="module")
def made(gallery: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the gallery, built once."""
    folder = tmp_path_factory.mktemp("gallery")
    gallery.main(folder)
    return folder


def test_every_page_says_that_its_numbers_are_invented(made: Path) -> None:
    for name in ("gallery.pdf", "gallery-grey.pdf"):
        document = pypdfium2.PdfDocument(made / name)
        assert len(document) > 5
        for page in document:
            assert "示例数据" in page.get_textpage().get_text_range()
        document.close()


def test_every_figure_says_that_its_numbers_are_invented(gallery: ModuleType) -> None:
    captions = [block.caption for block in gallery.gallery().blocks if hasattr(block, "caption")]
    assert len(captions) > 20
    assert all("示例数据" in caption.text for caption in captions)
    figures = [caption.label for caption in captions if caption.label.startswith("图")]
    assert figures == [f"图{i + 1}" for i in range(len(figures))]


def test_every_kind_is_shown(gallery: ModuleType) -> None:
    shown = {type(block.chart) for block in gallery.gallery().blocks if isinstance(block, Chart)}
    assert shown == set(get_args(AnyChart)) - {PlotlyChart}


def test_the_grey_print_is_grey(made: Path) -> None:
    document = pypdfium2.PdfDocument(made / "gallery-grey.pdf")
    for page in document:
        pixels = bytes(page.render(scale=0.5).buffer)
        count = len(pixels) // 3
        assert pixels[0 : 3 * count : 3] == pixels[1 : 3 * count : 3] == pixels[2 : 3 * count : 3]
    document.close()


def test_neighbours_in_the_order_of_fills_differ_by_18_in_lightness() -> None:
    palette = BRIEFING.palette
    order = [_lightness(color) for color in (palette.deep, palette.soft, palette.mid, palette.pale)]
    assert all(abs(one - other) >= 18 for one, other in pairwise(order))


def _lightness(color: Color) -> float:
    """L* of an sRGB colour (CIE 1976)."""
    light = 0.0
    for weight, part in ((0.2126, color.red), (0.7152, color.green), (0.0722, color.blue)):
        light += weight * (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
    return float(116 * light ** (1 / 3) - 16)
