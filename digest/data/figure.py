"""Figure: what a template may ask of a number (模板中的数): is there one, which way did it go, how large is it."""

from __future__ import annotations

from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from digest.data.model import Fact

if TYPE_CHECKING:
    from digest.data.book import Aspect
    from digest.data.quantity import Quantity
    from digest.data.shelf import Shelf


class UndecidedError(Exception):
    """A comparison that nobody can decide: with what is no number, of what is missing or not exact."""


class UnknownFigureError(Exception):
    """An id that neither facts nor book know; `near` is the nearest that they do."""

    def __init__(self, key: str, near: str) -> None:
        """Say which."""
        super().__init__(f"没有编号为“{key}”的数据")
        self.near = near


class Figure:
    """The number of an id. Printed it is the id in braces, as in written text; compared with a number it is as printed.

    Of 3.2万人次 that is 3.2万, so `> 30000` holds; of 91.8% it is 91.8. UnknownFigureError for an id that nobody knows.
    """

    __slots__ = ("_key", "_shelf")

    def __init__(self, shelf: Shelf, key: object) -> None:
        """Nothing is looked up yet but whether there is such an id."""
        self._shelf, self._key = shelf, str(key)
        try:
            shelf.ask(self._key)
        except KeyError:
            raise UnknownFigureError(self._key, nearest(self._key, shelf)) from None

    def __str__(self) -> str:
        """`{slgj.funds}`."""
        return f"{{{self._key}}}"

    def __bool__(self) -> bool:
        """Never asked: that a number is there is `known`, that it is nought a comparison."""
        raise UndecidedError(f"“{self._key}”不能直接当作条件")

    @property
    def known(self) -> bool:
        """Whether there is a number."""
        return self._fact is not None

    @property
    def rose(self) -> bool:
        """Whether a change is a rise; of any other number, whether it is more than a year before (同比)."""
        change = self._change
        return change is not None and change.value > 0

    @property
    def fell(self) -> bool:
        """The same of a fall."""
        change = self._change
        return change is not None and change.value < 0

    @property
    def level(self) -> bool:
        """The same of no change."""
        change = self._change
        return change is not None and change.value == 0

    @property
    def reached(self) -> bool:
        """Whether the year's target is reached for certain."""
        rate = self._of_aspect("completion")
        return rate is not None and bool(rate.at_least(_ALL))

    def __gt__(self, other: object) -> bool:
        """Whether it is more than a number."""
        return not self._at_most(_number(other))

    def __ge__(self, other: object) -> bool:
        """Whether it is a number or more."""
        return self._at_least(_number(other))

    def __lt__(self, other: object) -> bool:
        """Whether it is less than a number."""
        return not self._at_least(_number(other))

    def __le__(self, other: object) -> bool:
        """Whether it is a number or less."""
        return self._at_most(_number(other))

    def __eq__(self, other: object) -> bool:
        """Whether it is exactly a number."""
        number, quantity = _number(other), self._quantity
        if not quantity.exact:
            raise UndecidedError(f"“{self._key}”是{quantity}，不是准数")
        return quantity.amount == number

    __hash__ = None  # type: ignore[assignment]  # what equals a number by its value has no place in a set

    @property
    def _fact(self) -> Fact | None:
        fact = self._shelf.ask(self._key)
        return fact if isinstance(fact, Fact) and not fact.missing else None

    @property
    def _quantity(self) -> Quantity:
        fact = self._fact
        if fact is None:
            raise UndecidedError(f"“{self._key}”没有数，不能比较")
        return fact.quantity

    @property
    def _change(self) -> Quantity | None:
        fact = self._fact
        if fact is not None and fact.kind == "change":
            return fact.quantity
        return self._of_aspect("yoy")

    def _of_aspect(self, aspect: Aspect) -> Quantity | None:
        book = self._shelf.book
        asked = book.parse(self._key) if book else None
        if book is None or asked is None:
            return None
        if asked.aspect == aspect:
            fact = self._fact
            return fact.quantity if fact else None
        member = None if asked.member is None else asked.member or book.whole
        told = self._shelf.ask(str(asked._replace(aspect=aspect, member=member)))
        return told.quantity if isinstance(told, Fact) and not told.missing else None

    def _at_least(self, number: Fraction) -> bool:
        return self._certain(self._quantity.at_least(number), number)

    def _at_most(self, number: Fraction) -> bool:
        quantity = self._quantity
        if quantity.upper is not None and quantity.upper <= number:
            return True
        low = quantity.lower
        more = low is not None and (low > number or (low == number and quantity.lower_strict))
        return self._certain(False if more else None, number)

    def _certain(self, known: bool | None, number: Fraction) -> bool:  # noqa: FBT001 - it is what is asked
        if known is None:
            raise UndecidedError(f"“{self._key}”是{self._quantity}，与{float(number):g}比不出大小")
        return known


def nearest(key: str, shelf: Shelf) -> str:
    """The id there is that is most like `key`; empty where none is."""
    known = [*shelf, *(shelf.book.metrics if shelf.book else ())]
    return next(iter(get_close_matches(key, known, n=1)), "")


def _number(other: object) -> Fraction:
    if isinstance(other, bool) or not isinstance(other, int | float):
        raise UndecidedError(f"数据只能和数比较，不能和“{other}”比较")
    return Fraction(str(other))


_ALL: Final = 100
