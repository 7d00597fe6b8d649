"""Numbers of tables as they are printed (数的写法): one way in a document, whatever way each cell was filled in (R3).

Digits stand solid, as in the source documents (5482, 15000): `1,217,405`, `１２３`, `1 234` are 1217405, 123, 1234.
What the number says is not touched, nor its words: 1.3万余 stays 1.3万余.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from digest.data.adding import numeral
from digest.data.folding import fold
from digest.data.quantity import SCALES

if TYPE_CHECKING:
    from digest.data.quantity import Quantity


def solid(quantity: Quantity) -> Quantity:
    """The same with half-width digits and nothing between them."""
    plain = quantity.numeral
    if plain.isascii() and "," not in plain and " " not in plain:  # as nearly all are
        return quantity
    return replace(quantity, numeral=_BETWEEN.sub("", fold(plain)))


def in_scale(quantity: Quantity, own: Quantity, column: Quantity) -> Quantity:
    """In the metric's scale where the column has another: 元 become 万元; 1.3万 in a column of 人 stays."""
    if own.scale in {column.scale, quantity.scale} or "/" in quantity.numeral:
        return quantity
    value = quantity.amount / SCALES[own.scale]
    places = next((more for more in range(_MOST_PLACES) if (value * 10**more).denominator == 1), _MOST_PLACES)
    at = "after" if quantity.at == "inner" else quantity.at
    return replace(quantity, value=value, numeral=numeral(value, places), scale=own.scale, at=at)


_BETWEEN: Final = re.compile(r"(?<=[0-9])[,，\s]+(?=[0-9])")
_MOST_PLACES: Final = 12
