"""The shelf: facts that were written down, and those the book derives when they are asked for, once."""

from __future__ import annotations

import pytest

from digest.data.incomparable import Incomparable
from digest.data.model import Fact, Source
from digest.data.quantity import parse_quantity
from digest.data.shelf import Shelf
from tests.data.books import sample_book

WRITTEN = Fact("slgj.held", "slgj", "次数", parse_quantity("3次"), "event", Source())


def test_a_fact_is_derived_once() -> None:
    shelf = Shelf(sample_book(), [WRITTEN])
    assert list(shelf) == ["slgj.held"]
    assert shelf["slgj.villages"] is shelf["slgj.villages"]
    assert list(shelf) == ["slgj.held", "slgj.villages"]


def test_what_was_written_down_is_not_derived() -> None:
    own = Fact("slgj.villages", "slgj", "联建村", parse_quantity("7个"), "stock", Source())
    assert Shelf(sample_book(), [own])["slgj.villages"] is own


def test_what_is_refused_is_no_fact_and_has_its_reason() -> None:
    shelf = Shelf(sample_book())
    assert "slgj.villages@枣庄.yoy" not in shelf
    assert shelf.refused["slgj.villages@枣庄.yoy"].code == "D172"
    assert isinstance(shelf.ask("slgj.villages@枣庄.yoy"), Incomparable)
    assert len(shelf) == 0


@pytest.mark.parametrize("shelf", [Shelf(), Shelf(sample_book())])
def test_an_id_that_nobody_knows_is_a_key_error(shelf: Shelf) -> None:
    with pytest.raises(KeyError):
        shelf.ask("nobody.knows")
    assert shelf.get("nobody.knows") is None
    assert shelf.refused == {}
