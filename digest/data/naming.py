"""Which metric goes by which title (指标的叫法): its name, its other titles, its id."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.data.book import Metric


class Names:
    """Which metric goes by which title; `only` names those that are wanted, by id, name or title."""

    def __init__(self, metrics: Mapping[str, Metric], only: tuple[str, ...] = ()) -> None:
        """All of them, or `only` those."""
        self._by_title: dict[str, list[Metric]] = {}
        for metric in metrics.values():
            for title in dict.fromkeys((metric.name, *metric.columns, metric.id)):
                if not only or {metric.id, metric.name, title} & set(only):
                    self._by_title.setdefault(_plain(title), []).append(metric)

    def find(self, *titles: str) -> list[Metric]:
        """The metrics of the first of these titles that any has."""
        return next((found for title in titles if (found := self._by_title.get(_plain(title)))), [])


def _plain(title: str) -> str:
    return "".join(title.split()).replace("（", "(").replace("）", ")")
