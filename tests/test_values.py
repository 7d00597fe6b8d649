"""Values: they behave as the standard library's frozen dataclasses do."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import FrozenInstanceError, asdict, field, fields, is_dataclass, replace
from typing import TYPE_CHECKING

import pytest

from digest.findings import Place
from digest.layout.typefaces import typefaces
from digest.story.blocks import PageBreak, Run, SourceLine
from digest.style import BRIEFING, Style
from digest.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Row:
    """A value with every kind of default."""

    cells: tuple[str, ...]
    places: list[str] = field(default_factory=list)
    size: int = field(default=1, repr=False)
    double: int = field(init=False)

    def __post_init__(self) -> None:
        """What follows from the rest."""
        object.__setattr__(self, "double", 2 * self.size)


@dataclasses.dataclass(frozen=True, slots=True)
class StandardRow:
    """The same, made by the standard library."""

    cells: tuple[str, ...]
    places: list[str] = field(default_factory=list)
    size: int = field(default=1, repr=False)
    double: int = field(init=False)

    def __post_init__(self) -> None:
        """What follows from the rest."""
        object.__setattr__(self, "double", 2 * self.size)


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """A value that is equal to itself only."""

    text: str


def test_a_value_is_equal_to_one_of_its_class_with_the_same_fields() -> None:
    assert Run("引言") == Run("引言", "body")
    assert Run("引言") != Run("引言", "kai")
    assert hash(Run("引言")) == hash(Run("引言"))
    assert PageBreak() == PageBreak()
    blocks: tuple[object, ...] = (SourceLine("甲"), Token("甲"))
    assert blocks[0] != blocks[1]
    assert Token("甲") != Token("甲")


def test_a_value_shows_its_fields_but_those_it_hides() -> None:
    assert repr(Place("台账.xlsx", cell="F17")) == "Place(file='台账.xlsx', sheet='', cell='F17')"
    assert str(Place("台账.xlsx", cell="F17")) == "台账.xlsx › F17"
    assert repr(Row(("甲",))) == repr(StandardRow(("甲",))).removeprefix("Standard")
    assert repr(PageBreak()) == "PageBreak()"


def test_nothing_is_set_deleted_or_added() -> None:
    run = Run("引言")
    with pytest.raises(FrozenInstanceError):
        run.text = "结语"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del run.text
    with pytest.raises(FrozenInstanceError):
        run.colour = "red"  # type: ignore[attr-defined]
    assert not hasattr(run, "__dict__")


def test_a_missing_or_an_unknown_field_is_a_type_error_that_names_it() -> None:
    with pytest.raises(TypeError, match=r"Run\.__init__\(\) missing 1 required positional argument: 'text'"):
        Run()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="colour"):
        Run("引言", colour="red")  # type: ignore[call-arg]


def test_every_kind_of_default_is_what_the_standard_library_makes_of_it() -> None:
    assert (Row(()).places, Row((), ["甲"]).places, Row((), size=3).double) == ([], ["甲"], 6)
    assert Row(()).places is not Row(()).places
    assert inspect.signature(Row).parameters.keys() == inspect.signature(StandardRow).parameters.keys()
    assert str(inspect.signature(Run)).startswith("(text: 'str', voice: 'Voice' = 'body'")
    assert Row.__match_args__ == StandardRow.__match_args__


def test_the_standard_library_takes_it_for_its_own() -> None:
    assert is_dataclass(Run)
    assert [(each.name, each.type, each.init, each.repr) for each in fields(Row)] == [
        (each.name, each.type, each.init, each.repr) for each in fields(StandardRow)
    ]
    assert replace(Run("引言"), voice="kai") == Run("引言", "kai")
    assert replace(Row((), size=2), size=4).double == 8
    assert asdict(Place("台账.xlsx")) == {"file": "台账.xlsx", "sheet": "", "cell": ""}
    with pytest.raises(ValueError, match="lines"):
        replace(BRIEFING, lines=0)


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])  # noqa: S301
def test_a_copy_is_equal(again: Callable[[object], object]) -> None:
    for value in (Run("引言"), Style(lines=20), typefaces(BRIEFING), PageBreak()):
        assert again(value) == value
