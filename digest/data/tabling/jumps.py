"""Numbers that leap from one period to the next (突变): 元 where 万元 stood before.

Code: D274 (warning).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from digest.findings import Finding

if TYPE_CHECKING:
    from digest.data.quantity import Quantity
    from digest.findings import Place


def jump(now: Quantity | None, before: Quantity | None, what: str, place: Place | None = None) -> Finding | None:
    """A warning where a number is more than 50 times that of the period before, or less than a fiftieth of it.

    `what` says whose number it is (`济南“投入资金”`). Nought and what nobody reported are no leap.
    """
    if now is None or before is None or not now.amount or not before.amount or now.counted != before.counted:
        return None
    times = abs(now.amount / before.amount)
    if times * _MOST >= 1 and times <= _MOST:
        return None
    more = times > 1
    size = int(times if more else 1 / times)
    became = f"扩大到约{size}倍" if more else f"缩小到约1/{size}"
    message = f"{what}由“{before}”变为“{now}”，{became}"
    return Finding("D274", "warning", message, place, str(now), "请核对单位（元、万元）和小数点")


_MOST: Final = 50
