"""Members of former times added to those they are part of today (并入): 莱芜 to 济南, where the project declares it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.data.adding import total
from digest.data.incomparable import Incomparable, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.data.book import Observation
    from digest.data.over_time import Reach
    from digest.data.period import Period


def with_merged(observations: list[Observation], merged: list[Observation]) -> Iterator[Observation]:
    """Each observation, with those of former members added that are part of it; missing where one of them is."""
    waiting: dict[tuple[str, str, Period, Reach], list[Observation]] = {}
    for one in merged:
        waiting.setdefault((one.metric, one.member, one.period, one.reach), []).append(one)
    for one in observations:
        parts = [one, *waiting.pop((one.metric, one.member, one.period, one.reach), [])]
        numbers = [part.quantity for part in parts if part.quantity is not None]
        summed = total(numbers) if len(parts) == len(numbers) > 1 else None
        at = "、".join(part.at or part.member for part in parts)
        if len(parts) == 1:
            yield one
        elif isinstance(summed, Incomparable) or summed is None:
            missing = "、".join(part.at or part.member for part in parts if part.quantity is None)
            subject = f"{one.period.chinese}“{at}”"
            refused = summed or refuse("incomplete", subject, missing)
            yield replace(one, quantity=None, why="incomplete", refused=refused, at=at)
        else:
            yield replace(one, quantity=summed, computed=True, at=at)
    for rest in waiting.values():
        yield from rest
